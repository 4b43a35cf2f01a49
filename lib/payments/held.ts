import { later } from '../clock'
import { decideCapture, giveUp } from './authorize-legs'
import { askHooks } from './hooks'
import type { HistoryEntry, Payment } from './payment'
import type { PaymentMove } from './payment-move'
import { captureTime } from './capture-time'
import { type PaymentParts, TIMES } from './parts'

/**
 * What follows for a payment that is held, now that something it waits for may have come: an approval, the time to take
 * it, the word that it was shipped; or the time until which it can be held is over.
 */
export async function afterHolding(payment: Payment, parts: PaymentParts): Promise<PaymentMove | undefined> {
  const now = parts.clock.now()
  if (!payment.carryOnAt || payment.carryOnAt > now) return undefined
  if (!payment.plan) return giveUp('holdRunsOut', payment, 'timed-out', parts)
  const { plan } = payment
  const heldSince = since(await parts.store.history(payment.merchantId, payment.id)) ?? payment.createdAt
  const heldUntil = later(heldSince, TIMES.hold)
  const [approval, shippedAt] = await Promise.all([
    plan.approvals ? parts.approvalOf(payment) : 'approved',
    plan.capture?.when === 'shipped' ? parts.shippedAt(payment) : undefined,
  ])
  if (approval === 'refused') return giveUp('notApproved', payment, 'not-approved', parts)
  if (heldUntil <= now) return giveUp('holdRunsOut', payment, 'timed-out', parts)
  if (approval === 'waiting') return stayHeld(heldUntil)
  const takenAt = captureTime(payment, heldSince, shippedAt)
  if (!takenAt || takenAt > now) return stayHeld(takenAt && takenAt < heldUntil ? takenAt : heldUntil)
  const answer = await askHooks('before-capture', payment, parts)
  return answer.kind === 'allowed'
    ? decideCapture('captureDue', payment, undefined, parts)
    : giveUp('captureDenied', payment, 'not-approved', parts, answer)
}

function stayHeld(until: Date): PaymentMove {
  return { event: 'stillHeld', carryOnAt: until }
}

/** Since when it is held: the move that said so is the latest of its kind. */
function since(history: readonly HistoryEntry[]): Date | undefined {
  return history.findLast(({ event }) => event === 'allHeld' || event === 'confirmedAndHeld')?.at
}
