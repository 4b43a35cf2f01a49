import { getTranslations } from 'next-intl/server'
import { formatDateTime } from '@/components/i18n/format'
import { Timeline } from '@/components/ui/timeline'
import type { OrderFact } from '@/lib/pipeline/order-fact-store'

/** What the shop says of an order on its way, the latest first. */
export async function ShippingTimeline({ facts, locale }: { facts: readonly OrderFact[]; locale: 'ko' | 'en' }) {
  const t = await getTranslations('address.purchase')
  return (
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
  )
}
