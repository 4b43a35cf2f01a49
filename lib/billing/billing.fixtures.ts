import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { freshDatabase } from '../../test/database'
import type { Vault } from '../cards/vault'
import { type Database, openDatabase } from '../db/database'
import { connectBillingCentres } from '../gateways/billing-centre/sftp-billing-centres'
import { type Uuid, uuidAt } from '../ids'
import { type BillingFiles, createBillingFiles } from './billing-files'
import { centreSettings, vaultOf } from './centre.fixtures'

/** Billing on an empty database and a folder of its own, spoken to by a clock that a test sets. */
export interface BillingScene {
  readonly database: Database
  readonly databaseUrl: string
  readonly folder: string
  readonly vaultKey: string
  readonly merchantId: Uuid
  readonly billing: BillingFiles
  /** What was reported, oldest first. */
  readonly reports: { readonly event: string; readonly detail: Readonly<Record<string, unknown>> }[]
  now: Date
  /** A second process' view: nothing shared in memory. */
  another(): Promise<BillingFiles>
  close(): Promise<void>
}

/** The database of a test file: made once, since that costs more than most tests, and emptied for each scene. */
let kept: { readonly url: string; readonly owner: pg.Client; drop(): Promise<void> } | undefined

/** All that a scene writes. */
const WRITTEN = [
  ...['merchant', 'payment', 'payment_history', 'leg', 'posting', 'entry', 'refund', 'refund_leg', 'message'],
  ...['merchant_balance', 'merchant_balance_change', 'merchant_module'],
  ...['phone_line', 'phone_charge', 'phone_credit', 'billing_centre', 'billing_file', 'billing_record'],
  ...['collection_file', 'collection_line'],
]

async function emptyDatabase(): Promise<string> {
  if (!kept) {
    const { url, drop } = await freshDatabase()
    const owner = new pg.Client({ connectionString: url })
    await owner.connect()
    // Books are append-only; the owner of a test's database may still forget them.
    await owner.query('set session_replication_role = replica')
    kept = { url, owner, drop }
  }
  await kept.owner.query(WRITTEN.map((table) => `delete from ${table}`).join(';'))
  return kept.url
}

/** For the end of a test file that opened scenes. */
export async function dropScenes(): Promise<void> {
  await kept?.owner.end()
  await kept?.drop()
  kept = undefined
}

/** Begins with an empty database: what an earlier scene of the file wrote is gone. */
export async function openBillingScene(sftpPort: number, codes: readonly string[] = ['BARAM']): Promise<BillingScene> {
  const url = await emptyDatabase()
  const folder = mkdtempSync(path.join(tmpdir(), 'moa-billing-'))
  const vaultKey = randomBytes(32).toString('base64')
  const opened: Database[] = []
  const reports: BillingScene['reports'] = []
  const clock = { now: () => scene.now }
  const open = async () => {
    const database = await openDatabase(url, { allowVolatile: true, connections: 4 })
    opened.push(database)
    const settings = codes.map((code) => centreSettings(sftpPort, code))
    const billing = createBillingFiles({
      database,
      clock,
      vault: vaultOf(vaultKey),
      settings: { BILLING_CENTRES: settings, BILLING_DIR: folder, GATEWAY_ID: 'MOA00001' },
      centres: connectBillingCentres(settings, { clock, silenceMs: 5_000 }),
      report: (event, detail) => void reports.push({ event, detail }),
    })
    return { database, billing }
  }
  const scene = { now: new Date('2026-11-20T03:00:00.000Z') } as {
    -readonly [Key in keyof BillingScene]: BillingScene[Key]
  }
  const { database, billing } = await open()
  const merchantId = uuidAt(scene.now)
  await database.pool.query(
    `insert into merchant (id, name, name_en, category_code, currencies, return_urls, modules, created_at)
     values ($1, '모아 상점', 'Moa Shop', '5411', '{KRW}', '{}', '{phone-bill}', $2)`,
    [merchantId, scene.now],
  )
  await addLines(database, vaultOf(vaultKey), 20)
  return Object.assign(scene, {
    ...{ database, billing, databaseUrl: url, folder, vaultKey, merchantId, reports },
    another: async () => (await open()).billing,
    async close() {
      for (const each of opened) await each.close()
      rmSync(folder, { recursive: true, force: true })
    },
  })
}

/** Lines +82421000000, +82421000001, … */
async function addLines({ pool }: Database, vault: Vault, count: number): Promise<void> {
  const at = new Date()
  for (let index = 0; index < count; index += 1) {
    const id = uuidAt(at)
    const number = `+8242${1_000_000 + index}`
    const { sealedNumber, keyId } = vault.seal({ kind: 'phone-line', ownerId: id, id }, number)
    await pool.query(
      `insert into phone_line (id, fingerprint, kind, sealed_number, key_id, masked, system, subscriber_ref, created_at)
       values ($1, $2, 'line', $3, $4, $5, 'baram', $6, $7)`,
      [id, vault.fingerprint(number), sealedNumber, keyId, `···${number.slice(-4)}`, `S-${index}`, at],
    )
  }
}

