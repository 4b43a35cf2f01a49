import { authorizeLegs, giveUp, whenHeld } from './authorize-legs'
import { askForRest } from './await-rest'
import { captureLegs, returnLegs } from './complete-legs'
import { voidLegs } from './give-back'
import { afterHolding } from './held'
import type { LiveRequest } from './live-request'
import type { Payment } from './payment'
import { failed, type PaymentMove } from './payment-move'
import type { PaymentParts, Shop } from './parts'

/** The next move of a payment, or undefined when it is at rest or nothing can be done yet. */
export async function nextMove(
  payment: Payment,
  shop: Shop,
  live: LiveRequest | undefined,
  parts: PaymentParts,
): Promise<PaymentMove | undefined> {
  switch (payment.state) {
    case 'created':
      return payment.expiresAt <= parts.clock.now() ? failed('timedOut', 'timed-out') : undefined
    case 'authorizing':
      return live?.attempt === payment.attempt
        ? authorizeLegs(payment, shop, live.secrets, parts)
        : giveUp('notAllAuthorized', payment, 'interrupted', parts)
    case 'confirming':
      return live?.attempt === payment.attempt
        ? askShop(payment, shop, parts)
        : giveUp('notConfirmed', payment, 'interrupted', parts)
    case 'authorized':
      return afterHolding(payment, parts)
    case 'awaiting':
      return payment.carryOnAt && payment.carryOnAt <= parts.clock.now() ? askForRest(payment, parts) : undefined
    case 'capturing':
      return captureLegs(payment, shop, parts)
    case 'voiding':
      return voidLegs(payment, shop, live, parts)
    case 'reversing':
      return returnLegs(payment, shop, parts)
    case 'paid':
    case 'declined':
    case 'cancelled':
    case 'expired':
      return undefined
  }
}

const REFUSALS = { mismatch: 'shop-mismatch', refused: 'shop-refused', 'no-answer': 'shop-no-answer' } as const

async function askShop(payment: Payment, shop: Shop, parts: PaymentParts): Promise<PaymentMove> {
  const confirmation = await parts.confirm(payment)
  if (confirmation.kind !== 'confirmed') return giveUp('notConfirmed', payment, REFUSALS[confirmation.kind], parts)
  return whenHeld(payment, undefined, { held: 'confirmedAndHeld', taken: 'confirmed', denied: 'notConfirmed' }, parts)
}
