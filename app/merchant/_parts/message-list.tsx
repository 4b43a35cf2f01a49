import { RotateCw } from 'lucide-react'
import { getTranslations } from 'next-intl/server'
import Link from 'next/link'
import type { Desk } from '@/app/_glue/desk'
import { codeWords } from '@/app/_glue/code-words'
import { deliveryEnd } from '@/app/_glue/told-outcome'
import { formatDateTime } from '@/components/i18n/format'
import { DeedDialog } from '@/components/merchant/deed-dialog'
import { Badge } from '@/components/ui/badge'
import { Coded } from '@/components/ui/coded'
import { publicId } from '@/lib/ids'
import type { SentMessage } from '@/lib/messages/messages'
import { resendMessage } from '../payments/[paymentId]/actions'
import { deedWords } from './deed-words'
import { topicName } from './topic-names'

const TONES = { sent: 'good', due: 'warn', failed: 'bad' } as const

interface Props {
  readonly desk: Desk
  readonly messages: readonly SentMessage[]
  /** Addresses of the endpoints by their identifiers, as deliveries name them. */
  readonly endpoints: ReadonlyMap<string, string>
  /** Where each leads to its payment; off where all are of one. */
  readonly linksPayments?: boolean
}

/** Messages to shop and shopper, each with every try to deliver it. */
export async function MessageList({ desk, messages, endpoints, linksPayments = false }: Props) {
  const [t, codes, topics] = await Promise.all([
    getTranslations('merchant.messages'),
    codeWords(),
    getTranslations('merchant.endpoints.topic'),
  ])
  const { locale } = desk
  const nameOf = (topic: string) => {
    const name = topicName(topic)
    return name ? topics(name) : codes('topic', topic)
  }
  const words = await deedWords(t('resend'))
  return (
    <ul className="divide-y divide-line">
      {messages.map((message) => {
        const id = publicId('msg', message.id)
        return (
          <li key={id} className="py-3.5 first:pt-0 last:pb-0">
            <div className="flex items-start justify-between gap-x-2">
              <div className="min-w-0">
                <p className="flex flex-wrap items-center gap-2 text-sm font-medium text-ink">
                  {t(`kind.${message.kind}`)}
                  <Coded words={nameOf(message.topic)} code={message.topic} />
                  <Badge tone={TONES[message.state]}>{t(`state.${message.state}`)}</Badge>
                </p>
                <p className="figures mt-0.5 text-xs text-ink-faint">
                  {formatDateTime(message.createdAt, locale)}
                  {message.dueAt ? ` · ${t('next', { at: formatDateTime(message.dueAt, locale) })}` : null}
                  {linksPayments && message.paymentId ? (
                    <>
                      {' · '}
                      <Link
                        className="font-medium text-accent underline"
                        href={`/merchant/payments/${publicId('pay', message.paymentId)}`}
                      >
                        {t('payment')}
                      </Link>
                    </>
                  ) : null}
                </p>
              </div>
              {desk.may('message.resend') ? (
                <DeedDialog
                  icon={<RotateCw aria-hidden />}
                  trigger={t('resend')}
                  triggerLook={{ kind: 'quiet', size: 'small' }}
                  title={t('resendTitle')}
                  description={t('resendText')}
                  words={words}
                  deed={resendMessage.bind(null, id)}
                />
              ) : null}
            </div>
            <Deliveries {...{ message, endpoints, locale, label: t('tries') }} />
          </li>
        )
      })}
    </ul>
  )
}

interface DeliveriesProps {
  readonly message: Pick<SentMessage, 'kind' | 'deliveries'>
  readonly endpoints: ReadonlyMap<string, string>
  readonly locale: 'ko' | 'en'
  readonly label: string
}

async function Deliveries({ message: { kind, deliveries }, endpoints, locale, label }: DeliveriesProps) {
  const [t, words] = await Promise.all([getTranslations('merchant.messages'), codeWords()])
  if (deliveries.length === 0) return null
  return (
    <details className="mt-2 text-sm">
      <summary className="w-fit rounded-sm text-ink-soft hover:text-ink">
        {label} {deliveries.length}
      </summary>
      <ul className="mt-2 flex flex-col gap-2 border-l-2 border-line pl-3">
        {deliveries.map((delivery) => {
          const end = deliveryEnd(delivery, kind)
          const why = end.table && end.why && (words(end.table, end.why) ?? words('delivery.why', 'other'))
          const code = [delivery.status, delivery.error].filter((told) => told !== undefined).join(' ')
          return (
            <li key={`${delivery.try} ${delivery.target}`} className="flex flex-wrap items-baseline gap-x-3 gap-y-0.5">
              <Badge tone={end.kind === 'taken' ? 'good' : 'bad'}>{words('delivery', end.kind)}</Badge>
              <span className="min-w-0 break-all text-ink-soft">
                {endpoints.get(delivery.target) ?? delivery.target}
              </span>
              <span className="figures text-xs text-ink-faint">
                {formatDateTime(delivery.at, locale)} · {t('took', { ms: delivery.durationMs })}
              </span>
              <Coded className="basis-full text-xs" words={why} code={code} />
            </li>
          )
        })}
      </ul>
    </details>
  )
}
