import type pg from 'pg'
import type { Uuid } from '../ids'
import { HOUSE_MERCHANT } from '../merchants/house'
import type { Currency } from '../money/currency'
import type { Schedule, SettlementTerms, StandingTerms } from './terms'

interface TermsRow {
  merchant_id: Uuid
  currency: Currency
  schedule: 'daily' | 'weekly' | 'monthly'
  schedule_day: number
  zone: string
  delay_days: number
  minimum: bigint
  reserve_bps: number
  reserve_days: number
  fee_fixed: bigint
  fee_bps: number
  vat_bps: number
  fee_given_back: boolean
  carried: bigint
  last_day: string
}

const COLUMNS = `t.merchant_id, t.currency, t.schedule, t.schedule_day, t.zone, t.delay_days, t.minimum, t.reserve_bps,
  t.reserve_days, t.fee_fixed, t.fee_bps, t.vat_bps, t.fee_given_back, t.carried, to_char(t.last_day, 'YYYY-MM-DD') as last_day`

const WORDS = { day: 'daily', week: 'weekly', month: 'monthly' } as const

function scheduleFrom({ schedule, schedule_day: day }: TermsRow): Schedule {
  if (schedule === 'daily') return { every: 'day' }
  return { every: schedule === 'weekly' ? 'week' : 'month', day }
}

function termsFrom(row: TermsRow): StandingTerms {
  return {
    ...{ merchantId: row.merchant_id, currency: row.currency, schedule: scheduleFrom(row), zone: row.zone },
    ...{ delayDays: row.delay_days, minimum: row.minimum, reserveBps: row.reserve_bps, reserveDays: row.reserve_days },
    ...{ feeFixed: row.fee_fixed, feeBps: row.fee_bps, vatBps: row.vat_bps, feeGivenBack: row.fee_given_back },
    ...{ carried: row.carried, lastDay: row.last_day },
  }
}

/** The terms of a merchant, a row per currency it has agreed on. One prepared query: asked with a shop's contract. */
export async function findTerms(pool: pg.Pool, merchantId: Uuid): Promise<StandingTerms[]> {
  const { rows } = await pool.query<TermsRow>({
    name: 'settlement_terms',
    text: `select ${COLUMNS} from settlement_terms t where t.merchant_id = $1 order by t.currency`,
    values: [merchantId],
  })
  return rows.map(termsFrom)
}

export async function saveTerms(pool: pg.Pool, terms: SettlementTerms, at: Date): Promise<void> {
  const { schedule } = terms
  await pool.query('select agree_settlement($1, $2)', [
    {
      ...{ merchant_id: terms.merchantId, currency: terms.currency, zone: terms.zone },
      ...{ schedule: WORDS[schedule.every], schedule_day: schedule.every === 'day' ? 0 : schedule.day },
      ...{ delay_days: terms.delayDays, minimum: terms.minimum.toString() },
      ...{ reserve_bps: terms.reserveBps, reserve_days: terms.reserveDays },
      ...{ fee_fixed: terms.feeFixed.toString(), fee_bps: terms.feeBps, vat_bps: terms.vatBps },
      ...{ fee_given_back: terms.feeGivenBack },
    },
    at,
  ])
}

/** A merchant whose schedule says that it is paid out, and until when. */
export interface DueMerchant {
  readonly merchantId: Uuid
  readonly currency: Currency
  readonly day: string
  readonly until: Date
}

/** Merchants whose day has come at the set time of their zone and has not had its payout yet. */
export async function dueMerchants(pool: pg.Pool, at: Date, setTime: string, limit: number): Promise<DueMerchant[]> {
  const { rows } = await pool.query<DueMerchant>(
    `select t.merchant_id as "merchantId", t.currency, to_char(d.day, 'YYYY-MM-DD') as day,
       (d.day - t.delay_days + 1)::timestamp at time zone t.zone as until
     from settlement_terms t,
       lateral (select settlement_day(t.schedule, t.schedule_day,
         (($1::timestamptz at time zone t.zone) - $2::time)::date) as day) d
     where t.last_day < d.day order by d.day, t.merchant_id, t.currency limit $3`,
    [at, setTime, limit],
  )
  return rows
}

/** Every merchant's terms, by merchant, after one of them: the operator's list. */
export interface NamedTerms extends StandingTerms {
  readonly name: string
  readonly nameEn: string
}

/** Where a page of that list ended. */
export type TermsMark = Pick<SettlementTerms, 'merchantId' | 'currency'>

export async function listTerms(
  pool: pg.Pool,
  { text, after, limit }: { text?: string | undefined; after?: TermsMark | undefined; limit: number },
): Promise<NamedTerms[]> {
  const { rows } = await pool.query<TermsRow & { name: string; name_en: string }>(
    `select ${COLUMNS}, m.name, m.name_en from settlement_terms t join merchant m on m.id = t.merchant_id
     where ($1::uuid is null or (t.merchant_id, t.currency) > ($1, $4))
       and ($2::text is null or strpos(lower(m.name || ' ' || m.name_en), lower($2)) > 0)
     order by t.merchant_id, t.currency limit $3`,
    [after?.merchantId ?? null, text ?? null, limit, after?.currency ?? null],
  )
  return rows.map((row) => ({ ...termsFrom(row), name: row.name, nameEn: row.name_en }))
}

/** A shop that nobody has agreed on terms with: it is not paid out. */
export interface ShopWithoutTerms {
  readonly id: Uuid
  readonly name: string
  readonly nameEn: string
  readonly currencies: readonly Currency[]
}

/** Those shops, the newest first; suspended ones have nothing to agree on. */
export async function listWithoutTerms(
  pool: pg.Pool,
  { text, before, limit }: { text?: string | undefined; before?: Uuid | undefined; limit: number },
): Promise<ShopWithoutTerms[]> {
  const { rows } = await pool.query<ShopWithoutTerms>(
    `select m.id, m.name, m.name_en as "nameEn", m.currencies from merchant m
     where m.suspended_at is null and m.id <> $1 and ($2::uuid is null or m.id < $2)
       and ($3::text is null or strpos(lower(m.name || ' ' || m.name_en), lower($3)) > 0)
       and not exists (select from settlement_terms t where t.merchant_id = m.id)
     order by m.id desc limit $4`,
    [HOUSE_MERCHANT, before ?? null, text ?? null, limit],
  )
  return rows
}
