import { getLocale, getMessages, getTranslations } from 'next-intl/server'
import { runningGateway } from '@/app/_glue/gateway'
import { formatDateTime, formatMoney } from '@/components/i18n/format'
import { Panel, PanelHeader } from '@/components/ui/panel'
import { Table, TableCell, TableHead, TableRow } from '@/components/ui/table'
import type { AuditEvent } from '@/lib/audit/audit'
import type { Uuid } from '@/lib/ids'
import { isCurrency } from '@/lib/money/currency'
import { parseMinorUnits } from '@/lib/money/money'

const SHOWN = 20

/** What was done with a shopper's permissions, refusals too, from the audit trail. */
export async function GrantTrail({ shopperId }: { shopperId: Uuid }) {
  const [gateway, locale, t, messages] = await Promise.all([
    runningGateway(),
    getLocale(),
    getTranslations('account.grants'),
    getMessages(),
  ])
  const { deeds, outcomes } = messages.account.grants
  const textOf = (texts: Readonly<Record<string, string>>, name: string) =>
    Object.hasOwn(texts, name) ? texts[name] : undefined
  const events = (await gateway.audit.list(shopperId, { limit: SHOWN })).filter(({ action }) => textOf(deeds, action))
  if (events.length === 0) return null
  return (
    <Panel>
      <PanelHeader title={t('trail')} description={t('trailText')} />
      <Table aria-label={t('trail')}>
        <thead>
          <tr>
            <TableHead>{t('when')}</TableHead>
            <TableHead>{t('deed')}</TableHead>
            <TableHead>{t('outcome')}</TableHead>
          </tr>
        </thead>
        <tbody>
          {events.map((event) => (
            <TableRow key={event.id}>
              <TableCell className="figures whitespace-nowrap text-ink-soft">
                {formatDateTime(event.at, locale)}
              </TableCell>
              <TableCell className="min-w-40">
                {textOf(deeds, event.action)}
                <span className="figures block text-xs text-ink-faint">
                  {[event.actor.kind === 'api-key' ? event.actor.name : '', amountOf(event, locale)]
                    .filter(Boolean)
                    .join(' · ')}
                </span>
              </TableCell>
              <TableCell>{textOf(outcomes, event.outcome)}</TableCell>
            </TableRow>
          ))}
        </tbody>
      </Table>
    </Panel>
  )
}

function amountOf({ detail = {} }: AuditEvent, locale: string): string {
  const amount = parseMinorUnits(detail['amount'] ?? detail['most'] ?? '')
  const currency = detail['currency'] ?? ''
  return amount !== undefined && isCurrency(currency) ? formatMoney(amount, currency, locale) : ''
}
