import { getTranslations } from 'next-intl/server'
import { formatDateTime } from '@/components/i18n/format'
import { Badge, type Tone } from '@/components/ui/badge'
import { Panel, PanelHeader } from '@/components/ui/panel'
import type { Desk } from '@/app/_glue/desk'
import type { ApprovalState } from '@/lib/flows/approval-store'
import type { Payment } from '@/lib/payments/payment'

const TONES: Record<ApprovalState, Tone> = { waiting: 'warn', approved: 'good', refused: 'bad', closed: 'neutral' }

/** Who of the shop has agreed to a payment that needs it, or not, and in which words; nothing where nobody is asked. */
export async function ApprovalPanel({ desk, payment }: { desk: Desk; payment: Payment }) {
  const { gateway, locale } = desk
  const [t, approval] = await Promise.all([
    getTranslations('flow.approvals'),
    gateway.approvals.find(payment.merchantId, payment.id),
  ])
  if (!approval) return null
  const given = approval.votes.filter(({ verdict }) => verdict === 'approve').length
  return (
    <Panel>
      <PanelHeader
        title={t('title')}
        description={t('given', { given, needed: approval.needed })}
        actions={<Badge tone={TONES[approval.state]}>{t(`states.${approval.state}`)}</Badge>}
      />
      {approval.votes.length > 0 ? (
        <ul className="flex flex-col gap-2 text-sm text-ink-soft">
          {approval.votes.map(({ personId, personName, verdict, words, at }) => (
            <li key={personId}>
              {t(`said.${verdict}`, { name: personName })}
              {words ? ` “${words}”` : null}
              <span className="block text-ink-faint">{formatDateTime(at, locale)}</span>
            </li>
          ))}
        </ul>
      ) : null}
    </Panel>
  )
}
