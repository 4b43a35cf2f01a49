import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'

/** What a secret is for; it stands before the underscore, so that people and secret scanners know what they see. */
const PREFIXES = { client: 'moa_ocs', token: 'moa_oat', code: 'moa_oac' } as const

export type SecretKind = keyof typeof PREFIXES

// 256 bits: nobody guesses one, and a plain hash of it cannot be searched.
const BYTES = 32

/** A new secret of a kind: only its hash is ever stored. */
export function newSecret(kind: SecretKind): string {
  return `${PREFIXES[kind]}_${randomBytes(BYTES).toString('base64url')}`
}

/** Whether a text can be a secret of that kind at all; what cannot need not be looked up. */
export function looksLike(kind: SecretKind, text: string): boolean {
  return text.startsWith(`${PREFIXES[kind]}_`) && /^[A-Za-z0-9_-]{43}$/.test(text.slice(PREFIXES[kind].length + 1))
}

export function hashSecret(secret: string): Buffer {
  return createHash('sha256').update(secret).digest()
}

export function isSecret(secret: string, hash: Uint8Array): boolean {
  const own = hashSecret(secret)
  return own.length === hash.length && timingSafeEqual(own, hash)
}

/** What its owner recognizes a secret by. */
export function hintOfSecret(secret: string): string {
  return `${secret.slice(0, 11)}…${secret.slice(-4)}`
}

/** The S256 challenge of a PKCE verifier (RFC 7636). */
export function challengeOf(verifier: string): string {
  return createHash('sha256').update(verifier).digest('base64url')
}
