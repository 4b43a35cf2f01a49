import { getTranslations } from 'next-intl/server'
import { formatDateTime } from '@/components/i18n/format'
import { Fact, Facts } from '@/components/ui/facts'
import { Panel, PanelHeader } from '@/components/ui/panel'
import type { Depth } from '@/lib/operations/queue-store'

const KINDS = ['webhook', 'email', 'sms'] as const

/** Messages to shops and people whose time has come. */
export async function OutboxList({ outbox, locale }: { outbox: readonly Depth[]; locale: 'ko' | 'en' }) {
  const t = await getTranslations('operator.board.outbox')
  const lines = KINDS.flatMap((kind) => outbox.filter((one) => one.kind === kind).map((one) => ({ ...one, kind })))
  return (
    <Panel>
      <PanelHeader title={t('title')} description={lines.length === 0 ? t('none') : undefined} />
      <Facts>
        {lines.map(({ kind, count, oldestDueAt }) => (
          <Fact key={kind} name={t(`kind.${kind}`)}>
            {t('line', { count, at: oldestDueAt ? formatDateTime(oldestDueAt, locale) : '' })}
          </Fact>
        ))}
      </Facts>
    </Panel>
  )
}
