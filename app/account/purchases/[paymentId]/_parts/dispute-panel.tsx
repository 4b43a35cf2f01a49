import { getTranslations } from 'next-intl/server'
import { stateTones } from '@/app/_glue/disputes/state-look'
import { runningGateway } from '@/app/_glue/gateway'
import { Badge } from '@/components/ui/badge'
import { ButtonLink } from '@/components/ui/button-link'
import { Panel, PanelHeader } from '@/components/ui/panel'
import type { Payment } from '@/lib/payments/payment'

/** The way to a dispute over a purchase, or to the one there is; nothing where nothing can be claimed. */
export async function DisputePanel({ payment, paymentId }: { payment: Payment; paymentId: string }) {
  const [t, gateway] = await Promise.all([getTranslations('disputes'), runningGateway()])
  const [latest] = await gateway.disputes.listOfPayment(payment.merchantId, payment.id)
  if (!latest && 'refused' in gateway.disputes.claims.claimable(payment)) return null
  return (
    <Panel className="print:hidden">
      <PanelHeader
        title={latest ? t('one') : t('shopper.panel')}
        actions={latest ? <Badge tone={stateTones[latest.state]}>{t(`state.${latest.state}`)}</Badge> : null}
      />
      {latest ? null : <p className="mb-3 text-sm text-ink-soft">{t('shopper.panelText')}</p>}
      <ButtonLink href={`/account/purchases/${paymentId}/dispute`}>
        {latest ? t('shopper.see') : t('shopper.begin')}
      </ButtonLink>
    </Panel>
  )
}
