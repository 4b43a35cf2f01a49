import type { z } from 'zod'
import type { Action } from '../auth/access'
import type { ApiCaller } from '../merchants/merchant'
import type { GrantUse } from '../vcard/shop-agent'
import type { Call } from './call'
import type { ErrorCode } from './errors'
import type { HttpGateway } from './http-gateway'
import type { Claim } from './idempotency-key'

/**
 * Who may call a route. merchant: whoever holds one of the merchant's API keys, if the access table lets a key do the
 * deed. shop: whoever signed the message inside the body, checked by the room that reads it. public: anybody.
 */
export type Caller = 'merchant' | 'shop' | 'public'

/** What a handler answers with: a status, a JSON value, and headers where it has any. */
export interface Reply {
  readonly status: number
  /** A value to be written as JSON, or JSON that is written already. */
  readonly body: unknown
  readonly written?: boolean
  readonly headers?: Readonly<Record<string, string>>
}

interface AnswerDoc {
  readonly description: string
  readonly schema: z.ZodType
}

type NameOf<Path extends string> = Path extends `${string}:${infer Rest}`
  ? Rest extends `${infer Name}/${infer More}`
    ? Name | NameOf<More>
    : Rest
  : never

type Output<Schema> = Schema extends z.ZodType ? z.output<Schema> : undefined

/** Everything a handler is given; what its row did not ask for is not there. */
export interface RouteRequest<Path extends string, CallerKind extends Caller, Input, Query, Idempotent, Granted> {
  readonly gateway: HttpGateway
  readonly params: Readonly<Record<NameOf<Path>, string>>
  readonly caller: CallerKind extends 'merchant' ? ApiCaller : undefined
  readonly input: Output<Input>
  readonly query: Output<Query>
  readonly claim: Idempotent extends true ? Claim : undefined
  /** The caller with the grant that its shopper gave it. */
  readonly use: Granted extends true ? GrantUse : undefined
  readonly correlationId: string
}

/** The parts of a row that say what it is; dispatch acts on them and the API description is made from them. */
export interface RowFacts {
  readonly summary: string
  readonly description?: string
  /** The body's schema; a route without one takes no body. */
  readonly input?: z.ZodType
  /** The query's schema; a route without one takes no query. */
  readonly query?: z.ZodType
  /** Whether the request creates or moves money and so needs an Idempotency-Key (P4.1). */
  readonly idempotent?: boolean
  /** Whether it is done in a shopper's name and so needs that shopper's grant, in the header Shopper-Grant. */
  readonly granted?: boolean
  readonly answers: Readonly<Record<number, AnswerDoc>>
  /** Errors of its own, beside those that its other facts bring with them. */
  readonly errors?: readonly ErrorCode[]
}

type Access<CallerKind extends Caller> = CallerKind extends 'merchant'
  ? { readonly caller: CallerKind; /** What the access table is asked about. */ readonly may: Action }
  : { readonly caller: CallerKind }

/** One row of the route table. */
export interface Row extends RowFacts {
  readonly method: string
  readonly path: string
  readonly caller: Caller
  readonly may?: Action
  handle(request: HandledRequest, call: Call): Promise<Reply> | Reply
}

/** A request whose parts have been checked as its row asks; the row's own handler knows their types. */
interface HandledRequest {
  readonly gateway: HttpGateway
  readonly params: Readonly<Record<string, string>>
  readonly caller: ApiCaller | undefined
  readonly input: unknown
  readonly query: unknown
  readonly claim: Claim | undefined
  readonly use: GrantUse | undefined
  readonly correlationId: string
}

/** Writes one row: method and path, who may call it, what it takes and gives, and the handler. */
export function route<
  const Line extends `${'GET' | 'POST'} /${string}`,
  const CallerKind extends Caller,
  const Facts extends RowFacts,
>(
  line: Line,
  facts: Access<CallerKind> & Facts,
  handle: (
    request: RouteRequest<Line, CallerKind, Facts['input'], Facts['query'], Facts['idempotent'], Facts['granted']>,
  ) => Promise<Reply> | Reply,
): Row {
  const [method = '', path = ''] = line.split(' ')
  // The dispatcher checks every part against this very row before it calls the handler.
  return { ...facts, method, path, handle: handle as Row['handle'] }
}
