import { type Day, startOf } from '../calendar'
import { type Clock, DAY_MS, later } from '../clock'
import type { Database } from '../db/database'
import { publicId, type Uuid, uuidAt } from '../ids'
import { invariant } from '../invariant'
import { atLeastZero, money } from '../money/money'
import type { Payment } from '../payments/payment'
import { movingStates } from '../payments/payment-moves'
import type { Payments } from '../payments/payments'
import { StandingMeans } from '../payments/standing-means'
import { type ChargeOutcomes, createChargeOutcomes, START_WITHIN_MS, type SubscriptionChange } from './charge-outcomes'
import { composeSubscriptionMessages } from './compose'
import { announcedBefore } from './dunning'
import type { Plan } from './plan'
import { periodOf } from './schedule'
import { countReturns, findCharge, findSubscription, writeSubscription } from './store'
import type { Charge, Subscription } from './subscription'

export interface ChargingParts {
  readonly database: Database
  readonly clock: Clock
  /** Days begin by the clocks of this zone. */
  readonly zone: string
  readonly webUrl: string
  readonly payments: Pick<Payments, 'open' | 'find'>
  planOf(merchantId: Uuid, planId: Uuid): Promise<Plan | undefined>
}

export interface Charging extends Pick<ChargeOutcomes, 'declined' | 'ended'> {
  /** Writes a change if nobody was quicker; the subscription as it is then. */
  write(subscription: Subscription, plan: Plan, change: SubscriptionChange): Promise<Subscription | undefined>
  /** Takes a subscription as far as time and the outside world let it go. Safe at any time, any number of times. */
  carryOn(merchantId: Uuid, id: Uuid): Promise<Subscription | undefined>
  /** When it is to be looked at next, nothing being charged just now. */
  wakeOf(
    subscription: Pick<Subscription, 'period' | 'periodStart' | 'periodEnd' | 'endsOn' | 'announced'>,
    plan: Plan,
  ): Date
}

/** Longer than a payment takes to answer: whoever has not come back by then has died. */
const LEASE_MS = 2 * 60_000
/** The worker of payments brings it to its end within seconds, unless an outside system is silent. */
const CHECK_MOVING_MS = 15_000

// A shop that the operator has stopped is not asked for more often than this.
const WHILE_SUSPENDED_MS = DAY_MS
/** Whoever was sent an address has a week. */
export const OFFER_LIVES_MS = 7 * DAY_MS
/** A subscription that nobody looked at for long takes some steps to be where it should be; more than these is a circle. */
const MOST_STEPS = 12

