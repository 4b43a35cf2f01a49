import { type Clock, later } from '../clock'
import type { Database } from '../db/database'
import type { Signing } from '../merchants/signing'
import { chainWaiting, findUnsignedEnds, insertHead } from './chain-store'

/**
 * The audit trail as a chain of hashes, one for each tenant (docs/decisions/008-audit-chain.md). Whoever notes a deed waits
 * for nothing; the worker gives each line its place a moment later, and signs where each chain ends now and then.
 */
export interface AuditChain {
  /** Gives lines their places, at most so many; how many it gave. */
  extend(most: number): Promise<number>
  /**
   * Signs the ends of chains that have grown, each at most once a minute, and logs what it signed: a copy that the database's
   * owner does not hold. How many it signed.
   */
  signHeads(most: number): Promise<number>
}

/** What was noted between two signatures could be cut off the end without a trace; a signature costs almost nothing. */
const SIGN_EVERY_MS = 60_000
/** Looking for ends costs a step for each tenant. */
const LOOK_EVERY_MS = 10_000

interface Parts {
  readonly database: Pick<Database, 'pool'>
  readonly clock: Clock
  readonly signing: Pick<Signing, 'gatewayName' | 'sign'>
  readonly note: (event: string, detail: Readonly<Record<string, unknown>>) => void
}

export function createAuditChain({ database: { pool }, clock, signing, note }: Parts): AuditChain {
  let lookAt = 0
  return {
    extend: (most) => chainWaiting(pool, most),

    async signHeads(most) {
      const at = clock.now()
      if (at.getTime() < lookAt) return 0
      const ends = await findUnsignedEnds(pool, later(at, -SIGN_EVERY_MS), most)
      for (const end of ends) {
        const { jws, kid } = await signing.sign({
          iss: signing.gatewayName,
          typ: 'audit.head',
          tenant: end.tenantId,
          position: end.position.toString(),
          hash: end.hash.toString('hex'),
          iat: Math.floor(at.getTime() / 1000),
        })
        await insertHead(pool, { ...end, kid, jws, at })
        note('audit-head', { tenantId: end.tenantId, position: end.position.toString(), jws })
      }
      lookAt = ends.length < most ? at.getTime() + LOOK_EVERY_MS : 0
      return ends.length
    },
  }
}
