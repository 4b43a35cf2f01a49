import { type CryptoKey, FlattenedSign, flattenedVerify, errors, importJWK } from 'jose'
import { z } from 'zod'
import { readJwsPart } from '../../json'
import { algorithmOf, type PublicJwk, readPublicJwk } from '../../merchants/merchant-jwk'
import { invariant } from '../../invariant'

/** The header that carries a detached JWS (RFC 7515, appendix F): the body it signs is the message's own. */
export const SIGNATURE_HEADER = 'x-jws-signature'

/** Clocks may differ by this much. */
const WINDOW_S = 300

export interface PrivateJwk {
  readonly kid: string
  readonly kty: string
  readonly [member: string]: unknown
}

/** What a request's signature says besides the body. */
export interface SignedRequest {
  readonly iss: string
  readonly aud: string
  readonly iat: number
  /** Named by the answer's signature; once for each request. */
  readonly jti: string
  readonly htm: 'GET' | 'POST'
  /** The path behind the bank's address. */
  readonly htu: string
}

/** Signs requests with one key. */
export interface RequestSigner {
  sign(body: Buffer, claims: SignedRequest): Promise<string>
}

/** @throws BrokenInvariant when it is not a private Ed25519 or P-256 key with a key id */
export function createRequestSigner(jwk: PrivateJwk): RequestSigner {
  const { kid, kty, crv, x, y } = jwk
  const read = readPublicJwk({ kid, kty, crv, x, ...(y === undefined ? {} : { y }) })
  invariant(read.kind === 'read' && 'd' in jwk, 'a key that signs for banks must be a private Ed25519 or P-256 key')
  const alg = algorithmOf(read.jwk)
  let key: Promise<CryptoKey | Uint8Array> | undefined
  return {
    async sign(body, claims) {
      key ??= importJWK(jwk, alg)
      const signed = await new FlattenedSign(body).setProtectedHeader({ alg, kid, ...claims }).sign(await key)
      return `${signed.protected}..${signed.signature}`
    },
  }
}

// Nothing in a header may bring a key, name an address of one, or change what the signature covers (RFC 8725, 3.10).
const answerHeader = z.strictObject({
  alg: z.string(),
  kid: z.string().min(1).max(64),
  typ: z.string().max(32).optional(),
  iss: z.string(),
  aud: z.string(),
  iat: z.int(),
  re: z.string(),
  status: z.int(),
})

const DETACHED = /^([A-Za-z0-9_-]{1,2048})\.\.([A-Za-z0-9_-]{86})$/

export interface ExpectedAnswer {
  readonly iss: string
  readonly aud: string
  /** The request it answers. */
  readonly re: string
  readonly status: number
}

/**
 * True only when the answer was signed by the bank, with a key that is its own now, as the answer to exactly this request:
 * the key is chosen by its id, the algorithm is the key's (P5.2).
 */
export async function isSignedAnswer(
  signature: string | null,
  body: Buffer,
  expected: ExpectedAnswer,
  keyOf: (kid: string) => Promise<PublicJwk | undefined>,
  now: Date,
): Promise<boolean> {
  const parts = DETACHED.exec(signature ?? '')
  const read = answerHeader.safeParse(readJwsPart(parts?.[1] ?? ''))
  if (!parts || !read.success) return false
  const { iss, aud, re, status, iat, alg, kid } = read.data
  const isAboutThis = iss === expected.iss && aud === expected.aud && re === expected.re && status === expected.status
  if (!isAboutThis || Math.abs(now.getTime() / 1000 - iat) > WINDOW_S) return false
  const jwk = await keyOf(kid)
  if (!jwk || alg !== algorithmOf(jwk)) return false
  try {
    const jws = { protected: parts[1]!, payload: body.toString('base64url'), signature: parts[2]! }
    await flattenedVerify(jws, await importJWK(jwk, alg), { algorithms: [alg] })
    return true
  } catch (error) {
    if (error instanceof errors.JOSEError) return false
    throw error
  }
}
