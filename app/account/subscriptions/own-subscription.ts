import 'server-only'
import { notFound } from 'next/navigation'
import { runningGateway } from '@/app/_glue/gateway'
import { requirePerson } from '@/app/_glue/session'
import { readPublicId } from '@/lib/ids'

/** One of the shopper's own subscriptions with its plan; another's is answered exactly as one that does not exist. */
export async function requireOwnSubscription(id: string) {
  const [person, gateway] = await Promise.all([requirePerson(`/account/subscriptions/${id}`), runningGateway()])
  const subscriptionId = readPublicId('sub', id)
  const subscription = subscriptionId && (await gateway.subscriptions.find({ shopperId: person.id }, subscriptionId))
  const plan = subscription && (await gateway.subscriptions.plans.find(subscription.merchantId, subscription.planId))
  if (!subscription || !plan) notFound()
  return { person, gateway, subscription, plan }
}
