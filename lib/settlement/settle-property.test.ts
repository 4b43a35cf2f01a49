import fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import { aMerchant, startGateway } from '../../test/gateway'
import { uuidAt, type Uuid } from '../ids'
import { merchantBalance } from '../ledger/balance-store'
import { verifyBooks } from '../ledger/verify'
import { agree, anAccount } from './settlement.fixtures'
import { reckon, type Round, rounds } from './settle-property'

// The large run is a command of its own: SETTLEMENT_SALES=100000 npx vitest run lib/settlement/settle-property.test.ts
const SALES = Number(process.env['SETTLEMENT_SALES'] ?? 600)
const RUNS = SALES > 10_000 ? 1 : 3
const ROUNDS = 6
const DAY_MS = 86_400_000

vi.setConfig({ testTimeout: SALES > 10_000 ? 1_800_000 : 120_000 })

let now = new Date('2026-01-05T20:00:00.000Z')
const { gateway } = await startGateway({ clock: { now: () => new Date(now) } })
const { settlement, database } = gateway
const PAGE = 500

async function book(merchantId: Uuid, { changes }: Round): Promise<void> {
  for (let at = 0; at < changes.length; at += PAGE) {
    const moment = now
    const postings = changes.slice(at, at + PAGE).map(({ kind, amount }) => ({
      ...{ id: uuidAt(moment), kind, at: moment },
      entries: [
        { line: 0, account: 'receivable:hanbit', currency: 'KRW', amount: amount.toString() },
        { line: 1, account: 'payable:merchant', currency: 'KRW', amount: (-amount).toString() },
      ],
    }))
    // Each its own payment: what was captured is captured once.
    const moves = postings.map((posting) => ({ merchantId, paymentId: posting.id, postings: [posting] }))
    await database.pool.query('select insert_postings($1)', [JSON.stringify(moves)])
  }
}

test(`over ${SALES} sales with fees, refunds, charge-backs and reserves, payouts are to the last won what the books say`, async () => {
  await fc.assert(
    fc.asyncProperty(
      rounds(ROUNDS, Math.ceil(SALES / ROUNDS)),
      fc.constantFrom(0n, 1_000n),
      fc.constantFrom(0n, 50_000_000n),
      async (made, reserveBps, minimum) => {
        const { id } = await aMerchant(gateway)
        const reserveDays = 2
        await agree(gateway, id, { reserveBps: Number(reserveBps), reserveDays, minimum })
        await anAccount(gateway, id)
        for (const round of made) {
          await book(id, round)
          now = new Date(now.getTime() + DAY_MS)
          while (await settlement.settleDue()) continue
        }
        const wanted = reckon(made, { reserveBps, reserveRounds: reserveDays, minimum })
        const payouts = (await settlement.list(id, { limit: 100 })).reverse()
        expect(payouts.map(({ amount }) => amount)).toEqual(wanted.paid)
        expect(payouts.reduce((sum, { lines }) => sum + lines, 0)).toBe(made.flatMap(({ changes }) => changes).length)
        expect(await merchantBalance(database.pool, id, 'KRW')).toBe(wanted.carried)
        expect(await settlement.outlook(id)).toMatchObject([{ carried: wanted.carried, reserved: wanted.reserved }])
      },
    ),
    { numRuns: RUNS, endOnFailure: true },
  )
})

test('the books hold after all of it', async () => {
  const faults = await verifyBooks(database.pool)
  expect(faults.filter(({ sentence }) => /payout|merchant|reserve|posting|bank/.test(sentence))).toEqual([])
})
