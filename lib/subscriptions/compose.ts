import { publicId, uuidAt } from '../ids'
import type { OutgoingMessage, WebhookTopic } from '../messages/message'
import type { SubscriptionMail, SubscriptionMailTopic } from '../messages/subscription-mail'
import type { Plan } from './plan'
import type { Charge, Subscription } from './subscription'

/** What shop and shopper are told of a subscription; written in the transaction that records the fact. */
export interface SubscriptionNews {
  readonly webhook: WebhookTopic
  readonly charge?: Pick<Charge, 'period' | 'amount' | 'paymentId'>
  readonly mail?: { readonly topic: SubscriptionMailTopic } & Pick<SubscriptionMail, 'on' | 'due' | 'reason' | 'why'>
}

/** A subscription as webhooks and the API show it. */
function subscriptionData(subscription: Subscription, plan: Plan): Record<string, unknown> {
  const { period, periodStart, periodEnd, endsOn, endReason, reference, shopperId, means } = subscription
  return {
    id: publicId('sub', subscription.id),
    plan: publicId('pln', plan.id),
    planName: plan.name,
    amount: plan.amount.toString(),
    currency: plan.currency,
    unit: plan.unit,
    every: plan.every,
    state: subscription.state,
    period,
    ...(reference !== undefined && { reference }),
    ...(shopperId !== undefined && { shopper: publicId('per', shopperId) }),
    ...(means && { means: means.module }),
    ...(periodStart !== undefined && { periodStart }),
    ...(periodEnd !== undefined && { periodEnd }),
    ...(endsOn !== undefined && { endsOn }),
    ...(endReason !== undefined && { endReason }),
    createdAt: subscription.createdAt.toISOString(),
  }
}

/** @param webUrl where My Moa is */
export function composeSubscriptionMessages(
  { webhook, charge, mail }: SubscriptionNews,
  subscription: Subscription,
  plan: Plan,
  { at, webUrl }: { at: Date; webUrl: string },
): OutgoingMessage[] {
  const data = {
    subscription: subscriptionData(subscription, plan),
    ...(charge && {
      charge: {
        period: charge.period,
        amount: charge.amount.toString(),
        ...(charge.paymentId && { payment: publicId('pay', charge.paymentId) }),
      },
    }),
  }
  const messages: OutgoingMessage[] = [
    {
      ...{ id: uuidAt(at), at, kind: 'webhook', topic: webhook },
      payload: { type: webhook, timestamp: at.toISOString(), data },
    },
  ]
  const { email, shopperId, locale } = subscription
  if (mail && (email ?? shopperId)) {
    const { topic, ...facts } = mail
    const { name: planName, amount, currency, unit, every } = plan
    messages.push({
      ...{ id: uuidAt(at), at, kind: 'email', topic },
      payload: {
        ...(email && { to: email }),
        ...(shopperId && { shopperId }),
        ...{ locale, planName, amount: amount.toString(), currency, unit, every, ...facts },
        url: `${webUrl.replace(/\/$/, '')}/account/subscriptions/${publicId('sub', subscription.id)}`,
      },
    })
  }
  return messages
}
