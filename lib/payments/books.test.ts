import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Posting } from '../ledger/posting'
import type { Hold } from '../modules/payment-module'
import { capturePosting, refundPostings, returnPostings } from './books'
import type { Leg, Payment } from './payment'

const AT = new Date('2026-11-21T00:00:00.000Z')

function aLeg(amount: bigint, hold: Hold, changes: Partial<Leg> = {}): Leg {
  return {
    ...{ attempt: 1, leg: 1, module: 'phone-bill', means: {}, amount, state: 'captured', hold, tries: 0 },
    ...{ capturedAmount: amount, refundedAmount: 0n, authorizeReference: 'a' as unknown as Leg['authorizeReference'] },
    ...changes,
  }
}

const paymentOf = (...legs: Leg[]) => ({ currency: 'KRW', legs }) as unknown as Payment

function balancesOf(postings: readonly Posting[]): Record<string, bigint> {
  const sums = new Map<string, bigint>()
  for (const { account, amount } of postings.flatMap(({ entries }) => entries)) {
    sums.set(account, (sums.get(account) ?? 0n) + amount)
  }
  return Object.fromEntries([...sums].filter(([, sum]) => sum !== 0n))
}

const captured = (...legs: Leg[]) => capturePosting(paymentOf(...legs), legs, AT)

describe('what a leg brings is owed to the merchant', () => {
  test.each<[string, Hold, Record<string, bigint>]>([
    ['at once, for a card', { counterparty: 'hanbit' }, { 'receivable:hanbit': 999n, 'payable:merchant': -999n }],
    [
      'once the bill is paid, for a phone bill',
      { counterparty: 'BARAM', payout: 'collection' },
      { 'receivable:BARAM': 999n, 'pending:merchant': -999n },
    ],
    [
      'at once but for a reserve, rounded down, for a phone bill in advance',
      { counterparty: 'BARAM', payout: 'advance', reserveBps: '1050' },
      { 'receivable:BARAM': 999n, 'payable:merchant': -895n, 'reserve:merchant': -104n },
    ],
    [
      'at once for a phone bill in advance without a reserve',
      { counterparty: 'BARAM', payout: 'advance', reserveBps: '0' },
      { 'receivable:BARAM': 999n, 'payable:merchant': -999n },
    ],
  ])('%s', (_when, hold, balances) => {
    expect(balancesOf([captured(aLeg(999n, hold))])).toEqual(balances)
  })

  test('for each leg by itself, when one order is paid by phone bill and card', () => {
    const card = aLeg(700n, { counterparty: 'hanbit' }, { module: 'card', leg: 2 })
    const phone = aLeg(300n, { counterparty: 'BARAM', payout: 'collection' })
    expect(balancesOf([captured(phone, card)])).toEqual({
      ...{ 'receivable:BARAM': 300n, 'receivable:hanbit': 700n },
      ...{ 'pending:merchant': -300n, 'payable:merchant': -700n },
    })
  })
})

test('what is given back in parts leaves nothing of the purchase in any account, whatever the contract', () => {
  fc.assert(
    fc.property(
      fc.array(fc.bigInt({ min: 1n, max: 100_000n }), { minLength: 1, maxLength: 6 }),
      fc.constantFrom('collection', 'advance'),
      fc.nat(10_000),
      (parts, payout, reserveBps) => {
        const amount = parts.reduce((sum, part) => sum + part, 0n)
        const leg = aLeg(amount, { counterparty: 'BARAM', payout, reserveBps: String(reserveBps) })
        let refundedAmount = 0n
        const refunds = parts.flatMap((part) => {
          refundedAmount += part
          return refundPostings(paymentOf(leg), [{ leg: { ...leg, refundedAmount }, amount: part }], AT)
        })
        expect(balancesOf([captured(leg), ...refunds])).toEqual({})
        expect(balancesOf(returnPostings(paymentOf(leg), [leg], AT))).toEqual({})
      },
    ),
  )
})

test('what is given back after the bill was paid is taken from the merchant and owed to the shopper', () => {
  const leg = aLeg(1000n, { counterparty: 'BARAM', payout: 'collected' }, { refundedAmount: 400n })
  expect(balancesOf(refundPostings(paymentOf(leg), [{ leg, amount: 400n }], AT))).toEqual({
    'payable:merchant': 400n,
    'payable:shopper': -400n,
  })
})

test('what is given back after the bill was written off is not taken from the merchant a second time', () => {
  const leg = aLeg(1000n, { counterparty: 'BARAM', payout: 'written-off' }, { refundedAmount: 400n })
  const postings = refundPostings(paymentOf(leg), [{ leg, amount: 400n }], AT)
  expect(postings.map(({ kind }) => kind)).toEqual(['refund', 'charge-back'])
  expect(balancesOf(postings)).toEqual({})
})