export interface Bought {
  readonly count?: number
  readonly amount?: bigint
  readonly centre?: string
  readonly payout?: 'collection' | 'advance'
  readonly reserveBps?: number
}

/**
 * Purchases that were paid by phone bill, as the payments room leaves them: payment, leg, books, and the approved charge.
 * Each is on the next of the lines in turn. Returns their payments, in the order of their identifiers.
 */
export async function buy(
  { database: { pool }, merchantId, now }: Pick<BillingScene, 'database' | 'merchantId' | 'now'>,
  { count = 1, amount = 1000n, centre = 'BARAM', payout = 'collection', reserveBps = 0 }: Bought = {},
): Promise<Uuid[]> {
  const ids = Array.from({ length: count }, () => uuidAt(now)).sort()
  const postings = ids.map(() => uuidAt(now))
  const hold = { counterparty: centre, payout, ...(payout === 'advance' ? { reserveBps: String(reserveBps) } : {}) }
  const reserve = payout === 'advance' ? (amount * BigInt(reserveBps)) / 10_000n : 0n
  const shop = payout === 'advance' ? 'payable:merchant' : 'pending:merchant'
  await pool.query(
    `with bought as (
       select x.id, x.posting, n from unnest($1::uuid[], $2::uuid[]) with ordinality as x(id, posting, n)),
     line as (select id, subscriber_ref, row_number() over (order by masked) - 1 as n, count(*) over () as lines from phone_line),
     payments as (
       insert into payment (merchant_id, id, order_ref, live_order_ref, order_name, amount, currency, state, standing,
         attempt, capture_mode, channel, captured_amount, created_at, expires_at, finished_at)
       select $3, b.id, b.id::text, b.id::text, '책 ' || n, $4, 'KRW', 'paid', 'paid', 1, 'automatic', 'hosted', $4, $5, $5, $5
       from bought b),
     histories as (
       insert into payment_history (merchant_id, payment_id, version, event, state, at)
       select $3, b.id, 1, 'opened', 'paid', $5 from bought b),
     legs as (
       insert into leg (merchant_id, payment_id, attempt, leg, module, means, amount, state, authorize_reference, hold, captured_amount)
       select $3, b.id, 1, 1, 'phone-bill', '{}', $4, 'captured', b.id::text, $6::jsonb, $4 from bought b),
     postings as (
       insert into posting (merchant_id, id, kind, payment_id, at) select $3, b.posting, 'capture', b.id, $5 from bought b),
     entries as (
       insert into entry (merchant_id, posting_id, line, account, currency, amount)
       select $3, b.posting, e.line, e.account, 'KRW', e.amount from bought b, (values
         (0, 'receivable:' || $7, $4::bigint), (1, $8, -($4::bigint - $9::bigint)), (2, 'reserve:merchant', -$9::bigint)
       ) as e(line, account, amount) where e.amount <> 0)
     insert into phone_charge (merchant_id, payment_id, attempt, leg, line_id, system, centre, subscriber_ref, amount, currency,
       description, purchased_at, local_day, local_month, state, changed_at)
     select $3, b.id, 1, 1, l.id, 'baram', $7, l.subscriber_ref, $4, 'KRW', '책 ' || b.n, $5,
       ($5::timestamptz at time zone 'Asia/Seoul')::date, date_trunc('month', $5::timestamptz at time zone 'Asia/Seoul')::date,
       'approved', $5
     from bought b join line l on l.n = b.n % l.lines`,
    [ids, postings, merchantId, amount, now, JSON.stringify(hold), centre, shop, reserve],
  )
  return ids
}

/** Balances of the accounts that are not empty, in minor units. */
export async function balances({ pool }: Database, paymentId?: Uuid): Promise<Record<string, bigint>> {
  const { rows } = await pool.query<{ account: string; balance: bigint }>(
    `select e.account, sum(e.amount)::bigint as balance from entry e
     join posting p on p.merchant_id = e.merchant_id and p.id = e.posting_id
     where $1::uuid is null or p.payment_id = $1 group by e.account having sum(e.amount) <> 0 order by e.account`,
    [paymentId ?? null],
  )
  return Object.fromEntries(rows.map(({ account, balance }) => [account, balance]))
}

/** The state of each charge. */
export async function statesOf({ pool }: Database, ids: readonly Uuid[]): Promise<string[]> {
  const { rows } = await pool.query<{ state: string }>(
    'select state from phone_charge where payment_id = any($1) order by payment_id',
    [ids],
  )
  return rows.map(({ state }) => state)
}
