import { readFileSync } from 'node:fs'
import pg from 'pg'
import type { Vault } from '../../lib/cards/vault'
import type { Uuid } from '../../lib/ids'
import { Complaint } from '../complaint'
import { seedPayers } from './payers'

/** Payments written in one transaction: what is drawn for them stays small, and a dead run loses only its last piece. */
const AT_ONCE = 20_000
const DAYS = 30
const DAY_MS = 24 * 3_600_000

/** Shops by their part of all payments: one that is as large as the rest together, and one that sells in two currencies. */
const SHOPS = [
  { name: '한달상회', nameEn: 'Month Market', share: 0.5, currencies: ['KRW'] },
  { name: '새봄서점', nameEn: 'Spring Books', share: 0.25, currencies: ['KRW'] },
  { name: '바다식탁', nameEn: 'Sea Table', share: 0.15, currencies: ['KRW'] },
  { name: '숲길캠핑', nameEn: 'Forest Camping', share: 0.07, currencies: ['KRW'] },
  { name: '먼나라편집샵', nameEn: 'Far Lands Select', share: 0.03, currencies: ['KRW', 'USD'] },
] as const

/** The English name of the shop with the most payments. */
export const LARGEST_SHOP = SHOPS[0].nameEn

const MODULES = [
  ...[
    'card',
    'vcard',
    'bank-transfer',
    'phone-bill',
    'micro-account',
    'e-cash',
    'cash-on-delivery',
    'giro',
    'direct-debit',
  ],
  'stripe',
]

export interface MonthPlan {
  /** Of whoever may make tables: what the month is drawn in is temporary. */
  readonly databaseUrl: string
  readonly vault: Vault
  readonly payments: number
  /** The same word draws the same month, but for the numbers that are sealed. */
  readonly seed: string
  /** When the month ends. */
  readonly until: Date
  readonly zone: string
  /** Whom the shops belong to, so that somebody can look at them. */
  readonly owner?: { readonly email: string }
  readonly say?: (line: string) => void
}

export interface SeededMonth {
  /** The largest first. */
  readonly shops: readonly { readonly id: Uuid; readonly name: string }[]
  readonly from: Date
}

/**
 * Writes a month of payments as they would be after it: of several shops, by every means, with what was declined, never
 * paid, given back, asked for and disputed, and with the books that belong to them. All is done by the database, piece by
 * piece; this process holds nothing of it.
 * @throws Complaint if the month is there already
 */
export async function seedMonth(plan: MonthPlan): Promise<SeededMonth> {
  const client = new pg.Client({ connectionString: plan.databaseUrl, statement_timeout: 0 })
  await client.connect()
  try {
    const from = new Date(plan.until.getTime() - DAYS * DAY_MS)
    await client.query(sql('session'))
    const shops = await seedShops(client, plan, from)
    const { shoppers, mandates } = await seedPayers(client, plan, { from, shops })
    await client.query(
      `insert into month select $1, $2::bigint, $3::timestamptz, $4::timestamptz, $5::float8,
         extract(epoch from ($3::timestamptz at time zone $6)::time) / 86400, $6, $7::int, $8::int`,
      [plan.seed, plan.payments, from, plan.until, DAYS, plan.zone, shoppers, mandates],
    )
    await client.query('select keep_link_message_days($1::date, $2::date, $1::date)', [from, plan.until])
    for (let first = 1; first <= plan.payments; first += AT_ONCE) {
      const last = Math.min(first + AT_ONCE - 1, plan.payments)
      await writePiece(client, plan.seed, first, last)
      plan.say?.(`${last.toLocaleString('en')} of ${plan.payments.toLocaleString('en')} payments`)
    }
    // The planner has to know of what has come before the first question is asked; autovacuum would find out in a minute.
    await client.query('vacuum analyze')
    return { shops, from }
  } finally {
    await client.end()
  }
}

async function writePiece(client: pg.Client, seed: string, first: number, last: number): Promise<void> {
  await client.query('begin')
  try {
    await client.query(`select setseed(hashtext($1) / 2147483648.0)`, [`${seed} ${first}`])
    for (const file of ['draw', 'payments', 'books'])
      await client.query(
        sql(file)
          .replace(/(?<!:):lo\b/g, String(first))
          .replace(/(?<!:):hi\b/g, String(last)),
      )
    await client.query('commit')
    // Planned by what the tables hold: a plan made while they were empty would be one for empty tables.
    if (Math.log2((first - 1) / AT_ONCE + 1) % 1 === 0) await client.query('analyze')
    // As the worker would have done all the while.
    await client.query('select add_up_balances(1000)')
  } catch (error) {
    await client.query('rollback')
    throw error
  }
}

async function seedShops(
  client: pg.Client,
  { seed, owner }: MonthPlan,
  from: Date,
): Promise<{ id: Uuid; name: string }[]> {
  const shops: { id: Uuid; name: string }[] = []
  let shareFrom = 0
  for (const [place, { name, nameEn, share, currencies }] of SHOPS.entries()) {
    const { rows } = await client.query<{ id: Uuid }>(
      `insert into merchant (id, name, name_en, category_code, currencies, modules, created_at)
       values (pg_temp.month_id($1, $2), $3, $4, '5411', $5, $6, $1) on conflict do nothing returning id`,
      [from, `${seed} shop ${place}`, name, nameEn, currencies, MODULES],
    )
    const id = rows[0]?.id
    if (!id) throw new Complaint(`The month "${seed}" is there already. Name another one with --seed.`)
    const shareUntil = place === SHOPS.length - 1 ? 1.1 : shareFrom + share
    await client.query('insert into month_shop values ($1, $2, $3, $4, $5)', [
      ...[place, id, shareFrom, shareUntil, currencies.length > 1],
    ])
    shareFrom = shareUntil
    for (const currency of currencies)
      await client.query('select agree_settlement($1, $2)', [
        {
          ...{
            merchant_id: id,
            currency,
            zone: 'Asia/Seoul',
            schedule: 'daily',
            schedule_day: 0,
            delay_days: 2,
            minimum: '10000',
          },
          ...{ reserve_bps: 0, reserve_days: 0, fee_fixed: '0', fee_bps: 220, vat_bps: 1000, fee_given_back: false },
        },
        from,
      ])
    if (owner)
      await client.query(
        `insert into membership (merchant_id, person_id, role, created_at) select $1, p.id, 'owner', $2 from person p where p.email = $3`,
        [id, from, owner.email],
      )
    shops.push({ id, name })
  }
  return shops
}

function sql(name: string): string {
  return readFileSync(new URL(`./${name}.sql`, import.meta.url), 'utf8')
}
