import type { Database } from '../db/database'
import type { Uuid } from '../ids'
import { invariant } from '../invariant'
import type { Merchant } from '../merchants/merchant'
import type { Plan } from './plan'
import { findPlansOf, findSubscriptions, type SubscriptionFilter } from './store'
import type { Subscription } from './subscription'

/** A subscription in a list, with the names that people know it by. */
export interface ListedSubscription extends Subscription {
  readonly plan: Pick<Plan, 'name' | 'amount' | 'currency' | 'unit' | 'every'>
  readonly shop: Pick<Merchant, 'name' | 'nameEn'>
  /** Whoever subscribed; absent where nobody has yet. */
  readonly subscriber?: string
}

/** A page of subscriptions in four queries, however long it is. */
export async function listNamed(
  prisma: Database['prisma'],
  owner: { merchantId: Uuid } | { shopperId: Uuid },
  filter: SubscriptionFilter,
): Promise<ListedSubscription[]> {
  const found = await findSubscriptions(prisma, owner, filter)
  const shopperIds = found.flatMap(({ shopperId }) => shopperId ?? [])
  const [plans, shops, people] = await Promise.all([
    findPlansOf(
      prisma,
      found.map(({ planId }) => planId),
    ),
    prisma.merchant.findMany({
      where: { id: { in: found.map(({ merchantId }) => merchantId) } },
      select: { id: true, name: true, nameEn: true },
    }),
    prisma.person.findMany({ where: { id: { in: shopperIds } }, select: { id: true, name: true } }),
  ])
  const planOf = new Map(plans.map((plan) => [`${plan.merchantId} ${plan.id}`, plan]))
  const shopOf = new Map(shops.map((shop) => [shop.id, shop]))
  const nameOf = new Map(people.map(({ id, name }) => [id, name]))
  return found.map((subscription) => {
    const { merchantId, planId, shopperId } = subscription
    const plan = planOf.get(`${merchantId} ${planId}`)
    const shop = shopOf.get(merchantId)
    invariant(plan && shop, 'a subscription is to a plan of a shop')
    const subscriber = shopperId && nameOf.get(shopperId)
    return { ...subscription, plan, shop, ...(subscriber && { subscriber }) }
  })
}
