import type pg from 'pg'
import type { Sealed } from '../cards/vault'
import type { Uuid } from '../ids'
import type { Mandate } from './mandate'

type Pool = Pick<pg.Pool, 'query'>

interface Row {
  merchant_id: Uuid
  id: Uuid
  shopper_id: Uuid
  kind: Mandate['kind']
  bank: string
  last_four: string
  consent: string
  state: Mandate['state']
  signed_at: Date
  revoked_at: Date | null
}

const COLUMNS = 'merchant_id, id, shopper_id, kind, bank, last_four, consent, state, signed_at, revoked_at'

function readMandate(row: Row): Mandate {
  return {
    ...{ merchantId: row.merchant_id, id: row.id, shopperId: row.shopper_id, kind: row.kind, bank: row.bank },
    ...{ lastFour: row.last_four, consent: row.consent, state: row.state, signedAt: row.signed_at },
    ...(row.revoked_at ? { revokedAt: row.revoked_at } : {}),
  }
}

/** Writes a mandate down; one with its id stays as it is. */
export async function insertMandate(pool: Pool, made: Mandate, sealed: Sealed): Promise<void> {
  await pool.query(
    `insert into mandate (merchant_id, id, shopper_id, kind, bank, last_four, sealed_number, key_id, consent, state, signed_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) on conflict do nothing`,
    [
      ...[made.merchantId, made.id, made.shopperId, made.kind, made.bank, made.lastFour],
      ...[sealed.sealedNumber, sealed.keyId, made.consent, made.state, made.signedAt],
    ],
  )
}

export async function findMandate(pool: Pool, merchantId: Uuid, id: Uuid): Promise<Mandate | undefined> {
  const { rows } = await pool.query<Row>(`select ${COLUMNS} from mandate where merchant_id = $1 and id = $2`, [
    merchantId,
    id,
  ])
  return rows[0] && readMandate(rows[0])
}

/** A shopper's mandates, the newest first. */
export async function mandatesOfShopper(pool: Pool, shopperId: Uuid, limit: number): Promise<Mandate[]> {
  const { rows } = await pool.query<Row>(
    `select ${COLUMNS} from mandate where shopper_id = $1 order by id desc limit $2`,
    [shopperId, limit],
  )
  return rows.map(readMandate)
}

export interface MandateFilter {
  readonly state?: Mandate['state'] | undefined
  readonly shopperId?: Uuid | undefined
  /** Older than this one. */
  readonly before?: Uuid | undefined
  readonly limit: number
}

/** A merchant's mandates, the newest first. */
export async function mandatesOfMerchant(
  pool: Pool,
  merchantId: Uuid,
  { state, shopperId, before, limit }: MandateFilter,
): Promise<Mandate[]> {
  const { rows } = await pool.query<Row>(
    `select ${COLUMNS} from mandate where merchant_id = $1 and ($2::text is null or state = $2)
       and ($3::uuid is null or shopper_id = $3) and ($4::uuid is null or id < $4) order by id desc limit $5`,
    [merchantId, state ?? null, shopperId ?? null, before ?? null, limit],
  )
  return rows.map(readMandate)
}

/** Ends a mandate, and every debit of it that is not at the bank yet. False: not theirs, or over already. */
export async function revokeMandate(pool: pg.Pool, shopperId: Uuid, id: Uuid, at: Date): Promise<boolean> {
  const { rows } = await pool.query<{ revoked: boolean }>('select revoke_mandate($1, $2, $3) as revoked', [
    shopperId,
    id,
    at,
  ])
  return rows[0]?.revoked ?? false
}

/** Mandates that are sealed by another key than this. */
export async function mandatesSealedByOthers(
  pool: Pool,
  keyId: string,
  limit: number,
): Promise<({ merchantId: Uuid; id: Uuid } & Sealed)[]> {
  const { rows } = await pool.query<{
    merchant_id: Uuid
    id: Uuid
    sealed_number: Uint8Array<ArrayBuffer>
    key_id: string
  }>('select merchant_id, id, sealed_number, key_id from mandate where key_id <> $1 limit $2', [keyId, limit])
  return rows.map((row) => ({
    ...{ merchantId: row.merchant_id, id: row.id, sealedNumber: row.sealed_number, keyId: row.key_id },
  }))
}

export async function resealMandate(
  pool: Pool,
  { merchantId, id, keyId }: { merchantId: Uuid; id: Uuid; keyId: string },
  anew: Sealed,
): Promise<void> {
  await pool.query(
    'update mandate set sealed_number = $4, key_id = $5 where merchant_id = $1 and id = $2 and key_id = $3',
    [merchantId, id, keyId, anew.sealedNumber, anew.keyId],
  )
}
