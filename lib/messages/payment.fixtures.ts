import { callReference } from '../call-reference'
import { uuidAt } from '../ids'
import type { Leg, Payment, Refund } from '../payments/payment'

const at = new Date('2026-11-02T09:00:00.000Z')

export function aLeg(changes: Partial<Leg> = {}): Leg {
  return {
    attempt: 1,
    leg: 1,
    module: 'card',
    means: { ownerId: uuidAt(at), cardId: uuidAt(at), issuer: 'hanbit', lastFour: '7890' },
    amount: 220_000n,
    state: 'captured',
    authorizeReference: callReference(at, 1),
    capturedAmount: 220_000n,
    refundedAmount: 0n,
    tries: 0,
    ...changes,
  }
}

/** A payment of ₩220,000 by one card, paid. */
export function aPayment(changes: Partial<Payment> = {}): Payment {
  return {
    merchantId: uuidAt(at),
    id: uuidAt(at),
    orderRef: 'order-1',
    orderName: '동화책 세 권',
    amount: 220_000n,
    currency: 'KRW',
    state: 'paid',
    standing: 'paid',
    version: 4,
    attempt: 1,
    captureMode: 'automatic',
    channel: 'hosted',
    capturedAmount: 220_000n,
    refundedAmount: 0n,
    email: 'gildong@mail.example',
    locale: 'ko',
    metadata: { basket: '17' },
    createdAt: at,
    expiresAt: at,
    legs: [aLeg()],
    ...changes,
  }
}

export function aRefund(payment: Payment, changes: Partial<Refund> = {}): Refund {
  const leg = {
    attempt: 1,
    leg: 1,
    amount: 20_000n,
    state: 'refunded',
    reference: callReference(at, 2),
    tries: 0,
  } as const
  return {
    merchantId: payment.merchantId,
    id: uuidAt(at),
    paymentId: payment.id,
    kind: 'refund',
    amount: 20_000n,
    state: 'refunded',
    version: 2,
    strategy: 'ratio',
    reason: '책 한 권 품절',
    requestedBy: { kind: 'person', id: 'per_1', name: '김상담' },
    createdAt: at,
    legs: [leg],
    ...changes,
  }
}
