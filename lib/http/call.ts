/**
 * A request as the gateway sees it, whoever took it off the wire. Both hosts (the pages' server and the api process) make
 * one of these, so that the fast one never pays for the web-standard Request and Response.
 */
export interface Call {
  readonly method: string
  /** As sent, without the query; never decoded. */
  readonly path: string
  /** As sent, without the question mark; empty when there is none. */
  readonly query: string
  /** A header by its lower-case name. */
  header(name: string): string | undefined
  readonly body: Uint8Array
  readonly remoteAddress?: string
}

/** What goes back: the host adds nothing to it and takes nothing away. */
export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** The largest body any route reads (PROMISES 10.1). */
export const LARGEST_BODY = 64 * 1024
