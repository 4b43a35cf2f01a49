import { getTranslations } from 'next-intl/server'
import { ShippingTimeline } from '@/app/_glue/shipping-timeline'
import { Fact, Facts } from '@/components/ui/facts'
import { Panel, PanelHeader } from '@/components/ui/panel'
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
      {facts.length > 0 ? <ShippingTimeline {...{ facts, locale }} /> : null}
    </Panel>
  )
}
