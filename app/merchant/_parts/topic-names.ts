import { type WebhookTopic, webhookTopics } from '@/lib/messages/message'

/** A topic's name among the texts, which are found by a path of points: the topics' own points are left out. */
export const TOPIC_NAMES = {
  'payment.paid': 'paid',
  'payment.failed': 'failed',
  'payment.authorized': 'authorized',
  'payment.awaiting': 'awaiting',
  'payment.returned': 'returned',
  'refund.finished': 'refundFinished',
  'payment.approval-needed': 'approvalNeeded',
  'order.shipped': 'shipped',
  'order.delivered': 'delivered',
  'payout.ordered': 'payoutOrdered',
  'payout.paid': 'payoutPaid',
  'payout.rejected': 'payoutRejected',
  'subscription.started': 'subscriptionStarted',
  'subscription.upcoming': 'subscriptionUpcoming',
  'subscription.renewed': 'subscriptionRenewed',
  'subscription.past-due': 'subscriptionPastDue',
  'subscription.changed': 'subscriptionChanged',
  'subscription.ended': 'subscriptionEnded',
  'dispute.opened': 'disputeOpened',
  'dispute.answered': 'disputeAnswered',
  'dispute.unanswered': 'disputeUnanswered',
  'dispute.decided': 'disputeDecided',
  'dispute.withdrawn': 'disputeWithdrawn',
  'dispute.expired': 'disputeExpired',
  'refund-request.opened': 'refundRequested',
  'refund-request.closed': 'refundRequestClosed',
} as const satisfies Record<WebhookTopic, string>

/** The name of what may be a webhook's topic. */
export const topicName = (topic: string) => {
  const known = webhookTopics.find((each) => each === topic)
  return known && TOPIC_NAMES[known]
}
