import type { Payment } from './payment'
import { afterMove, type PaymentMove } from './payment-move'
import { finalStates } from './payment-moves'
import type { PaymentParts, Shop } from './parts'
import type { LiveRequest } from './live-request'
import { nextMove } from './steps'
import type { MoveResult } from './store'

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

/** Why a move was not written: then nothing was. Stale: somebody else has moved the payment since it was read. */
export type NotWritten = Exclude<MoveResult, { kind: 'moved' }>

/** Writes a move that only a change by somebody else can stand in the way of; undefined when one does. */
export async function record(
  payment: Payment,
  move: PaymentMove,
  parts: PaymentParts,
  live?: LiveRequest,
): Promise<Payment | undefined> {
  const written = await write(payment, move, parts, live)
  return written.kind === 'moved' ? written.payment : undefined
}

/** Writes a move with everything that belongs to it, in one transaction. Nothing else sets a payment's state. */
export async function write(
  payment: Payment,
  move: PaymentMove,
  parts: PaymentParts,
  live?: LiveRequest,
): Promise<{ kind: 'moved'; payment: Payment } | NotWritten> {
  const at = parts.clock.now()
  const moved = afterMove(payment, move, at)
  const atRest = finalStates.includes(moved.state) || moved.state === 'authorized' || moved.state === 'awaiting'
  const result = await parts.store.move(payment, at, {
    ...move,
    ...(move.report ? { messages: parts.compose.payment(move.report, moved, at) } : {}),
    ...(live?.answer && atRest ? { answer: live.answer(moved) } : {}),
  })
  if (result.kind !== 'moved') return result
  parts.moved?.(moved)
  return { kind: 'moved', payment: moved }
}
