import { type Day, dayIn } from '../calendar'
import { type Clock, DAY_MS, HOUR_MS, later } from '../clock'
import { publicId, type Uuid } from '../ids'
import { invariant } from '../invariant'
import type { DeclineReason } from '../payments/decline-reason'
import type { SubscriptionNews } from './compose'
import { nextTry } from './dunning'
import type { Plan } from './plan'
import type { Written } from './store'
import type { Charge, EndReason, Subscription } from './subscription'
import { stateAfter, type SubscriptionMove } from './subscription-moves'

/** What changes with a subscription in one transaction. An undefined member is taken away. */
export interface SubscriptionChange {
  readonly set: { readonly [Name in keyof Subscription]?: Subscription[Name] | undefined }
  readonly charge?: Charge
  readonly returned?: Uuid
  readonly events?: Written['events']
  readonly news?: SubscriptionNews
}

/** What became of a charge, written down with what follows from it. Each answers whether there is another step to take at once. */
export interface ChargeOutcomes {
  /** Paid, or covered by what was credited: the period runs. */
  paid(subscription: Subscription, plan: Plan, charge: Charge): Promise<boolean>
  /** Accepted, and paid days later: the period runs meanwhile. */
  awaits(subscription: Subscription, plan: Plan, charge: Charge): Promise<boolean>
  /**
   * What follows from a charge that did not succeed, or whose money was taken back: another try, or the end.
   * @param returned the payment that was taken back, and how often that has happened to the period before
   */
  declined(
    subscription: Subscription,
    plan: Plan,
    charge: Charge,
    reason: DeclineReason,
    returned?: { readonly paymentId: Uuid; readonly before: number },
  ): Promise<boolean>
  /** A subscription that ends now. */
  ended(subscription: Subscription, why: EndReason, charge: Charge | undefined): SubscriptionChange
}

interface Parts {
  readonly clock: Clock
  /** Days begin by the clocks of this zone. */
  readonly zone: string
  /** Writes a change if nobody was quicker; the subscription as it is then. */
  write(subscription: Subscription, plan: Plan, change: SubscriptionChange): Promise<Subscription | undefined>
  /** When a subscription is to be looked at next, nothing being charged just now. */
  wakeOf(subscription: Subscription, plan: Plan): Date
}

/** A means that is paid later (a direct debit) takes days. */
const CHECK_AWAITING_MS = HOUR_MS
/** Whoever has not managed a first charge by then will not. */
export const START_WITHIN_MS = DAY_MS

export function createChargeOutcomes({ clock, zone, write, wakeOf }: Parts): ChargeOutcomes {
  const moved = ({ state }: Subscription, move: SubscriptionMove) => {
    const next = stateAfter(state, move)
    invariant(next, `a subscription that is ${state} cannot be ${move}`)
    return next
  }

  const ended: ChargeOutcomes['ended'] = (subscription, why, charge) => {
    const now = clock.now()
    return {
      set: { state: moved(subscription, 'ended'), endedAt: now, endReason: why, wakeAt: undefined },
      ...(charge?.state === 'open' && { charge: { ...charge, state: 'failed' as const, settledAt: now } }),
      events: [{ kind: 'ended', detail: { why } }],
      news: { webhook: 'subscription.ended', mail: { topic: 'subscription-ended', why, on: dayIn(zone, now) } },
    }
  }

  async function paid(subscription: Subscription, plan: Plan, charge: Charge): Promise<boolean> {
    const isFirst = subscription.state === 'incomplete'
    const isKnown = subscription.startedAt !== undefined
    const written = await write(subscription, plan, {
      set: {
        ...{ state: moved(subscription, isFirst ? 'started' : 'renewed'), failures: 0 },
        ...{ wakeAt: wakeOf(subscription, plan), startedAt: subscription.startedAt ?? clock.now() },
      },
      charge,
      events: [
        {
          kind: isFirst ? 'started' : 'renewed',
          detail: { period: String(charge.period), amount: charge.amount.toString() },
        },
      ],
      news: {
        webhook: isFirst && !isKnown ? 'subscription.started' : 'subscription.renewed',
        charge,
        ...(isFirst && { mail: startedMail(charge.startsOn, charge.amount) }),
      },
    })
    return written !== undefined
  }

  async function awaits(subscription: Subscription, plan: Plan, charge: Charge): Promise<boolean> {
    const now = clock.now()
    const wakeAt = later(now, CHECK_AWAITING_MS)
    if (subscription.state !== 'incomplete') {
      await write(subscription, plan, { set: { wakeAt }, charge })
      return false
    }
    await write(subscription, plan, {
      set: { state: moved(subscription, 'started'), startedAt: now, wakeAt },
      charge,
      events: [{ kind: 'started', detail: { period: String(charge.period), amount: charge.amount.toString() } }],
      news: { webhook: 'subscription.started', charge, mail: startedMail(charge.startsOn, charge.amount) },
    })
    return false
  }

  async function declined(
    subscription: Subscription,
    plan: Plan,
    charge: Charge,
    reason: DeclineReason,
    returned?: { readonly paymentId: Uuid; readonly before: number },
  ): Promise<boolean> {
    const { state, createdAt } = subscription
    const { paymentId, ...rest } = charge
    // What is paid and taken back again and again counts as what is declined again and again.
    const failures = Math.max(subscription.failures, returned?.before ?? 0) + 1
    const kind = returned ? 'returned' : 'declined'
    const taken = returned && { returned: returned.paymentId }
    const detail = {
      ...{ period: String(charge.period), amount: charge.amount.toString(), reason },
      ...(paymentId && { payment: publicId('pay', paymentId) }),
    }
    if (state === 'incomplete') {
      await write(subscription, plan, {
        set: { failures, wakeAt: later(createdAt, START_WITHIN_MS) },
        ...{ charge: rest, ...taken, events: [{ kind, detail }] },
      })
      return false
    }
    const next = nextTry(plan.unit, { failures, tries: charge.tries, reason }, clock.now())
    if (next.kind === 'give-up') {
      const over = ended(subscription, 'unpaid', rest)
      await write(subscription, plan, {
        ...over,
        ...taken,
        set: { ...over.set, failures },
        events: [{ kind, detail }, ...(over.events ?? [])],
      })
      return false
    }
    const on = dayIn(zone, next.at)
    await write(subscription, plan, {
      set: next.isSilent ? { wakeAt: next.at } : { state: moved(subscription, 'declined'), failures, wakeAt: next.at },
      charge: rest,
      ...taken,
      events: [{ kind, detail: { ...detail, again: next.at.toISOString() } }],
      ...(!next.isSilent && {
        news: {
          webhook: 'subscription.past-due',
          charge,
          mail: { topic: 'subscription-past-due', on, due: charge.amount.toString(), reason },
        },
      }),
    })
    return false
  }

  return { paid, awaits, declined, ended }
}

/** What was agreed to, in the words that stay with the shopper. */
export function startedMail(on: Day, due: bigint) {
  return { topic: 'subscription-started', on, due: due.toString() } as const
}
