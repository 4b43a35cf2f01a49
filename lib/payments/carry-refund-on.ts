import { invariant } from '../invariant'
import type { Outcome } from '../modules/payment-module'
import { money, sum } from '../money/money'
import { refundPostings } from './books'
import { feeBackPostings } from './fees'
import type { RefundState } from './leg-moves'
import type { OtherWay } from './other-way'
import { nextTry, type PaymentParts } from './parts'
import type { Leg, Payment, Refund, RefundLeg } from './payment'
import type { KeptAnswer } from './payment-move'
import type { RefundLegChange, RefundMove, RefundStore } from './refund-store'
import { answerOf, legToSettle, moduleOf } from './settle-leg'

/** An idempotency key, claimed in the transaction that opens the refund and answered in the one that ends it. */
export interface RefundClaim {
  readonly key: string
  readonly fingerprint: Buffer
  answer(refund: Refund): { status: number; body: unknown }
}

/** Asks the outside system of every leg that has not answered yet, and writes what came of it. */
export type CarryRefundOn = (refund: Refund, payment: Payment, claim?: RefundClaim) => Promise<Refund>

export function createCarryRefundOn(refunds: RefundStore, parts: PaymentParts): CarryRefundOn {
  /** People have paid it out already; an account is credited once, however often it is asked for. */
  async function giveOtherwise(way: OtherWay, payment: Payment, share: RefundLeg): Promise<Outcome> {
    if (way.kind === 'hand') return { kind: 'done' }
    invariant(parts.creditShopper, 'a refund becomes store credit only where there is any')
    return parts.creditShopper({
      ...{ merchantId: payment.merchantId, accountId: way.accountId, reference: share.reference },
      amount: money(share.amount, payment.currency),
      description: payment.orderName,
    })
  }

  return async (refund, payment, claim) => {
    const shop = await parts.shopOf(payment.merchantId)
    const changes = await Promise.all(
      refund.legs
        .filter(({ state }) => state === 'refunding')
        .map(async (share): Promise<RefundLegChange> => {
          const leg = legOf(payment, share)
          const outcome = await answerOf<Outcome>(parts, leg, () => {
            if (refund.way) return giveOtherwise(refund.way, payment, share)
            const paymentModule = moduleOf(parts, leg)
            invariant(paymentModule.refund, 'a refund is opened only over modules that can refund')
            return paymentModule.refund(legToSettle(payment, leg, shop), {
              reference: share.reference,
              amount: money(share.amount, payment.currency),
              repeat: share.tries > 0,
            })
          })
          return changeAfter(share, outcome)
        }),
    )
    const at = parts.clock.now()
    const after: Refund = {
      ...refund,
      version: refund.version + 1,
      legs: refund.legs.map((leg) => ({
        ...leg,
        ...changes.find((change) => change.attempt === leg.attempt && change.leg === leg.leg),
      })),
    }
    const state = stateOf(after.legs)
    const move = state === 'refunding' ? waiting(changes, at) : await finished({ ...after, state }, changes, at)
    const result = await refunds.move(refund, move, at)
    if (result.kind === 'stale') return (await refunds.find(refund.merchantId, refund.id)) ?? refund
    return { ...after, state, ...(state === 'refunding' ? {} : { finishedAt: at }) }

    async function finished(done: Refund, legs: readonly RefundLegChange[], now: Date): Promise<RefundMove> {
      // Other refunds may have come and gone since; what is reported is what has gone back by now. Where the money of a leg
      // stands in the books cannot change while a refund of it is open, and is read from the latest too.
      const latest = (await parts.store.find(payment.merchantId, payment.id)) ?? payment
      const given = done.legs
        .filter((leg) => leg.state === 'refunded')
        .map((leg) => ({ leg: legOf(latest, leg), amount: leg.amount }))
      const answer: KeptAnswer | undefined = claim && { key: claim.key, ...claim.answer({ ...done, finishedAt: now }) }
      return {
        state: done.state,
        legs,
        carryOnAt: null,
        ...(given.length > 0
          ? { postings: [...refundPostings(payment, given, now, refund.way), ...feeBackPostings(payment, given, now)] }
          : {}),
        messages: parts.compose.refund(refundedPayment(latest, done), done, now),
        ...(answer ? { answer } : {}),
      }
    }
  }
}

/** The leg of the payment over which a share of a refund goes back. */
export function legOf(payment: Payment, { attempt, leg }: Pick<RefundLeg, 'attempt' | 'leg'>): Leg {
  const found = payment.legs.find((one) => one.attempt === attempt && one.leg === leg)
  invariant(found, 'a refund goes back over legs of its payment')
  return found
}

function changeAfter({ attempt, leg, tries }: RefundLeg, outcome: Outcome): RefundLegChange {
  switch (outcome.kind) {
    case 'done':
      return { attempt, leg, state: 'refunded' }
    case 'refused':
      return { attempt, leg, state: 'refused', reason: outcome.reason }
    case 'no-answer':
      return { attempt, leg, state: 'refunding', tries: tries + 1 }
  }
}

function stateOf(legs: readonly RefundLeg[]): RefundState {
  if (legs.some(({ state }) => state === 'refunding')) return 'refunding'
  if (legs.every(({ state }) => state === 'refunded')) return 'refunded'
  return legs.some(({ state }) => state === 'refunded') ? 'partly-refunded' : 'refused'
}

function waiting(legs: readonly RefundLegChange[], at: Date): RefundMove {
  return { state: 'refunding', legs, carryOnAt: nextTry(at, Math.max(...legs.map(({ tries }) => tries ?? 0))) }
}

/** The payment once its refund is at its end: until then the whole of it counts, then what was refused no longer does. */
function refundedPayment(payment: Payment, refund: Refund): Payment {
  const refused = sum(refund.legs.filter(({ state }) => state === 'refused').map(({ amount }) => amount))
  const refundedAmount = payment.refundedAmount - refused
  return { ...payment, refundedAmount, standing: standingAfter({ ...payment, refundedAmount }) }
}

/** Where somebody still waits for an answer, that is said first. */
function standingAfter({ refundedAmount, capturedAmount, standing }: Payment): Payment['standing'] {
  if (refundedAmount === capturedAmount) return 'refunded'
  return standing === 'refund-requested' ? standing : 'paid'
}
