import type pg from 'pg'
import type { Clock } from '../clock'
import { publicId, type Uuid, uuidAt } from '../ids'
import { invariant } from '../invariant'
import type { ShopConsent } from '../merchants/cancel-request'
import type { Payment, Requester } from '../payments/payment'
import type { Payments } from '../payments/payments'
import type { RefundRefusal, Refunds } from '../payments/refunds'
import { type Dispute, type GrantFault, theClock } from './dispute'
import type { DisputeEvent } from './dispute-moves'
import type { Mover } from './mover'
import type { DisputeMove } from './store'

export type Granted =
  /** The money is back, or on its way back. */
  | { kind: 'done'; dispute: Dispute }
  /** It could not be given back: the dispute waits for another decision. In the shop's own words where it refused. */
  | { kind: 'not-refunded'; dispute: Dispute; why: GrantFault; words?: string }
  | { kind: 'wrong-state' }

/** What a decision gives back: written down first, then given back by an ordinary refund, then written down that it was. */
export interface Grants {
  begin(
    dispute: Dispute,
    event: Extract<DisputeEvent, 'granted' | 'conceded' | 'offerTaken' | 'confirmed'>,
    by: Requester,
    grant: {
      readonly granted: bigint
      /** How much of the payment whoever decides may give back alone; absent: without limit. */
      readonly limit?: bigint
      readonly words?: string
      readonly changes?: DisputeMove['changes']
    },
  ): Promise<Granted>
  /** Carries on what somebody began and left: the same refund is asked for once more, and given back once. */
  carryOn(dispute: Dispute): Promise<Granted>
}

interface Parts {
  readonly pool: pg.Pool
  readonly clock: Clock
  readonly payments: Pick<Payments, 'find'>
  readonly refunds: Pick<Refunds, 'open' | 'find'>
  readonly consent: ShopConsent
  readonly mover: Mover
}

export function createGrants({ clock, payments, refunds, consent, mover }: Parts): Grants {
  async function carryOn(dispute: Dispute): Promise<Granted> {
    const { merchantId, paymentId, refundId, granted } = dispute
    invariant(refundId && granted, 'what is being decided has an amount and a refund')
    const payment = await payments.find(merchantId, paymentId)
    invariant(payment, 'a dispute belongs to a payment')
    const by = dispute.confirmedBy ?? dispute.decidedBy
    invariant(by, 'somebody decided it')
    if (!(await refunds.find(merchantId, refundId))) {
      const fault = await giveBack(dispute, payment, { refundId, granted, by })
      if (fault) return turnBack(dispute, fault)
    }
    const moved = await mover.move(dispute, 'refunded', theClock)
    return moved.kind === 'moved' ? { kind: 'done', dispute: moved.dispute } : moved
  }

  async function giveBack(
    dispute: Dispute,
    payment: Payment,
    { refundId, granted, by }: { refundId: Uuid; granted: bigint; by: Requester },
  ): Promise<{ why: GrantFault; words?: string } | undefined> {
    if (granted > payment.capturedAmount - payment.refundedAmount) return { why: 'exceeds' }
    const reason = REASON[payment.locale](publicId('dis', dispute.id))
    // By some contracts money goes back on the shop's signed word alone, whoever decides.
    const consented = await consent.through(
      payment,
      { amount: granted, reason, token: refundId },
      (claim) =>
        refunds.open(
          {
            ...{ id: refundId, merchantId: payment.merchantId, paymentId: payment.id, amount: granted },
            ...{ strategy: 'ratio', kind: 'refund', reason, requestedBy: by },
            ...(dispute.aloneLimit !== undefined && { limit: dispute.aloneLimit }),
          },
          { ...claim, answer: ({ id }) => ({ status: 200, body: { refundId: id } }) },
        ),
      (opened) => (opened.kind === 'refused' ? 'exceeds-what-is-left' : undefined),
    )
    if (consented.kind === 'declined') return { why: 'shop-declined', words: consented.words }
    if (consented.kind === 'no-answer') return { why: 'shop-silent' }
    const opened = consented.result
    if (opened.kind === 'refused') return { why: FAULTS[opened.reason] }
    invariant(opened.kind !== 'key-reused', 'a refund of a dispute is asked for in one way')
    return undefined
  }

  async function turnBack(dispute: Dispute, fault: { why: GrantFault; words?: string }): Promise<Granted> {
    const event = dispute.answer === undefined ? 'notRefundedUnanswered' : 'notRefunded'
    const moved = await mover.move(dispute, event, theClock, {
      ...(fault.words !== undefined && { words: fault.words }),
      detail: { why: fault.why, amount: String(dispute.granted) },
    })
    return moved.kind === 'moved' ? { kind: 'not-refunded', dispute: moved.dispute, ...fault } : moved
  }

  return {
    carryOn,
    async begin(dispute, event, by, { granted, limit, words, changes = {} }) {
      const moved = await mover.move(dispute, event, by, {
        ...(words !== undefined && { words }),
        detail: { amount: granted.toString() },
        changes: {
          ...{ granted, outcome: granted === dispute.wanted ? 'shopper' : 'part', refundId: uuidAt(clock.now()) },
          aloneLimit: limit ?? null,
          ...(event === 'confirmed' ? { confirmedBy: by } : { decidedBy: by, decision: words ?? null }),
          ...changes,
        },
      })
      return moved.kind === 'moved' ? carryOn(moved.dispute) : moved
    },
  }
}

/** Why money came back, as the receipt says it. */
const REASON = { ko: (id: string) => `분쟁 결정 ${id}`, en: (id: string) => `Dispute ${id}` } as const

const FAULTS: Readonly<Record<RefundRefusal, GrantFault>> = {
  missing: 'not-refundable',
  'not-paid': 'not-refundable',
  exceeds: 'exceeds',
  'no-such-leg': 'not-refundable',
  'by-hand-only': 'not-refundable',
  'no-such-item': 'not-refundable',
  'item-refunded': 'exceeds',
  'request-closed': 'not-refundable',
  'not-otherwise': 'not-refundable',
  'forbidden-by-policy': 'not-refundable',
  'window-over': 'not-refundable',
  'needs-approval': 'not-refundable',
  'over-limit': 'over-limit',
}
