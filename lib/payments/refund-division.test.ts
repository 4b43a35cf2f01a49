import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { CallReference } from '../call-reference'
import { sum } from '../money/money'
import type { Leg, Payment, RefundStrategy } from './payment'
import { divideRefund } from './refund-division'

function aPaidPayment(legs: readonly { captured: bigint; refunded: bigint }[]): Payment {
  const total = sum(legs.map(({ captured }) => captured))
  return {
    merchantId: 'm',
    id: 'p',
    orderRef: 'o',
    orderName: 'o',
    amount: total,
    currency: 'KRW',
    state: 'paid',
    standing: 'paid',
    version: 3,
    attempt: 1,
    captureMode: 'automatic',
    channel: 'direct',
    capturedAmount: total,
    refundedAmount: sum(legs.map(({ refunded }) => refunded)),
    locale: 'ko',
    metadata: {},
    createdAt: new Date(0),
    expiresAt: new Date(0),
    legs: legs.map(({ captured, refunded }, index): Leg => ({
      attempt: 1,
      leg: index + 1,
      module: 'vcard',
      means: {},
      amount: captured,
      state: 'captured',
      tries: 0,
      authorizeReference: '' as CallReference,
      capturedAmount: captured,
      refundedAmount: refunded,
    })),
  }
}

const legs = fc.array(
  fc
    .tuple(fc.bigInt({ min: 1n, max: 10_000_000n }), fc.bigInt({ min: 0n, max: 10_000_000n }))
    .map(([captured, refunded]) => ({
      captured,
      refunded: refunded > captured ? captured : refunded,
    })),
  { minLength: 1, maxLength: 10 },
)
const strategy: fc.Arbitrary<RefundStrategy> = fc.oneof(
  fc.constant<RefundStrategy>('ratio'),
  fc.constant<RefundStrategy>('last-in-first-out'),
  fc.integer({ min: 1, max: 10 }).map((leg): RefundStrategy => ({ leg })),
)

test('whatever is refunded, shares sum to it and no leg gives back more than it still holds (P2.5)', () => {
  fc.assert(
    fc.property(legs, fc.bigInt({ min: 1n, max: 100_000_000n }), strategy, (parts, amount, way) => {
      const payment = aPaidPayment(parts)
      const shares = divideRefund(payment, amount, way)
      const left = payment.capturedAmount - payment.refundedAmount
      if (!shares) {
        if (typeof way === 'string') expect(amount > left).toBe(true)
        return
      }
      expect(sum(shares.map((share) => share.amount))).toBe(amount)
      for (const share of shares) {
        const leg = payment.legs[share.leg - 1]!
        expect(share.amount > 0n && share.amount <= leg.capturedAmount - leg.refundedAmount).toBe(true)
      }
    }),
  )
})

test('by ratio each leg gives back its part; the last leg first, the last gives all it has', () => {
  const payment = aPaidPayment([
    { captured: 30_000n, refunded: 0n },
    { captured: 60_000n, refunded: 0n },
  ])
  expect(divideRefund(payment, 45_000n, 'ratio')).toEqual([
    { attempt: 1, leg: 1, amount: 15_000n },
    { attempt: 1, leg: 2, amount: 30_000n },
  ])
  expect(divideRefund(payment, 70_000n, 'last-in-first-out')).toEqual([
    { attempt: 1, leg: 1, amount: 10_000n },
    { attempt: 1, leg: 2, amount: 60_000n },
  ])
  expect(divideRefund(payment, 30_000n, { leg: 1 })).toEqual([{ attempt: 1, leg: 1, amount: 30_000n }])
  expect(divideRefund(payment, 30_001n, { leg: 1 })).toBeUndefined()
})
