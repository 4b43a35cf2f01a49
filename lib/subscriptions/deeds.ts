import type { Clock } from '../clock'
import type { Database } from '../db/database'
import type { Uuid } from '../ids'
import { atLeastZero } from '../money/money'
import type { Payments } from '../payments/payments'
import type { Agreements } from './agreement'
import { type Day, dayIn, startOf } from '../calendar'
import type { Charging } from './charging'
import type { Plan } from './plan'
import type { Plans } from './plans'
import { courseFrom, periodOf, prorated } from './schedule'
import { findCharge, findEvents, findSubscription, findSubscriptionOf } from './store'
import type { Actor, AgreedMeans, Charge, Subscription } from './subscription'

/** Who acts: a shop on its own subscriptions, or a shopper on theirs. Another's is answered as a missing one. */
export type Owner = { readonly merchantId: Uuid } | { readonly shopperId: Uuid }

export type Deed =
  | { kind: 'done'; subscription: Subscription }
  | {
      kind: 'refused'
      /** busy: a charge is on its way, and nobody knows yet how it ends. needs-consent: only the shopper may agree to that. */
      reason: 'missing' | 'wrong-state' | 'busy' | 'means' | 'plan' | 'needs-consent'
    }

/** What another plan means for the running period and the next charge. */
export interface PlanChange {
  readonly plan: Plan
  /** Owed for what is left of the running period; below zero a credit. Minor units. */
  readonly adjustment: bigint
  /** When the next charge is, and what it takes. */
  readonly nextOn: Day
  readonly nextAmount: bigint
}

/** What shop and shopper do with a subscription that runs. */
export interface SubscriptionDeeds {
  /** Ends it at once, or with the period that is paid. Ended already: done. */
  cancel(owner: Owner, id: Uuid, when: 'now' | 'period-end', by: Actor): Promise<Deed>
  /** Takes back that it ends with the period. */
  keep(owner: Owner, id: Uuid, by: Actor): Promise<Deed>
  /** No period begins until it is resumed. */
  pause(owner: Owner, id: Uuid, by: Actor): Promise<Deed>
  /** Goes on: with what is left of the paid period, else with a new one that begins, and is charged, now. */
  resume(owner: Owner, id: Uuid, by: Actor): Promise<Deed>
  /** Another means from now on; a charge that was declined is tried with it at once. */
  changeMeans(shopperId: Uuid, id: Uuid, means: AgreedMeans): Promise<Deed>
  previewPlan(owner: Owner, id: Uuid, planId: Uuid): Promise<PlanChange | undefined>
  /** Another plan from now on. A shop may only lessen what was agreed to. */
  changePlan(owner: Owner, id: Uuid, planId: Uuid, by: Actor): Promise<Deed>
}

interface Parts {
  readonly database: Database
  readonly clock: Clock
  readonly zone: string
  readonly plans: Plans
  readonly charging: Charging
  readonly agreements: Pick<Agreements, 'isUsable'>
  readonly payments: Pick<Payments, 'find' | 'cancel'>
}

interface Running {
  readonly subscription: Subscription
  readonly plan: Plan
  /** Of the running period. */
  readonly charge: Charge | undefined
}

const refused = (reason: Extract<Deed, { kind: 'refused' }>['reason']): Deed => ({ kind: 'refused', reason })

