import type pg from 'pg'
import { z } from 'zod'
import type { Database } from '../db/database'
import { beyondId, keysetOf, type ListOrder } from '../db/list-order'
import type {
  Prisma,
  Subscription as SubscriptionRow,
  SubscriptionCharge as ChargeRow,
  SubscriptionPlan as PlanRow,
} from '../db/generated/client'
import { type Uuid, uuidAt } from '../ids'
import { invariant } from '../invariant'
import type { OutgoingMessage } from '../messages/message'
import { isCurrency } from '../money/currency'
import { type Day, units } from '../calendar'
import type { Plan, PlanMaker } from './plan'
import {
  type Actor,
  type Charge,
  type Consent,
  endReasons,
  type Subscription,
  type SubscriptionEvent,
  type SubscriptionEventKind,
  subscriptionEvents,
} from './subscription'
import { type SubscriptionState, subscriptionStates } from './subscription-moves'

type Tx = Prisma.TransactionClient

const dateOf = (day: Day) => new Date(`${day}T00:00:00Z`)
const dayOf = (date: Date): Day => date.toISOString().slice(0, 10)

/** Everything that is written with a change of a subscription, all or nothing. */
export interface Written {
  /** As it is afterwards; its version is the one that was read. */
  readonly subscription: Subscription
  readonly charge?: Charge
  /** The payment that was taken back, where that is what the change is about. */
  readonly returned?: Uuid
  readonly events: readonly {
    readonly kind: SubscriptionEventKind
    readonly detail?: Readonly<Record<string, string>>
    readonly by?: Actor
  }[]
  readonly messages: readonly OutgoingMessage[]
}

/** Writes a new subscription, or a change of one that still is as it was read. False when somebody else was quicker. */
export async function writeSubscription(
  database: Database,
  { subscription, charge, returned, events, messages }: Written,
  at: Date,
): Promise<boolean> {
  const { merchantId, id, version } = subscription
  return database.transaction(async (tx) => {
    const data = columnsOf(subscription)
    if (version === 0) {
      const { count } = await tx.subscription.createMany({ data: [{ ...data, version: 1 }], skipDuplicates: true })
      if (count === 0) return false
    } else {
      const { count } = await tx.subscription.updateMany({
        where: { merchantId, id, version },
        data: { ...data, version: version + 1 },
      })
      if (count === 0) return false
    }
    if (charge) {
      const { subscriptionId, period } = charge
      const row = { ...charge, startsOn: dateOf(charge.startsOn), endsOn: dateOf(charge.endsOn) }
      const settled = { paymentId: charge.paymentId ?? null, settledAt: charge.settledAt ?? null }
      await tx.subscriptionCharge.upsert({
        where: { merchantId_subscriptionId_period: { merchantId, subscriptionId, period } },
        create: { ...row, ...settled },
        update: { state: charge.state, tries: charge.tries, ...settled },
      })
    }
    if (returned !== undefined) {
      await tx.subscriptionReturn.updateMany({
        where: { merchantId, paymentId: returned, takenAt: null },
        data: { takenAt: at },
      })
    }
    await tx.subscriptionEvent.createMany({
      data: events.map(({ kind, detail = {}, by }) => ({
        ...{ merchantId, subscriptionId: id, id: uuidAt(at), kind, detail, at },
        ...(by && { by: { ...by } }),
      })),
    })
    await tx.message.createMany({
      data: messages.map((message) => ({
        ...{ merchantId, id: message.id, kind: message.kind, topic: message.topic, state: 'due' },
        ...{ payload: { ...message.payload } as Prisma.InputJsonObject, dueAt: message.at, createdAt: message.at },
      })),
    })
    return true
  })
}

function columnsOf(subscription: Subscription): Prisma.SubscriptionUncheckedCreateInput {
  const { course, means, consent, periodStart, periodEnd, endsOn, version: _version, ...plain } = subscription
  const { merchantId, id, planId, locale, state, period, adjustment, failures, announced, createdAt } = plain
  return {
    ...{ merchantId, id, planId, locale, state, period, adjustment, failures, announced, createdAt },
    reference: plain.reference ?? null,
    shopperId: plain.shopperId ?? null,
    email: plain.email ?? null,
    returnUrl: plain.returnUrl ?? null,
    ...(means && { means: { module: means.module, means: { ...means.means } } }),
    ...(consent && { consent: { ...consent } }),
    periodStart: periodStart === undefined ? null : dateOf(periodStart),
    periodEnd: periodEnd === undefined ? null : dateOf(periodEnd),
    anchorDate: course ? dateOf(course.anchorDate) : null,
    anchorDay: course?.anchorDay ?? null,
    anchorPeriod: course?.anchorPeriod ?? null,
    endsOn: endsOn === undefined ? null : dateOf(endsOn),
    wakeAt: plain.wakeAt ?? null,
    endReason: plain.endReason ?? null,
    startedAt: plain.startedAt ?? null,
    endedAt: plain.endedAt ?? null,
  }
}

