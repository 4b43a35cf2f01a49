import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { expect, test } from 'vitest'
import { freshDatabase } from '../../test/database'
import { createVault } from '../../lib/cards/vault'
import { verifyBooks } from '../../lib/ledger/verify'
import { seedMonth } from './seed-month'

// A month is some fifty statements over thirty tables, and the machine may be busy.
const PATIENCE = { timeout: 120_000 }

const vault = createVault({ sealing: [{ id: 'test', key: randomBytes(32) }], fingerprint: randomBytes(32) })
const plan = { vault, seed: 'test', until: new Date('2026-11-20T05:00:00Z'), zone: 'Asia/Seoul' }

async function seeded(payments: number) {
  const { url } = await freshDatabase()
  await seedMonth({ ...plan, databaseUrl: url, payments })
  return { url, pool: new pg.Pool({ connectionString: url, max: 2 }) }
}

async function column(pool: pg.Pool, sql: string): Promise<unknown[]> {
  const { rows } = await pool.query<{ value: unknown }>(sql)
  return rows.map(({ value }) => value)
}

test('the books of a seeded month hold, and all that can become of a payment is in it', PATIENCE, async () => {
  const { url, pool } = await seeded(4_000)
  try {
    expect(await verifyBooks(pool)).toEqual([])
    expect(await column(pool, 'select count(*)::int as value from payment')).toEqual([4_000])
    expect(await column(pool, `select distinct module as value from leg where state = 'captured' order by 1`)).toEqual(
      [
        'bank-transfer',
        'card',
        'cash-on-delivery',
        'direct-debit',
        'e-cash',
        'giro',
        'micro-account',
        'phone-bill',
      ].concat(...['stripe', 'vcard']),
    )
    expect(await column(pool, 'select distinct standing as value from payment order by 1')).toEqual([
      'failed',
      'paid',
      'refund-requested',
      'refunded',
      'unpaid',
    ])
    expect(await column(pool, 'select distinct state as value from refund_request order by 1')).toEqual(
      expect.arrayContaining(['approved', 'declined', 'open']),
    )
    expect(await column(pool, `select count(distinct merchant_id)::int as value from payment`)).toEqual([5])
    expect(
      await column(
        pool,
        `select bool_and(created_at between timestamptz '2026-10-21T05:00:00Z' and timestamptz '2026-11-20T05:00:00Z')
        as value from payment`,
      ),
    ).toEqual([true])
    await expect(seedMonth({ ...plan, databaseUrl: url, payments: 10 })).rejects.toThrow(/is there already/)
  } finally {
    await pool.end()
  }
})

test('the same word draws the same month', PATIENCE, async () => {
  const sums = `select merchant_id || ' ' || state || ' ' || sum(amount) || ' ' || min(id::text) as value from payment
    group by merchant_id, state order by 1`
  const [one, other] = [await seeded(500), await seeded(500)]
  try {
    expect(await column(one.pool, sums)).toEqual(await column(other.pool, sums))
  } finally {
    await Promise.all([one.pool.end(), other.pool.end()])
  }
})
