import type { Outgoing } from './exchange'

/** What was received is not of the link's protocol: where the next message begins, or whose it is, is no longer known. */
export class UnreadableBytes extends Error {
  override readonly name = 'UnreadableBytes'
}

/** A message that keeps a connection: it must be answered, and the answer must be fine. */
export type Housekeeping = 'sign-on' | 'echo' | 'sign-off'

/** What is particular to one link: how its bytes are read, what answers belong to, and how a connection is kept. */
export interface LinkProtocol<Answer> {
  /** A reader for one connection. `push` returns the answers completed by a chunk. @throws UnreadableBytes */
  reader(): { push(chunk: Buffer): Answer[] }
  /** The key of the request that it answers. */
  keyOf(answer: Answer): string
  /** Undefined where the protocol has no such message: then there is nothing to wait for. */
  housekeeping(purpose: Housekeeping, now: Date): Outgoing | undefined
  /** Whether such a message was answered as it should be. */
  isFine(answer: Answer): boolean
}
