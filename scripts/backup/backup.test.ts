import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { beforeAll, beforeEach, expect, test } from 'vitest'
import { createGateway } from '../../lib/gateway'
import { verifyBooks } from '../../lib/ledger/verify'
import { createLog } from '../../lib/log'
import {
  anOrder,
  aVCard,
  cardMeans,
  openedPayment,
  type PaymentWorld,
  startPayments,
} from '../../lib/payments/payments.fixtures'
import { emptyDatabase } from '../../test/database'
import { backUp } from './back-up'
import { restore } from './restore'

let world: PaymentWorld
let folder: string
let target: Awaited<ReturnType<typeof emptyDatabase>>

beforeAll(async () => {
  world = await startPayments({ issuerTimeLimitMs: 250 })
})

beforeEach(async () => {
  folder = path.join(mkdtempSync(path.join(tmpdir(), 'moa-backup-')), 'backup')
  target = await emptyDatabase()
  return async () => {
    rmSync(path.dirname(folder), { recursive: true, force: true })
    await target.drop()
  }
})

test('P9.6: after a restore the books hold, and what was under way carries on', async () => {
  const merchant = await world.aShop()
  const { payments } = world.gateway
  const paid = openedPayment(await payments.open(anOrder(merchant, { means: [cardMeans('narae')] })))
  const { shopper, vcard, means, amount } = await aVCard(world, merchant)
  await world.outside.switch('saero', { on: 'authorization', do: { kind: 'decline', code: '51' }, times: 1 })
  await world.outside.switch('hanbit', { on: 'reversal', do: { kind: 'drop-before' } })
  const open = openedPayment(await payments.open(anOrder(merchant, { amount, means: [means] })))
  await backUp(world.databaseUrl, folder, new Date())
  await world.outside.clearSwitches('hanbit')

  await restore(target.url, folder)
  const settings = { ...world.settings, DATABASE_URL: target.url }
  const log = createLog('test', 'silent')
  const restored = await createGateway(settings, { log, clock: world.clock, allowVolatile: true })
  try {
    expect(await verifyBooks(restored.database.pool)).toEqual([])
    expect(await restored.payments.find(merchant.id, paid.id)).toEqual(await payments.find(merchant.id, paid.id))
    expect((await restored.payments.find(merchant.id, open.id))?.state).toBe('voiding')
    world.clock.forward(60_000)
    await restored.payments.finishDue(10)
    await restored.payments.idle()
    expect((await restored.payments.find(merchant.id, open.id))?.state).toBe('declined')
    // Sealed numbers open with the same keys.
    const [card] = await restored.cards.list(shopper.id)
    expect((await restored.cards.reveal(shopper.id, card!.id)).number).toMatch(/^\d{16}$/)
    expect((await restored.vcards.get(shopper.id, vcard.id))?.use).toBe('not-charged')
    expect(await verifyBooks(restored.database.pool)).toEqual([])
  } finally {
    await restored.close()
  }
})

test('what was there before a rule that holds for new rows only comes back, and the rule with it', async () => {
  await run(
    world.databaseUrl,
    `alter table voucher_batch drop constraint voucher_batch_agreed`,
    `insert into voucher_batch (id, amount, currency, count, expires_at, created_by, created_at, state)
     values (gen_random_uuid(), 1000, 'KRW', 1, now(), '{"id": "one"}', now(), 'made')`,
    `alter table voucher_batch add constraint voucher_batch_agreed check (state <> 'made' or decided_by is not null) not valid`,
  )
  await backUp(world.databaseUrl, folder, new Date())
  await restore(target.url, folder)
  expect(await run(target.url, `select count(*)::int as old from voucher_batch`)).toEqual([{ old: 1 }])
  await expect(run(target.url, `update voucher_batch set note = 'touched'`)).rejects.toThrow(/voucher_batch_agreed/)
})

test('a backup does not write over another, and is restored into an empty database only', async () => {
  await backUp(world.databaseUrl, folder, new Date())
  await expect(backUp(world.databaseUrl, folder, new Date())).rejects.toThrow(/there already/)
  await expect(restore(world.databaseUrl, folder)).rejects.toThrow(/not empty/)
})

test.each([
  [
    'a table that was cut short',
    (kept: string) => truncateSync(path.join(kept, 'tables/merchant.copy.gz'), 20),
    /not what was written/,
  ],
  ['a table that is missing', (kept: string) => rmSync(path.join(kept, 'tables/merchant.copy.gz')), /missing/],
  ['no manifest', (kept: string) => rmSync(path.join(kept, 'manifest.json')), /no backup/],
  ['another version', (kept: string) => ofAnotherVersion(path.join(kept, 'manifest.json')), /another version/],
])('%s is refused, and no row is restored', async (_what, damage, says) => {
  await backUp(world.databaseUrl, folder, new Date())
  damage(folder)
  await expect(restore(target.url, folder)).rejects.toThrow(says)
})

async function run(url: string, ...statements: readonly string[]): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    let rows: unknown[] = []
    for (const sql of statements) ({ rows } = await client.query(sql))
    return rows
  } finally {
    await client.end()
  }
}

function ofAnotherVersion(manifest: string): void {
  const written = JSON.parse(readFileSync(manifest, 'utf8')) as { migrations: string[] }
  writeFileSync(manifest, JSON.stringify({ ...written, migrations: [...written.migrations, '20990101000000_later'] }))
}
