import type pg from 'pg'
import type { Uuid } from '../ids'

/** Whether a row was written, or which one stands in its way: it has the same correlator. */
export type Claimed = { kind: 'claimed' } | { kind: 'held'; id: Uuid; fits: boolean }

/** What clients claim by a correlator before anything happens (P4.3). */
export type Claim = 'payment' | 'refund'

interface Claimant {
  readonly merchantId: Uuid
  readonly clientId: Uuid
  readonly clientCorrelator?: string
  readonly fingerprint: Buffer
}

/** Whoever has the correlator; undefined when it was given back meanwhile: whoever held it came to nothing. */
export async function holderOf(pool: pg.Pool, claim: Claim, by: Claimant): Promise<Claimed | undefined> {
  const { rows } = await pool.query<{ id: Uuid; fits: boolean }>(
    `select ${claim}_id as id, fingerprint = $4 as fits from camara_${claim}
     where client_correlator = $3 and client_id = $2 and merchant_id = $1`,
    [by.merchantId, by.clientId, by.clientCorrelator, by.fingerprint],
  )
  return rows[0] && { kind: 'held', ...rows[0] }
}

/** Gives back what a request claimed that had no effect. */
export async function release(pool: pg.Pool, claim: Claim, merchantId: Uuid, id: Uuid): Promise<void> {
  await pool.query(`delete from camara_${claim} where merchant_id = $1 and ${claim}_id = $2`, [merchantId, id])
}

/** Gives back what a request claimed that died before it opened anything (P4.3). False while it may still be alive. */
export async function releaseAbandoned(
  pool: pg.Pool,
  claim: Claim,
  merchantId: Uuid,
  id: Uuid,
  silentSince: Date,
): Promise<boolean> {
  const { rowCount } = await pool.query(
    `delete from camara_${claim} c where c.merchant_id = $1 and c.${claim}_id = $2 and c.created_at <= $3
     and not exists (select from ${claim} p where p.merchant_id = c.merchant_id and p.id = c.${claim}_id)`,
    [merchantId, id, silentSince],
  )
  return rowCount === 1
}

/** From now on its client knows it. */
export async function show(pool: pg.Pool, claim: Claim, merchantId: Uuid, id: Uuid, at: Date): Promise<void> {
  await pool.query(
    `update camara_${claim} set shown_at = $3 where merchant_id = $1 and ${claim}_id = $2 and shown_at is null`,
    [merchantId, id, at],
  )
}

export interface Page {
  readonly order: 'asc' | 'desc'
  readonly offset: number
  readonly limit: number
}

interface Listed {
  readonly select: string
  readonly from: string
  readonly where: string
  readonly values: readonly unknown[]
  /** The column that orders them. */
  readonly by: string
}

/** One page of what is listed, and how many there are in all; counting stops one above `most`, and then there is no page. */
export async function pageOf<Row extends pg.QueryResultRow>(
  pool: pg.Pool,
  { select, from, where, values, by }: Listed,
  { order, offset, limit }: Page,
  most: number,
): Promise<{ rows: Row[]; total: number }> {
  const next = values.length + 1
  const counted = await pool.query<{ total: number }>(
    `select count(*)::int as total from (select ${from} where ${where} limit $${next}) matching`,
    [...values, most + 1],
  )
  const total = counted.rows[0]?.total ?? 0
  if (total > most) return { rows: [], total }
  const { rows } = await pool.query<Row>(
    `${select} ${from} where ${where} order by ${by} ${order === 'asc' ? 'asc' : 'desc'} limit $${next} offset $${next + 1}`,
    [...values, limit, offset],
  )
  return { rows, total }
}
