import { getTranslations } from 'next-intl/server'
import type { Desk } from '@/app/_glue/desk'
import { EvidenceList } from '@/app/merchant/payments/[paymentId]/_parts/evidence-list'
import { Panel, PanelHeader } from '@/components/ui/panel'
import type { Dispute } from '@/lib/disputes/dispute'
import { publicId } from '@/lib/ids'
import { DisputeFacts } from './dispute-facts'
import { DisputeStory } from './dispute-story'

/** What is to be known of a dispute at a desk: what it is about, what was said, and the signed records in its file. */
export async function DisputePanels({ desk, dispute }: { desk: Desk; dispute: Dispute }) {
  const { gateway, merchant, locale } = desk
  const [t, history, file, evidence] = await Promise.all([
    getTranslations('disputes'),
    gateway.disputes.history(merchant.id, dispute.id),
    gateway.disputes.file(merchant.id, dispute.id),
    gateway.evidence.list(merchant.id, dispute.paymentId),
  ])
  const payment = publicId('pay', dispute.paymentId)
  const base = desk.may('portal.see') ? '/merchant/payments' : '/counselor'
  return (
    <>
      <Panel>
        <PanelHeader title={t('one')} />
        <DisputeFacts dispute={dispute} locale={locale} paymentHref={`${base}/${payment}`} />
      </Panel>
      <Panel>
        <PanelHeader title={t('timeline')} />
        <DisputeStory dispute={dispute} history={history} locale={locale} namesPeople />
      </Panel>
      {desk.may('evidence.see') ? (
        <Panel>
          <p className="mb-2 text-xs font-semibold text-ink-faint">{t('file')}</p>
          <EvidenceList
            evidence={evidence.filter(({ id }) => file.includes(id))}
            locale={locale}
            file={`/merchant/payments/${payment}/evidence`}
          />
        </Panel>
      ) : null}
    </>
  )
}
