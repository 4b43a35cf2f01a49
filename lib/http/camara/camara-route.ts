import type { z } from 'zod'
import type { Action } from '../../auth/access'
import type { Scope, TokenCaller } from '../../oauth/oauth-client'
import type { HttpGateway } from '../http-gateway'
import type { Reply } from '../route'

type Output<Schema> = Schema extends z.ZodType ? z.output<Schema> : undefined

/** What a handler is given. */
export interface CamaraRequest<Input = unknown, Query = unknown> {
  readonly gateway: HttpGateway
  readonly params: Readonly<Record<string, string>>
  readonly caller: TokenCaller
  readonly input: Input
  readonly query: Query
  /** The body as it came: the same bytes are the same request. */
  readonly body: Uint8Array
  readonly correlationId: string
  /** Network address of the caller, as far as the host knows it. */
  readonly remoteAddress: string
}

interface CamaraFacts {
  /** The operation's name in its document. */
  readonly operation: string
  /** The scope that a token must carry. */
  readonly scope: Scope
  /** What the access table is asked about (P6.1). */
  readonly may: Action
  readonly input?: z.ZodType
  readonly query?: z.ZodType
  /** Names that may stand in a query more than once; they are read as lists. */
  readonly lists?: readonly string[]
}

/** One operation of a CAMARA document. */
export interface CamaraRow extends CamaraFacts {
  readonly method: string
  readonly path: string
  handle(request: CamaraRequest): Promise<Reply>
}

/** Writes one row: method and path, what it takes, and its handler. */
export function camaraRoute<const Facts extends CamaraFacts>(
  line: `${'GET' | 'POST'} /${string}`,
  facts: Facts,
  handle: (request: CamaraRequest<Output<Facts['input']>, Output<Facts['query']>>) => Promise<Reply>,
): CamaraRow {
  const [method = '', path = ''] = line.split(' ')
  // The dialect reads every part by this very row before it calls the handler.
  return { ...facts, method, path, handle: handle as CamaraRow['handle'] }
}
