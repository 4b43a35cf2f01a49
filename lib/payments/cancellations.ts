import type { Uuid } from '../ids'
import type { Payment, Refund, Requester } from './payment'
import type { Payments } from './payments'
import type { RefundWord } from './refund-policy'
import type { Refunds } from './refunds'

export interface Cancellation {
  readonly merchantId: Uuid
  readonly paymentId: Uuid
  /** Absent: everything that is left. */
  readonly amount?: bigint
  readonly reason: string
  readonly requestedBy: Requester
  /** How much of the payment whoever asks may give back alone; absent: without limit. */
  readonly limit?: bigint
  /** On whose word; absent: the shop's own rules have no say. */
  readonly word?: RefundWord
  /** The same for every repeat: a cancellation that was begun before a crash is found again by it. */
  readonly claim?: { readonly key: string; readonly fingerprint: Buffer }
}

export type CancellationRefusal =
  'unknown-payment' | 'exceeds-what-is-left' | 'nothing-to-cancel' | 'not-cancellable' | 'over-limit'

export type Cancelled =
  /** Nothing had been taken: what was held has been given back, or is on its way and settles by itself. */
  | { kind: 'voided'; payment: Payment }
  /** It had been paid: money goes back over its legs. */
  | { kind: 'refunded'; payment: Payment; refund: Refund }
  /** An earlier, equal request was carried out. */
  | { kind: 'repeated' }
  | { kind: 'refused'; reason: CancellationRefusal }

export interface Cancellations {
  /** Undoes a purchase, whatever it takes: voids what is only held, refunds what was taken (M-49 … M-56, M-227). */
  cancel(cancellation: Cancellation): Promise<Cancelled>
}

export function createCancellations(payments: Payments, refunds: Refunds): Cancellations {
  async function voidIt(payment: Payment, amount: bigint | undefined): Promise<Cancelled> {
    // What is only held is given back whole: there is no part of it that anybody has.
    if (amount !== undefined && amount !== payment.amount) return { kind: 'refused', reason: 'not-cancellable' }
    const changed = await payments.cancel(payment.merchantId, payment.id)
    if (changed.kind === 'missing') return { kind: 'refused', reason: 'unknown-payment' }
    return changed.kind === 'wrong-state'
      ? { kind: 'refused', reason: 'not-cancellable' }
      : { kind: 'voided', payment: changed.payment }
  }

  async function refundIt(
    payment: Payment,
    { amount, reason, requestedBy, limit, word, claim }: Cancellation,
  ): Promise<Cancelled> {
    const opened = await refunds.open(
      {
        merchantId: payment.merchantId,
        paymentId: payment.id,
        strategy: 'ratio',
        kind: 'cancellation',
        reason,
        requestedBy,
        ...(amount === undefined ? {} : { amount }),
        ...(limit === undefined ? {} : { limit }),
        ...(word && { word }),
      },
      claim && { ...claim, answer: ({ id }) => ({ status: 200, body: { refundId: id } }) },
    )
    switch (opened.kind) {
      case 'opened':
        return { kind: 'refunded', payment: opened.payment, refund: opened.refund }
      case 'replay':
      case 'in-progress':
        return { kind: 'repeated' }
      case 'key-reused':
        return { kind: 'refused', reason: 'not-cancellable' }
      case 'refused':
        return { kind: 'refused', reason: REFUSALS[opened.reason] }
    }
  }

  return {
    async cancel(cancellation) {
      const payment = await payments.find(cancellation.merchantId, cancellation.paymentId)
      if (!payment) return { kind: 'refused', reason: 'unknown-payment' }
      switch (payment.state) {
        case 'paid':
          return refundIt(payment, cancellation)
        case 'created':
        case 'authorized':
        case 'awaiting':
          return voidIt(payment, cancellation.amount)
        case 'declined':
        case 'cancelled':
        case 'expired':
          return { kind: 'refused', reason: 'nothing-to-cancel' }
        case 'authorizing':
        case 'confirming':
        case 'capturing':
        case 'voiding':
        case 'reversing':
          return { kind: 'refused', reason: 'not-cancellable' }
      }
    },
  }
}

const REFUSALS = {
  missing: 'unknown-payment',
  'not-paid': 'not-cancellable',
  exceeds: 'exceeds-what-is-left',
  'no-such-leg': 'not-cancellable',
  'no-such-item': 'not-cancellable',
  'item-refunded': 'exceeds-what-is-left',
  'request-closed': 'not-cancellable',
  'not-otherwise': 'not-cancellable',
  'by-hand-only': 'not-cancellable',
  'forbidden-by-policy': 'not-cancellable',
  'window-over': 'not-cancellable',
  'needs-approval': 'not-cancellable',
  'over-limit': 'over-limit',
} as const
