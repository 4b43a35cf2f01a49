import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'

// It stands before the underscore, so that people and secret scanners know what they see.
const PREFIX = 'moa_app_'
const WRITTEN = /^moa_app_[A-Za-z0-9_-]{43}$/
// 256 bits: nobody guesses one, and neither its hash nor a digest made with it can be searched.
const BYTES = 32

export function newSecret(): string {
  return PREFIX + randomBytes(BYTES).toString('base64url')
}

/** Whether a text can be an application's secret at all. */
export function looksLikeSecret(text: string): boolean {
  return WRITTEN.test(text)
}

export function hashSecret(secret: string): Buffer {
  return createHash('sha256').update(secret).digest()
}

export function hintOf(secret: string): string {
  return `${secret.slice(0, PREFIX.length + 3)}…${secret.slice(-4)}`
}

/** What an application shows in place of its secret (UsernameToken Profile 1.0). */
export interface PasswordDigest {
  readonly digest: Uint8Array
  readonly nonce: Uint8Array
  /** As it was written: the very text is part of the digest. */
  readonly created: string
}

/** Whether a digest was made with this secret. SHA-1 is what the profile says; the secret's own entropy carries it. */
export function isDigestOf(secret: string, { digest, nonce, created }: PasswordDigest): boolean {
  const own = createHash('sha1').update(nonce).update(created).update(secret).digest()
  return own.length === digest.length && timingSafeEqual(own, digest)
}
