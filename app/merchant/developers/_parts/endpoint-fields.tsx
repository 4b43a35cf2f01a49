import { getTranslations } from 'next-intl/server'
import { Checkbox } from '@/components/ui/checkbox'
import { Field, fieldControl } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import type { Endpoint } from '@/lib/merchants/merchant'
import { type WebhookTopic, webhookTopics } from '@/lib/messages/message'

// Texts are found by a path of points, so the topics' own points are left out.
const TOPIC_NAMES = {
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

/** Address and topics of a webhook endpoint. */
export async function EndpointFields({ id, endpoint }: { id: string; endpoint?: Endpoint }) {
  const t = await getTranslations('merchant.endpoints')
  const field = `endpoint-url-${id}`
  const hint = t('urlHint')
  return (
    <>
      <Field id={field} label={t('url')} hint={hint}>
        <Input
          {...fieldControl(field, { hint })}
          name="url"
          type="url"
          inputMode="url"
          required
          maxLength={500}
          autoComplete="off"
          placeholder="https://"
          defaultValue={endpoint?.url}
        />
      </Field>
      <fieldset className="flex flex-col gap-3">
        <legend className="mb-1.5 text-sm font-medium text-ink">{t('topics')}</legend>
        {webhookTopics.map((topic) => (
          <Checkbox
            key={topic}
            name="topic"
            value={topic}
            defaultChecked={!endpoint || endpoint.topics.length === 0 || endpoint.topics.includes(topic)}
            label={t(`topic.${TOPIC_NAMES[topic]}`)}
            description={<span className="font-mono text-xs">{topic}</span>}
          />
        ))}
      </fieldset>
    </>
  )
}