export function createCharging({ database, clock, zone, webUrl, payments, planOf }: ChargingParts): Charging {
  const { prisma } = database

  const write: Charging['write'] = async (before, plan, { set, charge, returned, events = [], news }) => {
    const at = clock.now()
    const given = Object.entries({ ...before, ...set }).filter(([, value]) => value !== undefined)
    const subscription = Object.fromEntries(given) as unknown as Subscription
    const messages = news ? composeSubscriptionMessages(news, subscription, plan, { at, webUrl }) : []
    const isWritten = await writeSubscription(
      database,
      { subscription, events, messages, ...(charge && { charge }), ...(returned && { returned }) },
      at,
    )
    return isWritten ? { ...subscription, version: before.version + 1 } : undefined
  }

  /** The moment at which the charge of the next period is announced; undefined where it is not. */
  function announcedAt(
    { period, periodStart, periodEnd }: Pick<Subscription, 'period' | 'periodStart' | 'periodEnd'>,
    plan: Plan,
  ) {
    const lead = announcedBefore(plan.unit, period === 0)
    if (lead === undefined || !periodStart || !periodEnd) return undefined
    const at = later(startOf(periodEnd, zone), -lead)
    return at > startOf(periodStart, zone) ? at : undefined
  }

  const wakeOf: Charging['wakeOf'] = (subscription, plan) => {
    const { period, periodEnd, endsOn, announced } = subscription
    invariant(periodEnd, 'a subscription that runs has a period')
    const noticeAt = endsOn || announced > period ? undefined : announcedAt(subscription, plan)
    return noticeAt && noticeAt > clock.now() ? noticeAt : startOf(periodEnd, zone)
  }

  const { paid, awaits, declined, ended } = createChargeOutcomes({ clock, zone, write, wakeOf })

  /** One step; false when it is at rest, or somebody else is at it. */
  async function step(subscription: Subscription, plan: Plan): Promise<boolean> {
    const { state, createdAt, periodEnd, endsOn } = subscription
    const now = clock.now()
    if (state === 'cancelled' || state === 'paused') return false
    if (state === 'offered') {
      if (now < later(createdAt, OFFER_LIVES_MS)) return false
      await write(subscription, plan, ended(subscription, 'never-started', undefined))
      return false
    }
    const charge = await findCharge(prisma, subscription)
    if (charge?.state === 'open') return stepCharge(subscription, plan, charge)
    invariant(periodEnd, 'a subscription that runs has a period')
    if (now >= startOf(periodEnd, zone)) {
      if (endsOn !== undefined && endsOn <= periodEnd) {
        await write(subscription, plan, ended(subscription, subscription.endReason ?? 'shopper', undefined))
        return false
      }
      return beginPeriod(subscription, plan, periodEnd)
    }
    return announce(subscription, plan, periodEnd)
  }

  /** Writes down what the next period costs. Periods that are over altogether, while nobody worked, are not charged. */
  async function beginPeriod(subscription: Subscription, plan: Plan, from: Day): Promise<boolean> {
    const { merchantId, id: subscriptionId, course, adjustment } = subscription
    invariant(course, 'a subscription that runs has a course')
    const now = clock.now()
    let period = periodOf(plan, course, subscription.period + 1, from)
    while (startOf(period.endsOn, zone) <= now) period = periodOf(plan, course, period.number + 1, period.endsOn)
    const skipped = period.number - subscription.period - 1
    const due = period.price + adjustment
    const charge: Charge = {
      ...{ merchantId, subscriptionId, period: period.number, startsOn: period.startsOn, endsOn: period.endsOn },
      ...{ price: period.price, amount: atLeastZero(due), currency: plan.currency, state: 'open', tries: 0 },
      createdAt: now,
    }
    const written = await write(subscription, plan, {
      set: {
        ...{ period: period.number, periodStart: period.startsOn, periodEnd: period.endsOn },
        ...{ adjustment: due < 0n ? due : 0n, wakeAt: later(now, LEASE_MS) },
      },
      charge,
      events: skipped > 0 ? [{ kind: 'skipped', detail: { periods: String(skipped) } }] : [],
    })
    return written !== undefined
  }

  async function announce(subscription: Subscription, plan: Plan, on: Day): Promise<boolean> {
    const { period, course, adjustment, announced, endsOn, wakeAt } = subscription
    const noticeAt = announcedAt(subscription, plan)
    if (course && noticeAt && noticeAt <= clock.now() && announced <= period && endsOn === undefined) {
      const { price } = periodOf(plan, course, period + 1, on)
      const due = atLeastZero(price + adjustment)
      await write(subscription, plan, {
        set: { announced: period + 1, wakeAt: startOf(on, zone) },
        events: [{ kind: 'announced', detail: { on, amount: due.toString() } }],
        news: {
          webhook: 'subscription.upcoming',
          charge: { period: period + 1, amount: due },
          mail: { topic: 'subscription-upcoming', on, due: due.toString() },
        },
      })
      return false
    }
    const wanted = wakeOf(subscription, plan)
    if (wakeAt?.getTime() !== wanted.getTime()) await write(subscription, plan, { set: { wakeAt: wanted } })
    return false
  }

  async function stepCharge(subscription: Subscription, plan: Plan, charge: Charge): Promise<boolean> {
    const { merchantId, state, createdAt } = subscription
    const now = clock.now()
    if (charge.amount === 0n) return paid(subscription, plan, { ...charge, state: 'covered', settledAt: now })
    if (charge.paymentId !== undefined) {
      const payment = await payments.find(merchantId, charge.paymentId)
      return payment ? settle(subscription, plan, charge, payment) : ask(subscription, plan, charge)
    }
    if (state === 'incomplete' && now >= later(createdAt, START_WITHIN_MS)) {
      await write(subscription, plan, ended(subscription, 'never-started', charge))
      return false
    }
    // The intent, with the payment's identifier, before anybody is asked: whoever comes after us asks for the same one.
    const tried: Charge = { ...charge, tries: charge.tries + 1, paymentId: uuidAt(now) }
    const written = await write(subscription, plan, { set: { wakeAt: later(now, LEASE_MS) }, charge: tried })
    return written ? ask(written, plan, tried) : false
  }

  /**
   * Opens the payment of a charge. Its order reference is the subscription and the period, and a shop has one live or paid
   * payment for each: however many ask, at most one is charged. One that was taken back is paid in the books, and holds that
   * reference; what is asked for in its place has the next one.
   */
  async function ask(subscription: Subscription, plan: Plan, charge: Charge): Promise<boolean> {
    const { merchantId, id, shopperId, means, consent, email, locale } = subscription
    invariant(shopperId && means && consent && charge.paymentId, 'what is charged was agreed to')
    const most = BigInt(consent.amount) + (charge.amount > charge.price ? charge.amount - charge.price : 0n)
    const subscriptionId = publicId('sub', id)
    const returns = await countReturns(prisma, charge)
    const orderRef = [subscriptionId, charge.period, ...(returns > 0 ? [returns] : [])].join('.')
    const opened = await payments.open({
      ...{ id: charge.paymentId, merchantId, orderRef, orderName: plan.name },
      ...{ amount: money(charge.amount, charge.currency), captureMode: 'automatic', channel: 'recurring', locale },
      ...{ shopperId, ...(email && { email }) },
      metadata: { subscription: subscriptionId, plan: publicId('pln', plan.id), period: String(charge.period) },
      means: [{ module: means.module, input: new StandingMeans(shopperId, means.means, most) }],
    })
    if (opened.kind === 'refused' && opened.reason === 'shop-suspended') {
      // No fault of the subscriber's: the try does not count, and the shop is looked at again tomorrow.
      await write(subscription, plan, {
        set: { wakeAt: later(clock.now(), WHILE_SUSPENDED_MS) },
        charge: { ...charge, tries: charge.tries - 1 },
      })
      return false
    }
    if (opened.kind === 'refused') {
      const reason = opened.reason === 'module-unavailable' ? 'module-unavailable' : 'not-permitted'
      return declined(subscription, plan, charge, reason)
    }
    const paymentId = opened.kind === 'order-taken' ? (opened.paymentId ?? charge.paymentId) : charge.paymentId
    const payment = await payments.find(merchantId, paymentId)
    return payment ? settle(subscription, plan, { ...charge, paymentId }, payment) : false
  }

  async function settle(subscription: Subscription, plan: Plan, charge: Charge, payment: Payment): Promise<boolean> {
    const now = clock.now()
    if (payment.state === 'paid') return paid(subscription, plan, { ...charge, state: 'paid', settledAt: now })
    if (payment.state === 'awaiting') return awaits(subscription, plan, charge)
    if (movingStates.includes(payment.state)) {
      await write(subscription, plan, { set: { wakeAt: later(now, CHECK_MOVING_MS) }, charge })
      return false
    }
    return declined(subscription, plan, charge, payment.reason ?? 'declined')
  }

  return {
    write,
    wakeOf,
    declined,
    ended,
    async carryOn(merchantId, id) {
      for (let taken = 0; taken < MOST_STEPS; taken++) {
        const subscription = await findSubscription(prisma, merchantId, id)
        const plan = subscription && (await planOf(merchantId, subscription.planId))
        if (!subscription || !plan) return undefined
        if (!(await step(subscription, plan))) break
      }
      return findSubscription(prisma, merchantId, id)
    },
  }
}
