import type pg from 'pg'
import { firstUuidAt, type Uuid } from '../ids'

/** A day of the installation's zone, YYYY-MM-DD. */
export type Day = string

/**
 * approved: taken or held. declined: by its outside system. given-back: another leg was declined, or it was cancelled.
 * open: not decided when it was counted. not-tried: nobody chose a means. refunded: went back, in the hour it was asked for.
 */
export type DailyResult = 'approved' | 'declined' | 'given-back' | 'open' | 'not-tried' | 'refunded'

/** So many legs, or payments where nothing was tried, and what they came to. */
export interface DailyLine {
  readonly merchantId: Uuid
  readonly day: Day
  readonly hour: number
  readonly currency: string
  /** Code of the module; empty where nothing was tried. */
  readonly module: string
  readonly result: DailyResult
  /** Why it was declined; else empty. */
  readonly reason: string
  readonly count: number
  /** Minor units. */
  readonly amount: bigint
}

/** When a day of a zone begins; the database knows every zone's summer times. */
export async function dayBounds(pool: pg.Pool, day: Day, timeZone: string): Promise<{ from: Date; until: Date }> {
  const { rows } = await pool.query<{ from: Date; until: Date }>(
    `select ($1::date)::timestamp at time zone $2 as from, ($1::date + 1)::timestamp at time zone $2 as until`,
    [day, timeZone],
  )
  return rows[0]!
}

/** The day of a zone that a moment belongs to. */
export async function dayOf(pool: pg.Pool, at: Date, timeZone: string): Promise<Day> {
  const { rows } = await pool.query<{ day: Day }>(
    `select to_char($1::timestamptz at time zone $2, 'YYYY-MM-DD') as day`,
    [at, timeZone],
  )
  return rows[0]!.day
}

/** Counts one merchant's day anew, in one transaction. Counting twice gives the same lines. */
export async function countDay(
  pool: pg.Pool,
  { merchantId, day, timeZone, from, until }: { merchantId: Uuid; day: Day; timeZone: string; from: Date; until: Date },
): Promise<void> {
  const ids = [firstUuidAt(from), firstUuidAt(until)]
  await pool.query('select count_day($1, $2, $3, $4, $5)', [merchantId, day, timeZone, ...ids])
}

/**
 * The first days that have ended, but were not counted since the set time after their end; at most two. Days before there
 * was any merchant have nothing to count.
 */
export async function dueDays(
  pool: pg.Pool,
  { now, timeZone, setTime, daysBack }: { now: Date; timeZone: string; setTime: string; daysBack: number },
): Promise<Day[]> {
  const { rows } = await pool.query<{ day: Day }>(
    `select to_char(d.day, 'YYYY-MM-DD') as day
     from (select generate_series(today - $4::int, today - 1, interval '1 day')::date as day
         from (select ($1::timestamptz at time zone $2)::date as today) t) d
       cross join lateral (select (d.day + 1 + $3::time) at time zone $2 as due_at) due
       left join statistic_day s on s.day = d.day
     where due.due_at <= $1 and (s.computed_at is null or s.computed_at < due.due_at)
       and d.day >= (select min(created_at at time zone $2)::date from merchant)
     order by d.day limit 2`,
    [now, timeZone, setTime, daysBack],
  )
  return rows.map(({ day }) => day)
}

/** A merchant by whose name figures are read. */
export interface CountedShop {
  readonly id: Uuid
  readonly name: string
  readonly nameEn: string
}

export async function countedShops(pool: pg.Pool): Promise<CountedShop[]> {
  const { rows } = await pool.query<CountedShop>('select id, name, name_en as "nameEn" from merchant order by id')
  return rows
}

export interface CountedDay {
  readonly day: Day
  readonly computedAt: Date
  readonly merchants: number
  readonly durationMs: number
}

export async function noteDay(pool: pg.Pool, { day, computedAt, merchants, durationMs }: CountedDay): Promise<void> {
  await pool.query(
    `insert into statistic_day (day, computed_at, merchants, duration_ms) values ($1, $2, $3, $4)
     on conflict (day) do update set computed_at = $2, merchants = $3, duration_ms = $4`,
    [day, computedAt, merchants, Math.round(durationMs)],
  )
}

export async function countedDays(pool: pg.Pool, first: Day, last: Day): Promise<CountedDay[]> {
  const { rows } = await pool.query<CountedDay>(
    `select to_char(day, 'YYYY-MM-DD') as day, computed_at as "computedAt", merchants, duration_ms as "durationMs"
     from statistic_day where day between $1 and $2 order by day`,
    [first, last],
  )
  return rows
}

export interface DailyWish {
  readonly first: Day
  readonly last: Day
  readonly merchantId?: Uuid
}

/** Lines of some days, added up by what is asked for: their other members say nothing. */
export async function dailyLines(pool: pg.Pool, { first, last, merchantId }: DailyWish): Promise<DailyLine[]> {
  const { rows } = await pool.query<DailyLine>(
    `select merchant_id as "merchantId", to_char(day, 'YYYY-MM-DD') as day, hour, currency, module, result, reason,
       count, amount
     from daily_statistic where day between $1 and $2 and ($3::uuid is null or merchant_id = $3)
     order by day, hour, currency, module, result, reason, merchant_id`,
    [first, last, merchantId ?? null],
  )
  return rows
}

/** A line of a whole day: its hours added up. */
export type DayLine = Omit<DailyLine, 'hour'>

/** Lines of one merchant's days without their hours: what a chart of days needs, and a small part of all the lines. */
export async function dayLines(pool: pg.Pool, { first, last, merchantId }: Required<DailyWish>): Promise<DayLine[]> {
  const { rows } = await pool.query<DayLine>(
    `select merchant_id as "merchantId", to_char(day, 'YYYY-MM-DD') as day, currency, module, result, reason,
       sum(count)::int as count, sum(amount)::bigint as amount
     from daily_statistic where merchant_id = $3 and day between $1 and $2
     group by merchant_id, daily_statistic.day, currency, module, result, reason
     order by daily_statistic.day, currency, module, result, reason`,
    [first, last, merchantId],
  )
  return rows
}
