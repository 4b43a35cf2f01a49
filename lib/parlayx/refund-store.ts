import type pg from 'pg'
import type { Uuid } from '../ids'

export interface RefundSought {
  readonly accountId: Uuid
  readonly merchantId: Uuid
  readonly requester: string
  /** Of the refund itself, as the account knows it. */
  readonly refundReference: string
  /** The charge that it reverses by name; absent: the newest that has so much left. */
  readonly chargeReference?: string
  /** The refund's own name, which may be the charge's. */
  readonly referenceCode: string
  /** Minor units. */
  readonly amount: bigint
}

/**
 * Which charge a refund reverses: Parlay X does not say, so the link is made here and kept with the refund. One that was
 * made before keeps its charge; otherwise the charge is named, or has the refund's own reference, or is this application's
 * newest on the account that has so much left.
 */
export async function findChargeOf(pool: pg.Pool, sought: RefundSought): Promise<Uuid | undefined> {
  const { accountId, merchantId, requester, refundReference, chargeReference, referenceCode, amount } = sought
  const { rows } = await pool.query<{ id: Uuid }>({
    name: 'charge_of_refund',
    text: `with own as (
        select * from account_movement where account_id = $1 and merchant_id = $2 and requester = $3
      )
      select coalesce(
        (select charge_id from own where kind = 'refund' and reference = $4),
        (select id from own where kind = 'charge' and reference = coalesce($5, $6) order by id desc limit 1),
        (select c.id from own c where $5::text is null and c.kind = 'charge' and c.amount - coalesce((
            select sum(r.amount) from account_refund r where r.account_id = c.account_id and r.charge_id = c.id
          ), 0) >= $7 order by c.id desc limit 1)
      ) as id`,
    values: [accountId, merchantId, requester, refundReference, chargeReference ?? null, referenceCode, amount],
  })
  return rows[0]?.id ?? undefined
}
