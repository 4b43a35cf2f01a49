import { invariant } from '../invariant'
import type { LegToSettle, PaymentModule } from '../modules/payment-module'
import { money } from '../money/money'
import type { Leg, Payment } from './payment'
import type { PaymentParts, Shop } from './parts'

/** A leg as its module has to see it. */
export function legToSettle(payment: Payment, leg: Leg, shop: Shop): LegToSettle {
  return {
    merchantId: payment.merchantId,
    paymentId: payment.id,
    attempt: leg.attempt,
    leg: leg.leg,
    of: payment.legs.filter(({ attempt }) => attempt === leg.attempt).length,
    amount: money(leg.amount, payment.currency),
    means: leg.means,
    payee: shop.payee,
    authorizeReference: leg.authorizeReference,
    repeat: leg.tries > 0,
    ...(leg.settleReference ? { settleReference: leg.settleReference } : {}),
    ...(leg.hold ? { hold: leg.hold } : {}),
    ...(leg.state === 'voiding' ? { voidReason: voidReasonOf(payment, leg) } : {}),
  }
}

function voidReasonOf(payment: Payment, leg: Leg): NonNullable<LegToSettle['voidReason']> {
  if (leg.reason === 'no-answer') return 'no-answer'
  return payment.reason === 'cancelled' ? 'cancelled' : 'other-leg-declined'
}

export function moduleOf(parts: PaymentParts, leg: Pick<Leg, 'module'>): PaymentModule {
  const found = parts.modules.get(leg.module)
  invariant(found, `the module ${leg.module} of a leg is not installed`)
  return found
}

/**
 * Calls a module and makes "no answer" of whatever it throws: a module that throws, hangs or answers nonsense harms only
 * its own payments (P9.5).
 */
export async function answerOf<Answer>(
  parts: PaymentParts,
  leg: Leg,
  ask: () => Promise<Answer>,
): Promise<Answer | { kind: 'no-answer' }> {
  try {
    return await ask()
  } catch (error) {
    parts.report('module-failed', { module: leg.module, error: error instanceof Error ? error.message : 'unknown' })
    return { kind: 'no-answer' }
  }
}
