import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Posting } from '../ledger/posting'
import { feeBackPostings, feePostings, type LegPrice, withFee } from './fees'
import type { Leg, Payment } from './payment'

const AT = new Date('2026-11-21T00:00:00.000Z')
const payment = { currency: 'KRW' } as unknown as Payment

function aLeg(amount: bigint): Leg {
  return {
    ...{ attempt: 1, leg: 1, module: 'card', means: {}, amount, state: 'captured', tries: 0 },
    ...{ capturedAmount: amount, refundedAmount: 0n, authorizeReference: 'a' as unknown as Leg['authorizeReference'] },
  }
}

const price = (changes: Partial<LegPrice> = {}): LegPrice => ({
  ...{ fee: { bps: 250, fixed: { KRW: 100n } }, vatBps: 1_000, givenBack: true },
  ...changes,
})

function balances(postings: readonly Posting[]): Record<string, bigint> {
  const sums: Record<string, bigint> = {}
  for (const { account, amount } of postings.flatMap(({ entries }) => entries)) {
    sums[account] = (sums[account] ?? 0n) + amount
  }
  return Object.fromEntries(Object.entries(sums).filter(([, sum]) => sum !== 0n))
}

test('a fee and the tax on it are taken from what the merchant is owed, and noted with the leg', () => {
  const leg = withFee(aLeg(10_000n), price(), 'KRW')
  expect(leg.hold).toEqual({ fee: '350', feeVat: '35', feeBack: 'yes' })
  expect(balances(feePostings(payment, [leg], AT))).toEqual({
    ...{ 'payable:merchant': 385n, 'income:fees': -350n },
    'vat:fees': -35n,
  })
})

test('nothing is booked where nothing is agreed on, and the leg stays as it is', () => {
  const leg = aLeg(10_000n)
  expect(withFee(leg, undefined, 'KRW')).toBe(leg)
  expect(withFee(leg, price({ fee: { bps: 0, fixed: {} } }), 'KRW')).toBe(leg)
  expect(feePostings(payment, [leg], AT)).toEqual([])
})

test('a fee that is not given back stays taken when everything is refunded', () => {
  const leg = withFee(aLeg(10_000n), price({ givenBack: false }), 'KRW')
  expect(feeBackPostings(payment, [{ leg: { ...leg, refundedAmount: 10_000n }, amount: 10_000n }], AT)).toEqual([])
})

test('what is refunded in parts, whatever their sizes, gives back exactly the fee that was taken', () => {
  fc.assert(
    fc.property(
      fc.array(fc.bigInt({ min: 1n, max: 90_000n }), { minLength: 1, maxLength: 8 }),
      fc.nat(10_000),
      (parts, bps) => {
        const amount = parts.reduce((sum, part) => sum + part, 0n)
        const leg = withFee(aLeg(amount), price({ fee: { bps, fixed: { KRW: 30n } } }), 'KRW')
        let refundedAmount = 0n
        const back = parts.flatMap((part) => {
          refundedAmount += part
          return feeBackPostings(payment, [{ leg: { ...leg, refundedAmount }, amount: part }], AT)
        })
        expect(balances([...feePostings(payment, [leg], AT), ...back])).toEqual({})
      },
    ),
  )
})
