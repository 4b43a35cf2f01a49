import { createHash } from 'node:crypto'

const COMPACT_JWS = /^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+$/

/** Whether a text has the form of a signed message. Whose it is, and whether the signature holds, is asked later. */
export function isSignedForm(message: string): boolean {
  return COMPACT_JWS.test(message)
}

/**
 * What is kept of an answer that is no signed message: by its length and hash a shop knows it again. The text itself is not
 * kept, because it could be anybody's: whoever may name an address and read the evidence would read what any server tells us
 * (P5.6).
 */
export function unreadAnswer({ status, body, whole }: { status: number; body: string; whole: boolean }) {
  const bytes = Buffer.from(body)
  const hash = createHash('sha256').update(bytes).digest('hex')
  const length = `${whole ? '' : 'the first '}${bytes.length} bytes`
  return { message: '', outcome: `refused: status ${status}, no message, ${length}, SHA-256 ${hash}` }
}
