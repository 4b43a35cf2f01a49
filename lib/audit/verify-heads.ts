import type pg from 'pg'
import type { Fault } from '../ledger/verify'
import type { PublicJwk } from '../merchants/merchant-jwk'
import { verifySigned } from '../merchants/verify-signed'
import { findHeads, type SignedHead } from './chain-store'

/**
 * Checks the newest signature under every chain of the audit trail. Whoever owns the database can write a whole new chain,
 * but cannot sign its end.
 *
 * @param keys the gateway's signature keys, those that have been changed since among them: from its settings, not from the
 *   database
 */
export async function verifyHeads(pool: pg.Pool, keys: readonly PublicJwk[]): Promise<Fault[]> {
  const heads = await findHeads(pool)
  const sound = await Promise.all(heads.map((head) => isSigned(head, keys)))
  return heads
    .filter((_, index) => !sound[index])
    .map(({ tenantId, position }) => ({
      promise: 'P9.3',
      sentence: 'A head of the audit trail was not signed by a key of this gateway.',
      example: `${tenantId} head at ${position}`,
    }))
}

async function isSigned({ tenantId, position, hash, jws, at }: SignedHead, keys: readonly PublicJwk[]) {
  const known = (kid: string) => {
    const jwk = keys.find((key) => key.kid === kid)
    return Promise.resolve(jwk && { kid, jwk, validFrom: new Date(0) })
  }
  const checked = await verifySigned(jws, known, at)
  if (checked.kind === 'refused') return false
  const { typ, tenant, position: place, hash: end } = checked.claims
  return typ === 'audit.head' && tenant === tenantId && place === position.toString() && end === hash.toString('hex')
}
