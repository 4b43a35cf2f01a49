import type { Uuid } from '../ids'
import type { Locale } from '../payments/payment'
import type { Answer, Call } from './call'
import type { HttpGateway } from './http-gateway'
import type { Reply } from './route'

/** What is known of a call by the time it is answered, for the log. */
export interface Seen {
  /** The route, not the path: nobody knows what people put into an address. */
  route?: string
  method?: string
  merchantId?: Uuid
  /** The API key or the OAuth client. */
  callerId?: Uuid
}

export interface RefusalContext {
  /** Where the pages live. */
  readonly webUrl: string
  readonly language: Locale
  readonly correlationId: string
}

export interface Refusal {
  readonly code: string
  readonly answer: Answer
}

/** One request, found in the table. */
export interface Found<Row> {
  readonly gateway: HttpGateway
  readonly call: Call
  readonly row: Row
  readonly params: Readonly<Record<string, string>>
  readonly correlationId: string
  /** Filled in on the way. */
  readonly seen: Seen
}

/** How one published interface names its requests, knows its callers, reads what they send and words its refusals. */
export interface Dialect<Row> {
  /** The header in which a request and its answer carry the same name. */
  readonly correlationHeader: string
  /** Whether a caller's own name for a request may be used, and stand in a log. */
  acceptsName(name: string): boolean
  /** Asks who calls, reads what was sent and hands it to the row's handler. Refusals are thrown. */
  serve(found: Found<Row>): Promise<Reply>
  /** A refusal in its final form, whatever was thrown; it tells nothing of our inside. */
  refuse(error: unknown, context: RefusalContext): Refusal
}
