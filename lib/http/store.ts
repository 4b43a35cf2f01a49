import type { Database } from '../db/database'
import type { Uuid } from '../ids'
import type { HeldKey } from '../payments/held-key'
import type { Claim } from './idempotency-key'

/** Claims a key for requests that have no opening function of their own; undefined when it is ours now. */
export async function claimKey(
  { pool }: Database,
  merchantId: Uuid,
  { key, fingerprint }: Claim,
  { resourceId, at }: { resourceId: Uuid; at: Date },
): Promise<HeldKey | undefined> {
  const { rows } = await pool.query<{ held: HeldKey | null }>({
    name: 'claim_idempotency_key',
    text: 'select claim_idempotency_key($1, $2, $3, $4, $5) as held',
    values: [merchantId, key, fingerprint, resourceId, at],
  })
  return rows[0]?.held ?? undefined
}

/** Takes over a claim whose request has been silent since a moment; false while that request may still be running. */
export async function takeOverKey(
  { pool }: Database,
  merchantId: Uuid,
  { key }: Claim,
  { silentSince, at }: { silentSince: Date; at: Date },
): Promise<boolean> {
  const { rowCount } = await pool.query(
    `update idempotency_key set created_at = $4
     where merchant_id = $1 and key = $2 and status is null and created_at <= $3`,
    [merchantId, key, silentSince, at],
  )
  return rowCount === 1
}

/** Keeps the answer for everybody who asks again. */
export async function answerKey(
  { pool }: Database,
  merchantId: Uuid,
  { key }: Claim,
  answer: { status: number; body: string },
): Promise<void> {
  await pool.query('select answer_idempotency_keys($1)', [JSON.stringify([{ merchantId, answer: { key, ...answer } }])])
}

/** Gives back a key whose request had no effect. */
export async function releaseKey({ pool }: Database, merchantId: Uuid, { key }: Claim): Promise<void> {
  await pool.query('delete from idempotency_key where merchant_id = $1 and key = $2 and status is null', [
    merchantId,
    key,
  ])
}
