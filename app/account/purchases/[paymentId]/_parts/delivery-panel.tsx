import { getTranslations } from 'next-intl/server'
import { formatDateTime } from '@/components/i18n/format'
import { Fact, Facts } from '@/components/ui/facts'
import { Panel, PanelHeader } from '@/components/ui/panel'
import { Timeline } from '@/components/ui/timeline'
import { addressLines } from '@/lib/addresses/address'
import type { Gateway } from '@/lib/gateway'
import type { Payment } from '@/lib/payments/payment'

interface Props {
  readonly gateway: Gateway
  readonly payment: Payment
  readonly locale: 'ko' | 'en'
}

/** What the shop says of the order on its way, and where it goes; nothing where there is neither. */
export async function DeliveryPanel({ gateway, payment, locale }: Props) {
  const [t, facts, given] = await Promise.all([
    getTranslations('address.purchase'),
    gateway.orderFacts.list(payment.merchantId, payment.id),
    payment.plan?.address ? gateway.addresses.given(payment.merchantId, payment.id) : undefined,
  ])
  if (facts.length === 0 && !given) return null
  return (
    <Panel className="print:hidden">
      <PanelHeader title={t('shipping')} />
      {given ? (
        <Facts className="mb-4">
          <Fact name={t('to')}>{[given.address.recipient, ...addressLines(given.address)].join(' · ')}</Fact>
        </Facts>
      ) : null}
      {facts.length > 0 ? (
        <Timeline
          label={t('shipping')}
          entries={facts.toReversed().map((fact) => ({
            id: fact.id,
            title: t(fact.kind),
            at: formatDateTime(fact.at, locale),
            tone: fact.kind === 'delivered' ? 'good' : 'neutral',
            detail: (
              <>
                {[fact.carrier, fact.trackingNumber, fact.note].filter(Boolean).join(' · ')}
                {fact.trackingUrl ? (
                  <a
                    href={fact.trackingUrl}
                    rel="noreferrer noopener"
                    target="_blank"
                    className="ml-2 rounded-sm text-accent-strong underline"
                  >
                    {t('track')}
                  </a>
                ) : null}
              </>
            ),
          }))}
        />
      ) : null}
    </Panel>
  )
}
