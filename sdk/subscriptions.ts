import type { ApiClient, RequestOptions } from './api-client'
import { readAmount, readList, readRecord, readText, UnreadableAnswer } from './read-answer'

export type Unit = 'day' | 'week' | 'month' | 'year'

/** What your shop charges again and again. Its terms never change. */
export interface Plan {
  readonly id: string
  /** Where anybody subscribes, signed. */
  readonly url: string
  readonly name: string
  readonly currency: string
  /** For a whole period, in whole minor units. */
  readonly amount: bigint
  readonly unit: Unit
  readonly every: number
  readonly trialDays: number
  readonly anchorDay?: number
  readonly isOpen: boolean
  readonly createdAt: string
}

export interface PlanWish {
  readonly name: string
  readonly description?: string
  readonly currency: string
  readonly amount: bigint
  readonly unit: Unit
  readonly every?: number
  readonly trialDays?: number
  /** With months only, 1 to 31. */
  readonly anchorDay?: number
}

/** A shopper's agreement to be charged by a plan. Days are YYYY-MM-DD. */
export interface Subscription {
  readonly id: string
  readonly plan: string
  /** Where the customer agrees; only while it is offered. */
  readonly url?: string
  readonly reference?: string
  readonly shopper?: string
  readonly state: 'offered' | 'incomplete' | 'trialing' | 'active' | 'past-due' | 'paused' | 'cancelled'
  readonly means?: string
  readonly period: number
  readonly periodStart?: string
  /** The day of the next charge. */
  readonly periodEnd?: string
  readonly endsOn?: string
  readonly endReason?: 'shopper' | 'shop' | 'unpaid' | 'never-started'
  /** Added to the next charge; below zero a credit. */
  readonly adjustment: bigint
  readonly createdAt: string
}

export interface SubscriptionCharge {
  readonly period: number
  readonly startsOn: string
  readonly endsOn: string
  readonly amount: bigint
  readonly currency: string
  readonly state: 'open' | 'paid' | 'covered' | 'failed'
  readonly tries: number
  readonly paymentId?: string
}

export interface Plans {
  create(wish: PlanWish, options?: RequestOptions): Promise<Plan>
  retrieve(planId: string): Promise<Plan>
  /** Takes no new subscribers; those who have subscribed go on. */
  close(planId: string, options?: RequestOptions): Promise<Plan>
}

export interface Subscriptions {
  /** Offers a plan to one customer: send them to `url`, where they agree. */
  offer(
    wish: {
      readonly plan: string
      readonly reference?: string
      readonly email?: string
      readonly returnUrl?: string
      readonly locale?: 'ko' | 'en'
    },
    options?: RequestOptions,
  ): Promise<Subscription>
  retrieve(subscriptionId: string): Promise<Subscription>
  /** Newest first, page by page. */
  list(filter?: {
    readonly after?: string
    readonly limit?: number
    readonly state?: Subscription['state']
    readonly plan?: string
    readonly reference?: string
  }): Promise<{ readonly subscriptions: readonly Subscription[]; readonly next: string | null }>
  /** The latest period first. */
  charges(subscriptionId: string): Promise<readonly SubscriptionCharge[]>
  /** With the period that is paid unless you say now. */
  cancel(subscriptionId: string, when?: 'now' | 'period-end', options?: RequestOptions): Promise<Subscription>
  pause(subscriptionId: string, options?: RequestOptions): Promise<Subscription>
  resume(subscriptionId: string, options?: RequestOptions): Promise<Subscription>
  /** Only to one that is not dearer and has the same rhythm; the rest the subscriber does. */
  changePlan(subscriptionId: string, plan: string, options?: RequestOptions): Promise<Subscription>
}

export function createPlans(client: ApiClient): Plans {
  const base = '/api/v1/plans'
  const place = (planId: string, rest = '') => `${base}/${encodeURIComponent(planId)}${rest}`
  return {
    create: (body, options) => client.call({ method: 'POST', path: base, body, read: readPlan, ...options }),
    retrieve: (planId) => client.call({ method: 'GET', path: place(planId), read: readPlan }),
    close: (planId, options) =>
      client.call({ method: 'POST', path: place(planId, '/close'), read: readPlan, ...options }),
  }
}

export function createSubscriptions(client: ApiClient): Subscriptions {
  const base = '/api/v1/subscriptions'
  const place = (id: string, rest = '') => `${base}/${encodeURIComponent(id)}${rest}`
  const read = readSubscription
  return {
    offer: (body, options) => client.call({ method: 'POST', path: base, body, read, ...options }),
    retrieve: (id) => client.call({ method: 'GET', path: place(id), read }),
    list: (filter = {}) => client.call({ method: 'GET', path: base, query: { ...filter }, read: readPage }),
    charges: (id) => client.call({ method: 'GET', path: place(id, '/charges'), read: readCharges }),
    cancel: (id, when = 'period-end', options) =>
      client.call({ method: 'POST', path: place(id, '/cancel'), body: { when }, read, ...options }),
    pause: (id, options) => client.call({ method: 'POST', path: place(id, '/pause'), read, ...options }),
    resume: (id, options) => client.call({ method: 'POST', path: place(id, '/resume'), read, ...options }),
    changePlan: (id, plan, options) =>
      client.call({ method: 'POST', path: place(id, '/plan'), body: { plan }, read, ...options }),
  }
}

function readPlan(value: unknown): Plan {
  const given = readRecord(value)
  readText(given['id'])
  readText(given['url'])
  return { ...(given as unknown as Plan), amount: readAmount(given['amount']) }
}

function readSubscription(value: unknown): Subscription {
  const given = readRecord(value)
  readText(given['id'])
  readText(given['state'])
  const adjustment = given['adjustment']
  if (typeof adjustment !== 'string' || !/^-?(?:0|[1-9][0-9]{0,14})$/.test(adjustment)) {
    throw new UnreadableAnswer('not an adjustment')
  }
  return { ...(given as unknown as Subscription), adjustment: BigInt(adjustment) }
}

function readPage(value: unknown) {
  const given = readRecord(value)
  return {
    subscriptions: readList(given['subscriptions'], readSubscription),
    next: given['next'] === null ? null : readText(given['next']),
  }
}

function readCharges(value: unknown): SubscriptionCharge[] {
  return readList(readRecord(value)['charges'], (one) => {
    const given = readRecord(one)
    return { ...(given as unknown as SubscriptionCharge), amount: readAmount(given['amount']) }
  })
}
