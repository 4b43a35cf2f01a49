import { type Clock, later } from '../clock'
import type { Database } from '../db/database'
import type { Settings } from '../env'
import type { Uuid } from '../ids'
import type { Merchants } from '../merchants/merchants'
import type { ModuleCode, PaymentModule } from '../modules/payment-module'
import type { Payments } from '../payments/payments'
import { type Agreements, createAgreements } from './agreement'
import { createCharging } from './charging'
import { createDeeds, type Owner, type SubscriptionDeeds } from './deeds'
import { createPlans, type Plans } from './plans'
import { createReturnedCharges } from './returned-charges'
import {
  claimSubscriptions,
  findCharges,
  findEvents,
  findSubscription,
  findSubscriptionOf,
  type SubscriptionFilter,
} from './store'
import { type ListedSubscription, listNamed } from './listed'
import type { Charge, Subscription, SubscriptionEvent } from './subscription'

/**
 * Shoppers who have agreed to be charged by a shop's plan, again and again (M-121). Each period is charged at most once,
 * whoever dies on whatever line: what is charged is written down with its payment's identifier before anybody is asked.
 */
export interface Subscriptions extends Agreements, SubscriptionDeeds {
  readonly plans: Plans
  find(owner: Owner, id: Uuid): Promise<Subscription | undefined>
  /** Newest first. */
  list(owner: Owner, filter: SubscriptionFilter): Promise<ListedSubscription[]>
  /** What was charged, the latest period first. */
  charges(subscription: Pick<Subscription, 'merchantId' | 'id'>, limit: number): Promise<Charge[]>
  /** What happened, the latest first. */
  history(subscription: Pick<Subscription, 'merchantId' | 'id'>, limit: number): Promise<SubscriptionEvent[]>
  /** Takes up what is due: charges, announcements, ends; at most so many. True when there is more. Run by the worker. */
  runDue(limit: number): Promise<boolean>
}

interface Parts {
  readonly database: Database
  readonly clock: Clock
  readonly settings: Pick<Settings, 'FINGERPRINT_KEY' | 'WEB_URL' | 'TIME_ZONE'>
  readonly merchants: Pick<Merchants, 'get'>
  readonly payments: Pick<Payments, 'open' | 'find' | 'cancel'>
  readonly modules: ReadonlyMap<ModuleCode, PaymentModule>
  readonly report: (event: string, detail: Readonly<Record<string, unknown>>) => void
}

// Longer than anything that is asked for one subscription takes.
const LEASE_MS = 2 * 60_000

export function createSubscriptions({
  database,
  clock,
  settings,
  merchants,
  payments,
  modules,
  report,
}: Parts): Subscriptions {
  const { prisma, pool } = database
  const zone = settings.TIME_ZONE
  const plans = createPlans({ database, clock, settings, merchants })
  const charging = createCharging({ database, clock, zone, webUrl: settings.WEB_URL, payments, planOf: plans.find })
  const returnedCharges = createReturnedCharges({ database, charging, payments, planOf: plans.find })
  const agreements = createAgreements({ database, clock, zone, merchants, modules, plans, charging })
  const deeds = createDeeds({ database, clock, zone, plans, charging, agreements, payments })

  return {
    plans,
    ...agreements,
    ...deeds,
    find: (owner, id) =>
      'merchantId' in owner
        ? findSubscription(prisma, owner.merchantId, id)
        : findSubscriptionOf(prisma, owner.shopperId, id),
    list: (owner, filter) => listNamed(prisma, owner, filter),
    charges: ({ merchantId, id }, limit) => findCharges(prisma, merchantId, id, limit),
    history: ({ merchantId, id }, limit) => findEvents(prisma, merchantId, id, limit),

    async runDue(limit) {
      await returnedCharges.takeUp(limit)
      const now = clock.now()
      const claimed = await claimSubscriptions(pool, { now, leasedUntil: later(now, LEASE_MS), limit })
      await Promise.all(
        claimed.map(({ merchantId, id }) =>
          charging.carryOn(merchantId, id).catch((error: unknown) => {
            // The lease runs out and it comes again; the others are not delayed by it (P3.5).
            report('subscription-stuck', { merchantId, subscriptionId: id, error: String(error) })
          }),
        ),
      )
      return claimed.length === limit
    },
  }
}
