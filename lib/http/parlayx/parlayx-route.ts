import type { Action } from '../../auth/access'
import type { ApplicationCaller } from '../../open-service/application'
import type { Right } from '../../parlayx/interfaces/interfaces'
import type { Interface, Operation, Operations, Parts, ValueOf } from '../../parlayx/schema'
import type { HttpGateway } from '../http-gateway'

/** What an operation is given. */
export interface ParlayRequest<Input = unknown> extends ApplicationCaller {
  readonly gateway: HttpGateway
  readonly input: Input
}

/** How each operation of an interface is answered. */
export type Handlers<O extends Operations> = {
  readonly [K in keyof O]: (request: ParlayRequest<ValueOf<O[K]['input']>>) => Promise<ValueOf<O[K]['output']>>
}

/** One operation that may be called. */
export interface ServedOperation {
  readonly right: Right
  readonly may: Action
  readonly operation: Operation
  handle(request: ParlayRequest): Promise<ValueOf<Parts>>
}

/** One address: an interface with its operations, or a document about them. */
export type ParlayRow = { readonly method: string; readonly path: string } & (
  | {
      readonly kind: 'service'
      readonly described: Interface
      readonly operations: ReadonlyMap<string, ServedOperation>
    }
  | { readonly kind: 'description'; readonly described: Interface }
  | { readonly kind: 'document' }
)

/**
 * Serves an interface: its operations under one address, by one right each.
 * @param may what the access table is asked about, for each operation
 */
export function serveInterface<Name extends string, O extends Operations>(
  described: Interface<Name, O>,
  may: Readonly<Record<keyof O, Action>>,
  handlers: Handlers<O>,
): ParlayRow[] {
  const path = addressOf(described)
  const operations = Object.entries(described.operations).map(([name, operation]): [string, ServedOperation] => [
    name,
    {
      operation,
      // Rights are named by this very pair.
      right: `${described.name}.${name}` as Right,
      may: may[name as keyof O],
      // The dispatcher reads every message by its own description before it calls the handler.
      handle: handlers[name as keyof O] as ServedOperation['handle'],
    },
  ])
  return [
    { kind: 'service', method: 'POST', path, described, operations: new Map(operations) },
    { kind: 'description', method: 'GET', path, described },
  ]
}

export function addressOf({ name }: Pick<Interface, 'name'>): string {
  return `/parlayx/${name}`
}
