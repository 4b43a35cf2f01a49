import { compactVerify, errors, importJWK } from 'jose'
import { z } from 'zod'
import { readJwsPart } from '../json'
import type { MerchantKey } from './merchant'
import { algorithmOf } from './merchant-jwk'

export type SignatureFault =
  'malformed' | 'bad-header' | 'unknown-key' | 'key-not-valid' | 'wrong-algorithm' | 'bad-signature' | 'bad-payload'

export type CheckedSignature =
  | { kind: 'verified'; kid: string; claims: Readonly<Record<string, unknown>> }
  | { kind: 'refused'; reason: SignatureFault; /** As the message names it, and so anybody's word. */ kid?: string }

export const LARGEST_MESSAGE = 8192

const COMPACT = /^[A-Za-z0-9_-]{1,1024}\.[A-Za-z0-9_-]{1,7000}\.[A-Za-z0-9_-]{86}$/

// Nothing in a header may bring a key, name an address of one, or change what the signature covers (RFC 8725, 3.10).
const header = z.strictObject({
  alg: z.string(),
  kid: z.string().min(1).max(64),
  typ: z.string().max(32).optional(),
})

const payload = z.record(z.string(), z.unknown())

/**
 * Checks a compact JWS before a word of what it says is read: the key is ours to choose, by key id, from the registry of
 * the sender; the algorithm is the key's; the key must be valid now (P5.2).
 *
 * @param keyOf the sender's registered key of an id; revoked ones too, they are refused by name
 */
export async function verifySigned(
  jws: string,
  keyOf: (kid: string) => Promise<MerchantKey | undefined>,
  now: Date,
): Promise<CheckedSignature> {
  if (jws.length > LARGEST_MESSAGE || !COMPACT.test(jws)) return { kind: 'refused', reason: 'malformed' }
  const read = header.safeParse(readJwsPart(jws.slice(0, jws.indexOf('.'))))
  if (!read.success) return { kind: 'refused', reason: 'bad-header' }
  const { kid } = read.data
  const refused = (reason: SignatureFault): CheckedSignature => ({ kind: 'refused', reason, kid })
  const key = await keyOf(kid)
  if (!key) return refused('unknown-key')
  if (!isValidAt(key, now)) return refused('key-not-valid')
  const alg = algorithmOf(key.jwk)
  if (read.data.alg !== alg) return refused('wrong-algorithm')
  try {
    await compactVerify(jws, await importJWK(key.jwk, alg), { algorithms: [alg] })
  } catch (error) {
    if (error instanceof errors.JOSEError) return refused('bad-signature')
    throw error
  }
  const claims = payload.safeParse(readJwsPart(jws.split('.')[1]!))
  return claims.success ? { kind: 'verified', kid: key.kid, claims: claims.data } : refused('bad-payload')
}

/** What a message claims, unchecked: only to choose whose keys to check it with. */
export function unverifiedClaim(jws: string, name: string): string | undefined {
  if (jws.length > LARGEST_MESSAGE || !COMPACT.test(jws)) return undefined
  const claims = payload.safeParse(readJwsPart(jws.split('.')[1]!))
  const claim = claims.success ? claims.data[name] : undefined
  return typeof claim === 'string' ? claim : undefined
}

function isValidAt({ validFrom, validUntil, revokedAt }: MerchantKey, now: Date): boolean {
  return validFrom <= now && (!validUntil || now < validUntil) && (!revokedAt || now < revokedAt)
}