const agreedMeans = z.object({ module: z.string(), means: z.record(z.string(), z.union([z.string(), z.number()])) })
const state = z.enum(subscriptionStates as [SubscriptionState, ...SubscriptionState[]])

function subscriptionFrom(row: SubscriptionRow): Subscription {
  const { merchantId, id, planId, version, period, adjustment, failures, announced, createdAt } = row
  return {
    ...{ merchantId, id, planId, version, period, adjustment, failures, announced, createdAt },
    state: state.parse(row.state),
    locale: row.locale === 'en' ? 'en' : 'ko',
    ...(row.reference !== null && { reference: row.reference }),
    ...(row.shopperId !== null && { shopperId: row.shopperId }),
    ...(row.email !== null && { email: row.email }),
    ...(row.returnUrl !== null && { returnUrl: row.returnUrl }),
    ...(row.means !== null && { means: agreedMeans.parse(row.means) }),
    ...(row.consent !== null && { consent: row.consent as unknown as Consent }),
    ...(row.periodStart && { periodStart: dayOf(row.periodStart) }),
    ...(row.periodEnd && { periodEnd: dayOf(row.periodEnd) }),
    ...(row.anchorDate &&
      row.anchorDay !== null &&
      row.anchorPeriod !== null && {
        course: { anchorDate: dayOf(row.anchorDate), anchorDay: row.anchorDay, anchorPeriod: row.anchorPeriod },
      }),
    ...(row.endsOn && { endsOn: dayOf(row.endsOn) }),
    ...(row.wakeAt && { wakeAt: row.wakeAt }),
    ...(row.endReason !== null && { endReason: z.enum(endReasons).parse(row.endReason) }),
    ...(row.startedAt && { startedAt: row.startedAt }),
    ...(row.endedAt && { endedAt: row.endedAt }),
  }
}

export async function findSubscription(tx: Tx, merchantId: Uuid, id: Uuid): Promise<Subscription | undefined> {
  const row = await tx.subscription.findUnique({ where: { merchantId_id: { merchantId, id } } })
  return row ? subscriptionFrom(row) : undefined
}

export interface SubscriptionFilter {
  readonly states?: readonly SubscriptionState[]
  readonly planId?: Uuid
  /** The shop's own name for it, whole. */
  readonly reference?: string
  /** The newest first where nothing is said. */
  readonly order?: ListOrder | undefined
  /** Where the page before ended. */
  readonly before?: Uuid
  readonly limit: number
}

export async function findSubscriptions(
  tx: Tx,
  owner: { merchantId: Uuid } | { shopperId: Uuid },
  { states, planId, reference, order, before, limit }: SubscriptionFilter,
): Promise<Subscription[]> {
  const rows = await tx.subscription.findMany({
    where: {
      ...owner,
      ...(states && { state: { in: [...states] } }),
      ...(planId && { planId }),
      ...(reference && { reference }),
      ...(before && { id: beyondId(order, before) }),
    },
    orderBy: { id: keysetOf(order).direction },
    take: limit,
  })
  return rows.map(subscriptionFrom)
}

export async function findSubscriptionOf(tx: Tx, shopperId: Uuid, id: Uuid): Promise<Subscription | undefined> {
  const row = await tx.subscription.findFirst({ where: { shopperId, id } })
  return row ? subscriptionFrom(row) : undefined
}

/** Takes up subscriptions whose time has come, by moving it to the end of a lease; rows in other hands are passed over. */
export async function claimSubscriptions(
  pool: pg.Pool,
  { now, leasedUntil, limit }: { now: Date; leasedUntil: Date; limit: number },
): Promise<{ merchantId: Uuid; id: Uuid }[]> {
  const { rows } = await pool.query<{ merchantId: Uuid; id: Uuid }>(
    `with due as (
       select merchant_id, id from subscription where wake_at <= $1 order by wake_at limit $3 for update skip locked
     )
     update subscription s set wake_at = $2 from due where s.merchant_id = due.merchant_id and s.id = due.id
     returning s.merchant_id as "merchantId", s.id`,
    [now, leasedUntil, limit],
  )
  return rows
}

function chargeFrom(row: ChargeRow): Charge {
  const { merchantId, subscriptionId, period, price, amount, currency, tries, createdAt } = row
  invariant(isCurrency(currency), 'a charge is in a currency that we know')
  return {
    ...{ merchantId, subscriptionId, period, price, amount, currency, tries, createdAt },
    startsOn: dayOf(row.startsOn),
    endsOn: dayOf(row.endsOn),
    state: z.enum(['open', 'paid', 'covered', 'failed']).parse(row.state),
    ...(row.paymentId !== null && { paymentId: row.paymentId }),
    ...(row.settledAt && { settledAt: row.settledAt }),
  }
}

