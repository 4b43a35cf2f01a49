import type { Uuid } from '../ids'
import type {
  MeansPlan,
  ModuleCode,
  PaymentModule,
  PlannedLeg,
  PlanRequest,
  SealedCard,
} from '../modules/payment-module'
import { type Money, money, sum } from '../money/money'
import { admitMeans, type TermsRefusal } from './admit-means'
import type { DeclineReason } from './decline-reason'
import type { Payment } from './payment'
import type { PaymentParts, Shop } from './parts'
import { moduleOf } from './settle-leg'
import { StandingMeans } from './standing-means'

/** One means and what is given to pay with it. Without an amount it carries the whole payment. */
export interface MeansInput {
  readonly module: ModuleCode
  readonly amount?: bigint
  readonly input: unknown
}

export type MeansRefusal = 'wrong-means' | 'means-do-not-sum' | 'module-unavailable' | TermsRefusal

export type PlannedMeans =
  | {
      kind: 'planned'
      legs: readonly PlannedLeg[]
      spend?: { readonly shopperId: Uuid; readonly vcardId: Uuid }
      card?: SealedCard
      cardLeg?: number
    }
  | { kind: 'declined'; reason: DeclineReason }
  | { kind: 'refused'; reason: MeansRefusal }

// More means than this in one payment is nobody's wallet; each is a call to an outside system.
const MOST_MEANS = 10

/** Lets each module say how it carries its part; the parts must add up to the payment exactly. */
export async function planMeans(
  payment: Pick<Payment, 'merchantId' | 'id' | 'amount' | 'currency' | 'channel' | 'shopperId' | 'email' | 'locale'>,
  means: readonly MeansInput[],
  shop: Shop,
  parts: PaymentParts,
  typedBy?: PlanRequest['typedBy'],
): Promise<PlannedMeans> {
  if (means.length === 0 || means.length > MOST_MEANS) return { kind: 'refused', reason: 'wrong-means' }
  const amounts = means.map(({ amount }) => amount ?? (means.length === 1 ? payment.amount : 0n))
  if (amounts.some((amount) => amount <= 0n) || sum(amounts) !== payment.amount) {
    return { kind: 'refused', reason: 'means-do-not-sum' }
  }
  const plans = await Promise.all(
    means.map(async ({ module: code, input }, index) => {
      const paymentModule = shop.modules.includes(code) ? parts.modules.get(code) : undefined
      const { merchantId, id: paymentId, locale, shopperId } = payment
      const asked = { merchantId, paymentId, locale, amount: money(amounts[index]!, payment.currency) }
      const settings = shop.terms.get(code)?.settings
      if (input instanceof StandingMeans) return planStanding(paymentModule, { ...asked, shopperId }, input)
      return paymentModule?.plan({
        ...asked,
        ...(settings && { settings }),
        input,
        ...(shopperId ? { shopperId } : {}),
        typedBy,
      })
    }),
  )
  const legs: PlannedLeg[] = []
  let spend: { shopperId: Uuid; vcardId: Uuid } | undefined
  let card: SealedCard | undefined
  let cardLeg: number | undefined
  for (const [index, plan] of plans.entries()) {
    if (!plan) return { kind: 'refused', reason: 'module-unavailable' }
    if (plan.kind === 'wrong-input') return { kind: 'refused', reason: 'wrong-means' }
    if (plan.kind === 'refused') return { kind: 'declined', reason: plan.reason }
    // Each means carries its part of the payment, no more and no less, whatever its module makes of it.
    if (sum(plan.legs.map(({ amount }) => amount)) !== amounts[index])
      return { kind: 'refused', reason: 'means-do-not-sum' }
    // One transaction accepts one V-Card and keeps one typed card.
    if ((plan.spend && spend) || (plan.card && card)) return { kind: 'refused', reason: 'wrong-means' }
    spend ??= plan.spend
    if (plan.card) {
      card = plan.card
      cardLeg = legs.length
    }
    legs.push(...plan.legs)
  }
  // A means may be carried by another module (a V-Card typed as a card): that one must be active too.
  if (!legs.every((leg) => shop.modules.includes(leg.module))) return { kind: 'refused', reason: 'module-unavailable' }
  // Planning moves nothing. It is the modules that carry the payment whose terms count, and whoever spends the V-Card.
  const buyer = spend ? { ...payment, shopperId: spend.shopperId } : payment
  const unwelcome = await admitMeans(buyer, legs, shop, parts)
  if (unwelcome) return { kind: 'refused', reason: unwelcome }
  const has = (wanted: (module: PaymentModule) => boolean) =>
    legs.some(({ module }) => wanted(moduleOf(parts, { module })))
  if (has(({ timing }) => timing === 'deferred') && has(({ owedLater }) => owedLater === true)) {
    return { kind: 'refused', reason: 'means-do-not-mix' }
  }
  return {
    kind: 'planned',
    legs,
    ...(spend ? { spend } : {}),
    ...(card && cardLeg !== undefined ? { card, cardLeg } : {}),
  }
}

/** A charge without its shopper: only of the one who agreed to it, and never above what was agreed to. */
async function planStanding(
  paymentModule: PaymentModule | undefined,
  asked: Pick<Payment, 'merchantId' | 'locale' | 'shopperId'> & { paymentId: Uuid; amount: Money },
  { shopperId, means, most }: StandingMeans,
): Promise<MeansPlan | undefined> {
  if (!paymentModule?.planStanding) return undefined
  if (asked.shopperId !== shopperId) return { kind: 'wrong-input' }
  if (asked.amount.amount > most) return { kind: 'refused', reason: 'limit-exceeded' }
  return paymentModule.planStanding({ ...asked, shopperId, means })
}
