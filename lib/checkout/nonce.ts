import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'

/**
 * Nonces that a page hands to the browser for one encrypted input each. They are not stored until they are used: a
 * keyed mark shows that a nonce is ours, for which transaction it was made and until when it is good.
 */
export interface Nonces {
  make(tid: string, now: Date): string
  /** When the nonce expires; undefined when it is not ours, not for this transaction, or too old. */
  check(nonce: string, tid: string, now: Date): Date | undefined
}

/** As long as a checkout may stay open. */
export const NONCE_LIVES_MS = 30 * 60_000

const WRITTEN = /^([A-Za-z0-9_-]{22})\.([0-9a-z]{1,9})\.([A-Za-z0-9_-]{43})$/

export function createNonces(secret: string): Nonces {
  const mark = (random: string, until: string, tid: string) =>
    createHmac('sha256', secret).update(`nonce\n${random}\n${until}\n${tid}`).digest('base64url')

  return {
    make(tid, now) {
      const random = randomBytes(16).toString('base64url')
      const until = (now.getTime() + NONCE_LIVES_MS).toString(36)
      return `${random}.${until}.${mark(random, until, tid)}`
    },
    check(nonce, tid, now) {
      const [, random, until, given] = WRITTEN.exec(nonce) ?? []
      if (!random || !until || !given) return undefined
      if (!timingSafeEqual(Buffer.from(given), Buffer.from(mark(random, until, tid)))) return undefined
      const expires = new Date(Number.parseInt(until, 36))
      return now < expires ? expires : undefined
    },
  }
}
