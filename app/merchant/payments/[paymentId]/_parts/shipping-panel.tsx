import { getTranslations } from 'next-intl/server'
import type { Desk } from '@/app/_glue/desk'
import { ShippingTimeline } from '@/app/_glue/shipping-timeline'
import { Panel, PanelHeader } from '@/components/ui/panel'
import type { Payment } from '@/lib/payments/payment'

/** What the shop has said of the order on its way; nothing where it has said nothing. */
export async function ShippingPanel({ desk: { gateway, locale }, payment }: { desk: Desk; payment: Payment }) {
  const [t, facts] = await Promise.all([
    getTranslations('address.purchase'),
    gateway.orderFacts.list(payment.merchantId, payment.id),
  ])
  if (facts.length === 0) return null
  return (
    <Panel>
      <PanelHeader title={t('shipping')} />
      <ShippingTimeline {...{ facts, locale }} />
    </Panel>
  )
}
