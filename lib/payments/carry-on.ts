import type { Payment } from './payment'
import { afterMove, type PaymentMove } from './payment-move'
import { finalStates } from './payment-moves'
import type { PaymentParts, Shop } from './parts'
import { type LiveRequest, nextMove } from './steps'

/**
 * Takes a payment as far as the outside world lets it go. The request and the worker run this same code from the last
 * recorded point; safe to call at any time, any number of times.
 */
export async function carryOn(payment: Payment, shop: Shop, parts: PaymentParts, live?: LiveRequest): Promise<Payment> {
  for (;;) {
    const move = await nextMove(payment, shop, live, parts)
    if (!move) return payment
    const moved = await record(payment, move, parts, live)
    if (!moved) return (await parts.store.find(payment.merchantId, payment.id)) ?? payment
    if (moved.state === payment.state) return moved
    payment = moved
  }
}

/**
 * Writes a move with everything that belongs to it, in one transaction. Nothing else sets a payment's state.
 * Undefined when somebody else has moved the payment since it was read: then nothing is written.
 */
export async function record(
  payment: Payment,
  move: PaymentMove,
  parts: PaymentParts,
  live?: LiveRequest,
): Promise<Payment | undefined> {
  const at = parts.clock.now()
  const moved = afterMove(payment, move, at)
  const atRest = finalStates.includes(moved.state) || moved.state === 'authorized'
  const result = await parts.store.move(payment, at, {
    ...move,
    ...(move.report ? { messages: parts.compose.payment(move.report, moved, at) } : {}),
    ...(live?.answer && atRest ? { answer: live.answer(moved) } : {}),
  })
  return result.kind === 'moved' ? moved : undefined
}
