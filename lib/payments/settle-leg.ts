import { invariant } from '../invariant'
import type { Authorization, Completion, LegToSettle, PaymentModule } from '../modules/payment-module'
import { money } from '../money/money'
import { declineReasons } from './decline-reason'
import type { Leg, Payment } from './payment'
import { type PaymentParts, type Shop, TIMES } from './parts'

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
    orderName: payment.orderName,
    locale: payment.locale,
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
 * Calls a module and makes "no answer" of whatever is none: a module that throws, hangs or answers nonsense harms only
 * its own payments (P9.5). What a module says after its time is over is heard by nobody.
 */
export async function answerOf<Answer extends Authorization | Completion>(
  parts: PaymentParts,
  leg: Leg,
  ask: () => Promise<Answer>,
): Promise<Answer | { kind: 'no-answer' }> {
  let timer: NodeJS.Timeout | undefined
  const tooLate = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('no answer in time')), parts.moduleLimitMs ?? TIMES.module)
  })
  try {
    const answer = await Promise.race([ask(), tooLate])
    if (isAnswer(answer)) return answer
    throw new Error('an answer that is none')
  } catch (error) {
    parts.report('module-failed', { module: leg.module, error: error instanceof Error ? error.message : 'unknown' })
    return { kind: 'no-answer' }
  } finally {
    clearTimeout(timer)
  }
}

/** Modules are written by others: what they say is read like anything from outside (P3.6). */
function isAnswer(said: unknown): boolean {
  if (typeof said !== 'object' || said === null || !('kind' in said)) return false
  switch (said.kind) {
    case 'no-answer':
    case 'done':
      return true
    case 'later':
      return 'until' in said && said.until instanceof Date && !Number.isNaN(said.until.getTime())
    case 'authorized':
      return 'hold' in said && typeof said.hold === 'object' && said.hold !== null
    case 'declined':
    case 'refused':
      return 'reason' in said && (declineReasons as readonly unknown[]).includes(said.reason)
    default:
      return false
  }
}
