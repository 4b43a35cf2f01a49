import type { Readable } from 'node:stream'

/** A file that a billing centre has put out for us. */
export interface RemoteFile {
  readonly name: string
  readonly size: number
  /** Changes whenever the file does. */
  readonly stamp: string
}

/** What can be done while connected to one billing centre. Every method throws LinkBroken when the link does. */
export interface CentreSession {
  /** Puts a file there under its name, whole or not at all; one that is there already is left as it is. */
  deliver(name: string, localPath: string): Promise<void>
  /** The acknowledgements and collection files that are there now. */
  results(): Promise<readonly RemoteFile[]>
  /** The whole of a result, which must be small: at most so many bytes. */
  read(name: string, most: number): Promise<string>
  /** A result in pieces, whatever its length. */
  stream(name: string): Readable
}

/** The link failed: nothing is known of what was under way. */
export class LinkBroken extends Error {
  override name = 'LinkBroken'
}

/** What a centre said; no-answer is neither a yes nor a no. */
export type Heard<Value> = { kind: 'heard'; value: Value } | { kind: 'no-answer'; why: string }

/** How the link to one billing centre stands, for operators. */
export interface BillingCentreState {
  readonly code: string
  /** unknown: not asked since the start. */
  readonly state: 'up' | 'down' | 'unknown'
  readonly lastAnswerAt: Date | undefined
  /** Sessions since the start that broke. */
  readonly broken: number
}

/** The link to the charge management systems (docs/links/billing-file.md). */
export interface BillingCentres {
  /** Connects, does the work, disconnects. What the work itself throws is thrown on; a broken link is no answer. */
  within<Value>(centre: string, work: (session: CentreSession) => Promise<Value>): Promise<Heard<Value>>
  states(): BillingCentreState[]
}
