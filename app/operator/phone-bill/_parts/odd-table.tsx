import { getTranslations } from 'next-intl/server'
import type { SystemDesk } from '@/app/_glue/system'
import { formatMoney } from '@/components/i18n/format'
import { Badge } from '@/components/ui/badge'
import { Pager } from '@/components/ui/pager'
import { Panel, PanelHeader } from '@/components/ui/panel'
import { FigureCell, Table, TableCell, TableHead, TableRow } from '@/components/ui/table'
import type { OddLine } from '@/lib/billing/collection-store'
import { isCurrency } from '@/lib/money/currency'

const OUTCOMES = ['unknown', 'differs', 'contradicts'] as const

interface Props {
  readonly desk: SystemDesk
  readonly lines: readonly OddLine[]
  /** The page with those after these; absent where there are none. */
  readonly nextHref?: string
}

/** Lines of collection results that say something our books do not: listed, never dropped (P7.4). */
export async function OddTable({ desk, lines, nextHref }: Props) {
  const t = await getTranslations('operator.phoneBill')
  // A centre's files are in one currency, which is not written on their lines.
  const money = ({ centre, amount }: OddLine) => {
    const currency = desk.gateway.settings.BILLING_CENTRES.find(({ code }) => code === centre)?.currency
    return currency && isCurrency(currency) ? formatMoney(amount, currency, desk.locale) : amount.toString()
  }
  return (
    <Panel>
      <PanelHeader title={t('odd')} description={lines.length === 0 ? t('oddNone') : t('oddText')} />
      {lines.length === 0 ? null : (
        <Table aria-label={t('odd')}>
          <thead>
            <tr>
              <TableHead>{t('file')}</TableHead>
              <TableHead>TID</TableHead>
              <TableHead className="text-right">{t('amount')}</TableHead>
              <TableHead>{t('reason')}</TableHead>
            </tr>
          </thead>
          <tbody>
            {lines.map((odd) => {
              const outcome = OUTCOMES.find((known) => known === odd.outcome)
              return (
                <TableRow key={`${odd.name} ${odd.line}`}>
                  <TableCell className="figures whitespace-nowrap">
                    {odd.name}, {odd.line}
                  </TableCell>
                  <TableCell className="font-mono text-xs">{odd.tid}</TableCell>
                  <FigureCell>{money(odd)}</FigureCell>
                  <TableCell>
                    <Badge tone="warn">{outcome ? t(`outcome.${outcome}`) : odd.outcome}</Badge>
                  </TableCell>
                </TableRow>
              )
            })}
          </tbody>
        </Table>
      )}
      <Pager label={t('oddOlder')} {...(nextHref && { nextHref })} />
    </Panel>
  )
}