export async function findCharge(
  tx: Tx,
  { merchantId, id, period }: Pick<Subscription, 'merchantId' | 'id' | 'period'>,
): Promise<Charge | undefined> {
  const row = await tx.subscriptionCharge.findUnique({
    where: { merchantId_subscriptionId_period: { merchantId, subscriptionId: id, period } },
  })
  return row ? chargeFrom(row) : undefined
}

/** The latest first. */
export async function findCharges(tx: Tx, merchantId: Uuid, subscriptionId: Uuid, limit: number): Promise<Charge[]> {
  const rows = await tx.subscriptionCharge.findMany({
    where: { merchantId, subscriptionId },
    orderBy: { period: 'desc' },
    take: limit,
  })
  return rows.map(chargeFrom)
}

/** A paid charge whose money the payer's bank has taken back. */
export interface ReturnedCharge {
  readonly merchantId: Uuid
  readonly subscriptionId: Uuid
  readonly period: number
  readonly paymentId: Uuid
  /** The bank's code. */
  readonly reason: string
}

/** Those that nobody has acted on yet, the oldest first. */
export async function findReturned(tx: Tx, limit: number): Promise<ReturnedCharge[]> {
  return tx.subscriptionReturn.findMany({
    where: { takenAt: null },
    orderBy: { at: 'asc' },
    take: limit,
    select: { merchantId: true, subscriptionId: true, period: true, paymentId: true, reason: true },
  })
}

/** How often the money of a period has been taken back and acted on. */
export async function countReturns(
  tx: Tx,
  { merchantId, subscriptionId, period }: Pick<Charge, 'merchantId' | 'subscriptionId' | 'period'>,
): Promise<number> {
  return tx.subscriptionReturn.count({ where: { merchantId, subscriptionId, period, takenAt: { not: null } } })
}

export async function findEvents(
  tx: Tx,
  merchantId: Uuid,
  subscriptionId: Uuid,
  limit: number,
): Promise<SubscriptionEvent[]> {
  const rows = await tx.subscriptionEvent.findMany({
    where: { merchantId, subscriptionId },
    orderBy: { id: 'desc' },
    take: limit,
  })
  return rows.map(({ id, kind, detail, by, at }) => ({
    ...{ id, at, kind: z.enum(subscriptionEvents).parse(kind), detail: detail as Record<string, string> },
    ...(by !== null && { by: by as unknown as Actor }),
  }))
}

/** A plan as it is stored; its address is reckoned. */
export type StoredPlan = Omit<Plan, 'url'>

export async function insertPlan(tx: Tx, { createdBy, ...plan }: StoredPlan): Promise<void> {
  await tx.subscriptionPlan.create({ data: { ...plan, createdBy: { ...createdBy } } })
}

export async function findPlan(tx: Tx, merchantId: Uuid, id: Uuid): Promise<StoredPlan | undefined> {
  const row = await tx.subscriptionPlan.findUnique({ where: { merchantId_id: { merchantId, id } } })
  return row ? planFrom(row) : undefined
}

/** Plans by their identifiers, whoever's they are. */
export async function findPlansOf(tx: Tx, ids: readonly Uuid[]): Promise<StoredPlan[]> {
  return (await tx.subscriptionPlan.findMany({ where: { id: { in: [...ids] } } })).map(planFrom)
}

export async function findPlans(
  tx: Tx,
  merchantId: Uuid,
  { isOpen, before, limit }: { isOpen?: boolean; before?: Uuid; limit: number },
): Promise<StoredPlan[]> {
  const rows = await tx.subscriptionPlan.findMany({
    where: { merchantId, ...(isOpen && { closedAt: null }), ...(before && { id: { lt: before } }) },
    orderBy: { id: 'desc' },
    take: limit,
  })
  return rows.map(planFrom)
}

export async function closePlan(tx: Tx, merchantId: Uuid, id: Uuid, at: Date): Promise<boolean> {
  const { count } = await tx.subscriptionPlan.updateMany({
    where: { merchantId, id, closedAt: null },
    data: { closedAt: at },
  })
  return count === 1
}

function planFrom(row: PlanRow): StoredPlan {
  const { merchantId, id, name, description, currency, amount, every, trialDays, anchorDay, closedAt, createdAt } = row
  invariant(isCurrency(currency), 'a plan is in a currency that we know')
  return {
    ...{ merchantId, id, name, currency, amount, every, trialDays, createdAt },
    unit: z.enum(units).parse(row.unit),
    createdBy: row.createdBy as unknown as PlanMaker,
    ...(description !== null && { description }),
    ...(anchorDay !== null && { anchorDay }),
    ...(closedAt && { closedAt }),
  }
}
