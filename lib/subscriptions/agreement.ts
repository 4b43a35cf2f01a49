import { type Clock, later } from '../clock'
import type { Database } from '../db/database'
import { type Uuid, uuidAt } from '../ids'
import type { ModuleCode, PaymentModule } from '../modules/payment-module'
import type { Merchants } from '../merchants/merchants'
import { money } from '../money/money'
import type { DeclineReason } from '../payments/decline-reason'
import type { Locale } from '../payments/payment'
import { addUnits, type Day, dayIn } from '../calendar'
import { startedMail } from './charge-outcomes'
import { type Charging, OFFER_LIVES_MS } from './charging'
import type { Plan } from './plan'
import type { Plans } from './plans'
import { courseFrom, periodOf } from './schedule'
import { findCharge, findEvents, findSubscription } from './store'
import type { AgreedMeans, Charge, Consent, Subscription } from './subscription'

/** What somebody who subscribes now is told before agreeing. */
export interface Preview {
  /** The day of the first charge, and what it takes. */
  readonly firstOn: Day
  readonly firstAmount: bigint
  /** From this day on the plan's amount, again and again. */
  readonly nextOn: Day
}

export type FollowedPlan =
  | { kind: 'found'; plan: Plan; offer?: Subscription; preview: Preview }
  /** changed: not an address of ours. over: nobody new may subscribe, or the offer was taken up or has run out. */
  | { kind: 'refused'; reason: 'changed' | 'over' }

export interface Agreement {
  /** Drawn by the page, so that agreeing twice is agreeing once. */
  readonly id: Uuid
  readonly shopperId: Uuid
  readonly means: AgreedMeans
  readonly locale: Locale
  /** What the page said: where that is not so any more, nothing is agreed to. */
  readonly told: { readonly firstOn: Day; readonly firstAmount: bigint }
}

export type Agreed =
  | { kind: 'started' | 'being-checked'; subscription: Subscription }
  | { kind: 'declined'; subscription: Subscription; reason: DeclineReason }
  | { kind: 'refused'; reason: 'changed' | 'over' | 'terms-changed' | 'means' }

export interface Offer {
  readonly id?: Uuid
  readonly merchantId: Uuid
  readonly planId: Uuid
  /** The shop's own name for it. */
  readonly reference?: string
  readonly email?: string
  readonly returnUrl?: string
  readonly locale: Locale
}

/** How a subscription begins: an address, what it says, and the shopper's consent to it. */
export interface Agreements {
  /** An address for one customer of the shop, good for a week. */
  offer(wanted: Offer): Promise<{ subscription: Subscription; url: string } | undefined>
  follow(token: string): Promise<FollowedPlan>
  /** Agrees to a plan; what is due at once is charged at once. Again with another means where that was declined. */
  agree(token: string, agreement: Agreement): Promise<Agreed>
  /** Whether a means can be charged by this shop while its shopper is not there. */
  isUsable(plan: Plan, shopperId: Uuid, means: AgreedMeans): Promise<boolean>
}

export interface AgreementParts {
  readonly database: Database
  readonly clock: Clock
  readonly zone: string
  readonly merchants: Pick<Merchants, 'get'>
  readonly modules: ReadonlyMap<ModuleCode, PaymentModule>
  readonly plans: Plans
  readonly charging: Charging
}

