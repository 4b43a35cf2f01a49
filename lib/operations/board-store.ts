import type pg from 'pg'
import { HOUSE_MERCHANT } from '../merchants/house'
import type { WrittenLatencies } from './latency'

/** What all processes together did in one stretch of a day. */
export interface Stretch {
  readonly at: Date
  readonly payments: number
  readonly requests: number
  readonly paymentLatencies: WrittenLatencies
}

/** The work of every process since a moment, in stretches of so many minutes. */
export async function findStretches(pool: pg.Pool, since: Date, minutes: number): Promise<Stretch[]> {
  const { rows } = await pool.query<Stretch>(
    `with reports as materialized (
       select date_bin(make_interval(mins => $2), at, timestamptz 'epoch') as stretch, work
       from process_report where at >= $1
     ), sums as (
       select stretch, coalesce(sum((select sum(value::int) from jsonb_each_text(work->'payments'))), 0)::int as payments,
         sum((work->>'requests')::int)::int as requests
       from reports group by stretch
     ), buckets as (
       select stretch, (e->>0)::int as bucket, sum((e->>1)::int)::int as count
       from reports, jsonb_array_elements(work->'paymentLatencies') e group by stretch, bucket
     )
     select s.stretch as at, s.payments, s.requests,
       coalesce((select jsonb_agg(jsonb_build_array(bucket, count) order by bucket) from buckets b
         where b.stretch = s.stretch), '[]') as "paymentLatencies"
     from sums s order by s.stretch`,
    [since, minutes],
  )
  return rows
}

/** How many amounts each outside system has still to give back. */
export async function openReversals(pool: pg.Pool): Promise<{ system: string; count: number }[]> {
  const { rows } = await pool.query<{ system: string; count: number }>(
    `select coalesce(l.hold->>'counterparty', l.means->>'issuer', l.module) as system, count(*)::int as count
     from payment p join leg l on l.merchant_id = p.merchant_id and l.payment_id = p.id
     where p.carry_on_at is not null and l.state in ('voiding', 'returning') group by 1`,
  )
  return rows
}

/** A charging file as the board shows it. */
export interface FileLine {
  readonly centre: string
  readonly sequence: number
  readonly name: string
  /** claimed | written | sent | accepted | rejected | corrected */
  readonly state: string
  readonly details: number
  readonly charges: bigint
  readonly credits: bigint
  readonly currency: string
  readonly createdAt: Date
  readonly answeredAt: Date | null
  readonly reason: string | null
}

/** The newest charging files of every billing centre. */
export async function latestFiles(pool: pg.Pool, limit: number): Promise<FileLine[]> {
  const { rows } = await pool.query<FileLine>(
    `select f.* from billing_centre c cross join lateral (
       select centre, sequence, name, state, details, charges, credits, currency, created_at as "createdAt",
         answered_at as "answeredAt", reason
       from billing_file where centre = c.code order by sequence desc limit $1) f
     order by f."createdAt" desc limit $1`,
    [limit],
  )
  return rows
}

/** How many merchants have each module active, besides the house itself. */
export async function activeModules(pool: pg.Pool): Promise<{ module: string; merchants: number }[]> {
  const { rows } = await pool.query<{ module: string; merchants: number }>(
    `select module, count(*)::int as merchants from merchant, unnest(modules) as module
     where id <> $1 group by module`,
    [HOUSE_MERCHANT],
  )
  return rows
}