export function createDeeds({
  database,
  clock,
  zone,
  plans,
  charging,
  agreements,
  payments,
}: Parts): SubscriptionDeeds {
  const { prisma } = database

  async function find(owner: Owner, id: Uuid): Promise<Running | undefined> {
    const subscription =
      'merchantId' in owner
        ? await findSubscription(prisma, owner.merchantId, id)
        : await findSubscriptionOf(prisma, owner.shopperId, id)
    const plan = subscription && (await plans.find(subscription.merchantId, subscription.planId))
    return subscription && plan && { subscription, plan, charge: await findCharge(prisma, subscription) }
  }

  /** Does a deed on the subscription as it is; if somebody was quicker, once more on what it has become. */
  async function deed(
    owner: Owner,
    id: Uuid,
    decide: (running: Running) => Promise<Deed | undefined> | Deed | undefined,
  ): Promise<Deed> {
    for (let tried = 0; tried < 4; tried++) {
      const running = await find(owner, id)
      if (!running) return refused('missing')
      const done = await decide(running)
      if (done) return done
    }
    return refused('busy')
  }

  const doneWith = (subscription: Subscription | undefined): Deed | undefined =>
    subscription && { kind: 'done', subscription }

  /** A charge that somebody has been asked for and that is not answered yet. */
  const isUnderWay = ({ charge }: Running) => charge?.state === 'open' && charge.paymentId !== undefined

  /** Ends a payment that waits for a means that is paid later; false when it cannot be stopped any more. */
  async function stopCharge({ subscription, charge }: Running): Promise<boolean> {
    if (!charge?.paymentId) return false
    const payment = await payments.find(subscription.merchantId, charge.paymentId)
    if (payment?.state !== 'awaiting') return false
    const stopped = await payments.cancel(subscription.merchantId, charge.paymentId)
    return stopped.kind === 'done' && stopped.payment.state === 'cancelled'
  }

  function changeOf({ subscription, plan: before, charge }: Running, plan: Plan): PlanChange | undefined {
    const { course, period, periodStart, periodEnd, adjustment: owed } = subscription
    if (!course || !periodStart || !periodEnd) return undefined
    const now = clock.now()
    const running = { startsOn: periodStart, endsOn: periodEnd }
    const price = period === 0 ? 0n : (charge?.price ?? 0n)
    const isSameRhythm =
      plan.unit === before.unit &&
      plan.every === before.every &&
      (plan.anchorDay === undefined || plan.anchorDay === course.anchorDay)
    if (period === 0) {
      const next = periodOf(plan, courseFrom(plan, periodEnd, 1), 1, periodEnd)
      return { plan, adjustment: 0n, nextOn: periodEnd, nextAmount: atLeastZero(next.price + owed) }
    }
    if (isSameRhythm) {
      const to = periodOf(plan, course, period, periodStart).price
      const adjustment = prorated({ from: price, to }, running, now, zone)
      const next = periodOf(plan, course, period + 1, periodEnd)
      return { plan, adjustment, nextOn: periodEnd, nextAmount: atLeastZero(next.price + owed + adjustment) }
    }
    // Another rhythm begins now: what is left of the paid period is credited.
    const today = dayIn(zone, now)
    const adjustment = prorated({ from: price, to: 0n }, running, now, zone)
    const next = periodOf(plan, courseFrom(plan, today, period + 1), period + 1, today)
    return { plan, adjustment, nextOn: today, nextAmount: atLeastZero(next.price + owed + adjustment) }
  }

  async function changedPlan(running: Running, planId: Uuid): Promise<PlanChange | undefined> {
    const { subscription, plan: before } = running
    const plan = await plans.find(subscription.merchantId, planId)
    const isFit = plan && !plan.closedAt && plan.id !== before.id && plan.currency === before.currency
    return isFit ? changeOf(running, plan) : undefined
  }

  return {
    cancel: (owner, id, when, by) =>
      deed(owner, id, async (running) => {
        const { subscription, plan, charge } = running
        const { state, periodEnd } = subscription
        const endReason = by.kind === 'shopper' ? 'shopper' : 'shop'
        if (state === 'cancelled') return { kind: 'done', subscription }
        const isPaidFor = state === 'active' || state === 'trialing'
        if (when === 'period-end' && isPaidFor && periodEnd !== undefined) {
          const wakeAt = charge?.state === 'open' ? subscription.wakeAt : startOf(periodEnd, zone)
          return doneWith(
            await charging.write(subscription, plan, {
              set: { endsOn: periodEnd, endReason, ...(wakeAt && { wakeAt }) },
              events: [{ kind: 'end-set', detail: { on: periodEnd }, by }],
              news: { webhook: 'subscription.changed' },
            }),
          )
        }
        if (isUnderWay(running) && !(await stopCharge(running))) return refused('busy')
        const over = charging.ended(subscription, endReason, charge)
        const events = over.events?.map((event) => ({ ...event, by })) ?? []
        return doneWith(await charging.write(subscription, plan, { ...over, events }))
      }),

    keep: (owner, id, by) =>
      deed(owner, id, async ({ subscription, plan, charge }) => {
        const { state, endsOn, wakeAt } = subscription
        if (endsOn === undefined || state === 'cancelled') return refused('wrong-state')
        const { endsOn: _ends, endReason: _why, ...going } = subscription
        const wake = charge?.state === 'open' ? wakeAt : charging.wakeOf(going, plan)
        return doneWith(
          await charging.write(subscription, plan, {
            set: { endsOn: undefined, endReason: undefined, wakeAt: state === 'paused' ? undefined : wake },
            events: [{ kind: 'end-withdrawn', by }],
            news: { webhook: 'subscription.changed' },
          }),
        )
      }),

    pause: (owner, id, by) =>
      deed(owner, id, async (running) => {
        const { subscription, plan } = running
        if (subscription.state === 'paused') return { kind: 'done', subscription }
        if (subscription.state !== 'active' && subscription.state !== 'trialing') return refused('wrong-state')
        if (running.charge?.state === 'open') return refused('busy')
        return doneWith(
          await charging.write(subscription, plan, {
            set: { state: 'paused', wakeAt: undefined },
            events: [{ kind: 'paused', by }],
            news: { webhook: 'subscription.changed' },
          }),
        )
      }),

    async resume(owner, id, by) {
      const done = await deed(owner, id, async ({ subscription, plan }) => {
        const { state, merchantId, period, periodEnd } = subscription
        if (state !== 'paused' || periodEnd === undefined) return refused('wrong-state')
        const events = await findEvents(prisma, merchantId, id, 50)
        const pausedBy = events.find(({ kind }) => kind === 'paused')?.by
        // Going on may charge at once: what the shopper has stopped, only the shopper starts again.
        if (by.kind !== 'shopper' && pausedBy?.kind === 'shopper') return refused('needs-consent')
        const now = clock.now()
        const today = dayIn(zone, now)
        const isOver = startOf(periodEnd, zone) <= now
        const course = courseFrom(plan, today, period + 1)
        return doneWith(
          await charging.write(subscription, plan, {
            set: {
              state: 'active',
              ...(isOver ? { course, periodEnd: today, wakeAt: now } : { wakeAt: charging.wakeOf(subscription, plan) }),
            },
            events: [{ kind: 'resumed', by }],
            news: { webhook: 'subscription.changed' },
          }),
        )
      })
      return carriedOn(done)
    },

    async changeMeans(shopperId, id, means) {
      const by = { kind: 'shopper', id: shopperId, name: '' } as const
      const done = await deed({ shopperId }, id, async (running) => {
        const { subscription, plan } = running
        if (subscription.state === 'cancelled' || subscription.state === 'offered') return refused('wrong-state')
        if (isUnderWay(running)) return refused('busy')
        if (!(await agreements.isUsable(plan, shopperId, means))) return refused('means')
        return doneWith(
          await charging.write(subscription, plan, {
            set: { means },
            events: [{ kind: 'means-changed', detail: { module: means.module }, by }],
            news: { webhook: 'subscription.changed' },
          }),
        )
      })
      return carriedOn(done)
    },

    async previewPlan(owner, id, planId) {
      const running = await find(owner, id)
      return running && changedPlan(running, planId)
    },

    async changePlan(owner, id, planId, by) {
      const done = await deed(owner, id, async (running) => {
        const { subscription, plan: before, charge } = running
        const { state, period, periodEnd, course, consent, adjustment } = subscription
        if (state !== 'active' && state !== 'trialing') return refused('wrong-state')
        if (charge?.state === 'open') return refused('busy')
        const change = await changedPlan(running, planId)
        if (!change || !consent || !course || periodEnd === undefined) return refused('plan')
        const { plan, nextOn } = change
        const isRhythmKept = nextOn === periodEnd && plan.unit === before.unit && plan.every === before.every
        if (by.kind !== 'shopper' && !(isRhythmKept && plan.amount <= BigInt(consent.amount))) {
          return refused('needs-consent')
        }
        const isAnew = period > 0 && nextOn !== periodEnd
        const agreed = {
          ...consent,
          ...{ at: clock.now().toISOString(), planId: plan.id, planName: plan.name, amount: plan.amount.toString() },
          ...{ unit: plan.unit, every: plan.every, firstOn: nextOn, firstAmount: change.nextAmount.toString() },
        }
        return doneWith(
          await charging.write(subscription, plan, {
            set: {
              planId: plan.id,
              adjustment: adjustment + change.adjustment,
              ...(by.kind === 'shopper' && { consent: agreed }),
              ...(period === 0 && { course: courseFrom(plan, periodEnd, 1) }),
              ...(isAnew && { course: courseFrom(plan, nextOn, period + 1), periodEnd: nextOn, wakeAt: clock.now() }),
            },
            events: [
              {
                ...{ kind: 'plan-changed', by },
                detail: { from: before.name, to: plan.name, adjustment: change.adjustment.toString() },
              },
            ],
            news: { webhook: 'subscription.changed' },
          }),
        )
      })
      return carriedOn(done)
    },
  }

  /** What a deed has made due is done at once. */
  async function carriedOn(done: Deed): Promise<Deed> {
    if (done.kind === 'refused') return done
    const { merchantId, id } = done.subscription
    return { kind: 'done', subscription: (await charging.carryOn(merchantId, id)) ?? done.subscription }
  }
}