export function createAgreements(parts: AgreementParts): Agreements {
  const { database, clock, zone, merchants, modules, plans, charging } = parts
  const { prisma } = database

  function beginning(plan: Plan) {
    const today = dayIn(zone, clock.now())
    const firstOn = addUnits(today, 'day', plan.trialDays)
    const course = courseFrom(plan, firstOn, 1)
    return { today, course, first: periodOf(plan, course, 1, firstOn) }
  }

  function previewOf(plan: Plan): Preview {
    const { first } = beginning(plan)
    return { firstOn: first.startsOn, firstAmount: first.price, nextOn: first.endsOn }
  }

  function isOver({ plan, offer }: { plan: Plan; offer?: Subscription }): boolean {
    if (!offer) return plan.closedAt !== undefined
    if (offer.state === 'incomplete') return false
    return offer.state !== 'offered' || clock.now() >= later(offer.createdAt, OFFER_LIVES_MS)
  }

  async function follow(token: string): Promise<FollowedPlan> {
    const followed = await plans.follow(token)
    if (!followed) return { kind: 'refused', reason: 'changed' }
    if (isOver(followed)) return { kind: 'refused', reason: 'over' }
    return { kind: 'found', ...followed, preview: previewOf(followed.plan) }
  }

  const isUsable: Agreements['isUsable'] = async (plan, shopperId, { module, means }) => {
    const { merchantId, amount, currency } = plan
    const merchant = await merchants.get(merchantId)
    const carrier = merchant?.modules.includes(module) ? modules.get(module) : undefined
    const asked = { merchantId, paymentId: uuidAt(clock.now()), amount: money(amount, currency) }
    return (await carrier?.planStanding?.({ ...asked, shopperId, means }))?.kind === 'planned'
  }

  function begin(plan: Plan, offer: Subscription | undefined, agreement: Agreement) {
    const { merchantId, id: planId, name: planName, currency, unit, every } = plan
    const { today, course, first } = beginning(plan)
    const now = clock.now()
    const isTrial = plan.trialDays > 0
    const consent: Consent = {
      ...{ at: now.toISOString(), planId, planName, amount: plan.amount.toString(), currency, unit, every },
      ...{ firstOn: first.startsOn, firstAmount: first.price.toString() },
    }
    const fresh: Subscription = {
      ...{ merchantId, id: agreement.id, planId, state: 'offered', version: 0, period: 0, adjustment: 0n },
      ...{ failures: 0, announced: 0, createdAt: now, locale: agreement.locale },
    }
    const before = offer ?? fresh
    const set: Subscription = {
      ...before,
      ...{ shopperId: agreement.shopperId, means: agreement.means, consent, course, createdAt: now },
      ...(isTrial
        ? { state: 'trialing', period: 0, periodStart: today, periodEnd: first.startsOn, startedAt: now }
        : { state: 'incomplete', period: 1, periodStart: first.startsOn, periodEnd: first.endsOn }),
    }
    const charge: Charge = {
      ...{ merchantId, subscriptionId: before.id, period: 1, startsOn: first.startsOn, endsOn: first.endsOn },
      ...{ price: first.price, amount: first.price, currency, state: 'open', tries: 0, createdAt: now },
    }
    const by = { kind: 'shopper', id: agreement.shopperId, name: '' } as const
    const agreed = { kind: 'agreed', by, detail: { amount: consent.amount, firstOn: consent.firstOn } } as const
    return charging.write(before, plan, {
      set: { ...set, wakeAt: isTrial ? charging.wakeOf(set, plan) : later(now, BEGIN_WITHIN_MS) },
      events: [agreed],
      ...(isTrial
        ? { news: { webhook: 'subscription.started', mail: startedMail(first.startsOn, first.price) } as const }
        : { charge }),
    })
  }

  /** The first charge was declined: another means is agreed to, and asked. */
  async function beginAgain(subscription: Subscription, plan: Plan, { means }: Agreement): Promise<boolean> {
    const charge = await findCharge(prisma, subscription)
    // Somebody is being asked just now: nothing else is, until that has an answer.
    if (charge?.state !== 'open' || charge.paymentId !== undefined) return true
    return (await charging.write(subscription, plan, { set: { means } })) !== undefined
  }

  async function outcome(merchantId: Uuid, id: Uuid): Promise<Agreed> {
    const subscription = await charging.carryOn(merchantId, id)
    if (!subscription) return { kind: 'refused', reason: 'over' }
    if (subscription.state !== 'incomplete') return { kind: 'started', subscription }
    const charge = await findCharge(prisma, subscription)
    if (charge?.paymentId !== undefined) return { kind: 'being-checked', subscription }
    const [latest] = await findEvents(prisma, merchantId, id, 1)
    const reason = (latest?.detail['reason'] ?? 'declined') as DeclineReason
    return { kind: 'declined', subscription, reason }
  }

  return {
    follow,
    isUsable,

    async offer({ id, merchantId, planId, reference, email, returnUrl, locale }) {
      const plan = await plans.find(merchantId, planId)
      if (!plan || plan.closedAt) return undefined
      const now = clock.now()
      const before: Subscription = {
        ...{ merchantId, id: id ?? uuidAt(now), planId, state: 'offered', version: 0, period: 0, adjustment: 0n },
        ...{ failures: 0, announced: 0, createdAt: now, locale, wakeAt: later(now, OFFER_LIVES_MS) },
        ...(reference !== undefined && { reference }),
        ...(email !== undefined && { email }),
        ...(returnUrl !== undefined && { returnUrl }),
      }
      const subscription =
        (await charging.write(before, plan, { set: {}, events: [{ kind: 'offered' }] })) ??
        (await findSubscription(prisma, merchantId, before.id))
      return subscription && { subscription, url: plans.offerUrl(subscription) }
    },

    async agree(token, agreement) {
      const followed = await plans.follow(token)
      if (!followed) return { kind: 'refused', reason: 'changed' }
      const { plan, offer } = followed
      const { merchantId } = plan
      const id = offer?.id ?? agreement.id
      const known = await findSubscription(prisma, merchantId, id)
      if (known && known.state !== 'offered') {
        if (known.shopperId !== agreement.shopperId || known.planId !== plan.id)
          return { kind: 'refused', reason: 'over' }
        if (known.state === 'cancelled') return { kind: 'refused', reason: 'over' }
        if (known.state !== 'incomplete') return { kind: 'started', subscription: known }
      } else if (isOver(followed)) return { kind: 'refused', reason: 'over' }
      const { firstOn, firstAmount } = previewOf(plan)
      const { told, shopperId, means } = agreement
      const isAsTold = told.firstOn === firstOn && told.firstAmount === firstAmount
      if (known?.state !== 'incomplete' && !isAsTold) return { kind: 'refused', reason: 'terms-changed' }
      if (!(await isUsable(plan, shopperId, means))) return { kind: 'refused', reason: 'means' }
      if (known?.state === 'incomplete') await beginAgain(known, plan, agreement)
      else await begin(plan, offer, agreement)
      return outcome(merchantId, id)
    },
  }
}

/** The first charge is asked for at once; the worker takes over if whoever agreed was cut off. */
const BEGIN_WITHIN_MS = 60_000
