import { once } from 'node:events'
import path from 'node:path'
import { createInterface } from 'node:readline'
import pg from 'pg'
import { afterAll, expect, test, vi } from 'vitest'
import { merchantBalance } from '../../lib/ledger/balance-store'
import { verifyBooks } from '../../lib/ledger/verify'
import { agree, anAccount, booked, settled } from '../../lib/settlement/settlement.fixtures'
import { type Child, startChild } from '../../scripts/child'
import { aMerchant, startGateway } from '../gateway'
import type { SettlementVictimSettings } from './settlement-victim'
import { waitFor } from './wait-for'

vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 })

const ROOT = path.resolve(import.meta.dirname, '../..')
const { gateway, settings, outside, databaseUrl, another } = await startGateway()
const other = await another()
const owner = new pg.Pool({ connectionString: databaseUrl, max: 2 })
afterAll(() => owner.end())

/** Where the worker stands when it dies: about to write into a table, with everything before it done. */
const places = [
  ['puts postings into the payout', 'payout_line'],
  ['books the payout', 'posting'],
  ['claims it for a file', 'payout_file'],
  ['notes that the bank’s answer was read', 'payout_status_file'],
] as const

function startVictim(): Child {
  const victim: SettlementVictimSettings = {
    databaseUrl,
    banks: settings.BANK_FILES,
    keys: settings.CARD_KEYS.map(({ id, key }) => ({ id, key: Buffer.from(key).toString('base64') })),
    fingerprint: Buffer.from(settings.FINGERPRINT_KEY).toString('base64'),
  }
  const { PATH, HOME } = process.env
  return startChild(['--import', 'tsx', path.join(ROOT, 'test/kill/settlement-victim.ts'), JSON.stringify(victim)], {
    cwd: ROOT,
    env: { PATH, HOME, NODE_ENV: 'production' },
    stdio: ['pipe', 'pipe', 'inherit'],
  })
}

test.each(places)(
  'the worker is killed as it %s: two others go on from there, and the payout is paid once',
  async (_name, table) => {
    const { id } = await aMerchant(gateway)
    await agree(gateway, id, { reserveBps: 500, reserveDays: 30 })
    const number = await anAccount(gateway, id)
    for (let n = 0; n < 40; n++) await booked(gateway, id, 1_000n)
    await gateway.settlement.payNow(id, 'KRW')
    const victim = startVictim()
    await once(createInterface(victim.process.stdout!), 'line')
    const keeper = new pg.Client({ connectionString: databaseUrl })
    await keeper.connect()
    await keeper.query(`begin; lock table ${table} in share mode`)
    victim.process.stdin!.write('go\n')
    await waitFor('the worker waits where it is to die', async () => {
      const { rowCount } = await owner.query(`select from pg_locks where not granted and relation = $1::regclass`, [
        table,
      ])
      return (rowCount ?? 0) > 0
    })
    victim.process.kill('SIGKILL')
    await victim.ended
    await keeper.query('rollback')
    await keeper.end()

    await waitFor(
      'the payout is paid',
      async () => {
        await Promise.all([settled(gateway), settled(other)])
        return (await gateway.settlement.list(id, { limit: 5 })).every(({ state }) => state === 'paid')
      },
      { withinMs: 120_000 },
    )
    const book = (await outside.paidOut('gaon')).filter(({ account }) => account === number)
    expect(book).toMatchObject([{ amount: '38000', status: 'ACSC' }])
    expect(await gateway.settlement.list(id, { limit: 5 })).toMatchObject([
      { lines: 40, reserved: 2_000n, amount: 38_000n },
    ])
    expect(await merchantBalance(gateway.database.pool, id, 'KRW')).toBe(0n)
    expect(await verifyBooks(gateway.database.pool)).toEqual([])
  },
)
