import { createPublicKey, X509Certificate } from 'node:crypto'
import { z } from 'zod'

export type KeyFault = 'not-a-public-key' | 'private-key' | 'unsupported-key' | 'bad-kid' | 'bad-certificates'

/** The one signature algorithm of a key: decided by the key's type, never by a message (RFC 8725, 3.1). */
export type SignatureAlgorithm = 'EdDSA' | 'ES256'

const base64url = z.string().regex(/^[A-Za-z0-9_-]{43}$/)
const shared = {
  kid: z.string().regex(/^[A-Za-z0-9._~-]{1,64}$/),
  use: z.literal('sig').optional(),
  x5c: z.array(z.base64()).min(1).max(5).optional(),
}

const publicJwk = z.discriminatedUnion('kty', [
  z.strictObject({
    ...shared,
    kty: z.literal('OKP'),
    crv: z.literal('Ed25519'),
    x: base64url,
    alg: z.enum(['EdDSA', 'Ed25519']).optional(),
  }),
  z.strictObject({
    ...shared,
    kty: z.literal('EC'),
    crv: z.literal('P-256'),
    x: base64url,
    y: base64url,
    alg: z.literal('ES256').optional(),
  }),
])

export type PublicJwk = z.output<typeof publicJwk>

/** Reads a public signature key that a merchant registers: Ed25519 or P-256, with a key id, and nothing private in it. */
export function readPublicJwk(
  given: unknown,
): { kind: 'read'; jwk: PublicJwk } | { kind: 'refused'; reason: KeyFault } {
  if (typeof given !== 'object' || given === null) return { kind: 'refused', reason: 'not-a-public-key' }
  if ('d' in given || 'k' in given) return { kind: 'refused', reason: 'private-key' }
  const read = publicJwk.safeParse(given)
  if (!read.success) return { kind: 'refused', reason: faultAt(read.error.issues[0]?.path[0]) }
  const fault = materialFault(read.data)
  return fault ? { kind: 'refused', reason: fault } : { kind: 'read', jwk: read.data }
}

export function algorithmOf(jwk: PublicJwk): SignatureAlgorithm {
  return jwk.kty === 'OKP' ? 'EdDSA' : 'ES256'
}

function faultAt(member: PropertyKey | undefined): KeyFault {
  if (member === 'kid') return 'bad-kid'
  if (member === 'x5c') return 'bad-certificates'
  return member === 'kty' || member === 'crv' || member === 'alg' || member === 'use'
    ? 'unsupported-key'
    : 'not-a-public-key'
}

/** The point must lie on the curve, and certificates must certify this key, each signed by the next. */
function materialFault({ kid: _, x5c, ...jwk }: PublicJwk): KeyFault | undefined {
  let key
  try {
    key = createPublicKey({ key: jwk, format: 'jwk' })
  } catch {
    return 'not-a-public-key'
  }
  if (!x5c) return undefined
  try {
    const chain = x5c.map((der) => new X509Certificate(Buffer.from(der, 'base64')))
    const certified = chain[0]!.publicKey.equals(key)
    const linked = chain.every((link, index) => {
      const issuer = chain[index + 1]
      return !issuer || (link.checkIssued(issuer) && link.verify(issuer.publicKey))
    })
    return certified && linked ? undefined : 'bad-certificates'
  } catch {
    return 'bad-certificates'
  }
}
