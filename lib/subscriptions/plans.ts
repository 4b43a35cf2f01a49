import type { Clock } from '../clock'
import type { Database } from '../db/database'
import type { Settings } from '../env'
import { type Uuid, uuidAt } from '../ids'
import type { Merchants } from '../merchants/merchants'
import { LARGEST_AMOUNT } from '../money/money'
import { createLinkTokens } from '../payment-links/link-token'
import type { Plan } from './plan'
import { closePlan, findPlan, findPlans, findSubscription, insertPlan, type StoredPlan } from './store'
import type { Subscription } from './subscription'

export interface NewPlan extends Pick<
  Plan,
  'merchantId' | 'name' | 'description' | 'currency' | 'amount' | 'unit' | 'every' | 'anchorDay' | 'createdBy'
> {
  readonly id?: Uuid
  readonly trialDays?: number
}

export type PlanFault = 'currency' | 'amount' | 'every' | 'trial' | 'anchor'

/** What an address names: a plan, or a plan offered to one customer of the shop. */
export interface Followed {
  readonly plan: Plan
  readonly offer?: Subscription
}

/** What shops charge again and again. */
export interface Plans {
  create(plan: NewPlan): Promise<{ kind: 'created'; plan: Plan } | { kind: 'refused'; reason: PlanFault }>
  find(merchantId: Uuid, id: Uuid): Promise<Plan | undefined>
  /** Newest first. */
  list(merchantId: Uuid, page: { isOpen?: boolean; before?: Uuid; limit: number }): Promise<Plan[]>
  /** Nobody new may subscribe; who has goes on. */
  close(merchantId: Uuid, id: Uuid): Promise<boolean>
  /** What an address names; undefined when it was changed on its way, or names nothing. */
  follow(token: string): Promise<Followed | undefined>
  /** The address of an offer. */
  offerUrl(offer: Pick<Subscription, 'merchantId' | 'id' | 'planId'>): string
}

interface Parts {
  readonly database: Database
  readonly clock: Clock
  readonly settings: Pick<Settings, 'FINGERPRINT_KEY' | 'WEB_URL'>
  readonly merchants: Pick<Merchants, 'get'>
}

export function createPlans({ database: { prisma }, clock, settings, merchants }: Parts): Plans {
  const planTokens = createLinkTokens(settings.FINGERPRINT_KEY, 'subscription-plan')
  const offerTokens = createLinkTokens(settings.FINGERPRINT_KEY, 'subscription-offer')
  const addressOf = (token: string) => `${settings.WEB_URL.replace(/\/$/, '')}/subscribe/${token}`
  const shown = (plan: StoredPlan): Plan => ({ ...plan, url: addressOf(planTokens.write(plan, termsOf(plan))) })

  async function faultOf({ merchantId, currency, amount, ...plan }: NewPlan): Promise<PlanFault | undefined> {
    const merchant = await merchants.get(merchantId)
    const { unit, every, trialDays = 0, anchorDay } = plan
    if (!merchant?.currencies.includes(currency)) return 'currency'
    if (amount <= 0n || amount > LARGEST_AMOUNT) return 'amount'
    if (!isWithin(every, 1, 365)) return 'every'
    if (!isWithin(trialDays, 0, 730)) return 'trial'
    return anchorDay !== undefined && (unit !== 'month' || !isWithin(anchorDay, 1, 31)) ? 'anchor' : undefined
  }

  async function find(merchantId: Uuid, id: Uuid): Promise<Plan | undefined> {
    const plan = await findPlan(prisma, merchantId, id)
    return plan && shown(plan)
  }

  return {
    async create(wanted) {
      const reason = await faultOf(wanted)
      if (reason) return { kind: 'refused', reason }
      const createdAt = clock.now()
      const plan: StoredPlan = { trialDays: 0, ...wanted, id: wanted.id ?? uuidAt(createdAt), createdAt }
      await insertPlan(prisma, plan)
      return { kind: 'created', plan: shown(plan) }
    },
    find,
    list: async (merchantId, page) => (await findPlans(prisma, merchantId, page)).map(shown),
    close: (merchantId, id) => closePlan(prisma, merchantId, id, clock.now()),

    async follow(token) {
      const subject = planTokens.read(token)
      if (!subject) return undefined
      const plan = await find(subject.merchantId, subject.id)
      if (plan) return planTokens.isGenuine(token, plan, termsOf(plan)) ? { plan } : undefined
      const offer = await findSubscription(prisma, subject.merchantId, subject.id)
      const offered = offer && (await find(offer.merchantId, offer.planId))
      return offered && offerTokens.isGenuine(token, offer, offer.planId) ? { plan: offered, offer } : undefined
    },
    offerUrl: (offer) => addressOf(offerTokens.write(offer, offer.planId)),
  }
}

function isWithin(value: number, least: number, most: number): boolean {
  return Number.isInteger(value) && value >= least && value <= most
}

function termsOf({ name, currency, amount, unit, every, trialDays, anchorDay }: StoredPlan): string {
  return JSON.stringify([name, currency, String(amount), unit, every, trialDays, anchorDay ?? null])
}
