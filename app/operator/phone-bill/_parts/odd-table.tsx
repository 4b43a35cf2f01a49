import { getTranslations } from 'next-intl/server'
import { Badge } from '@/components/ui/badge'
import { Panel, PanelHeader } from '@/components/ui/panel'
import { FigureCell, Table, TableCell, TableHead, TableRow } from '@/components/ui/table'
import type { OddLine } from '@/lib/billing/collection-store'

const OUTCOMES = ['unknown', 'differs', 'contradicts'] as const

/** Lines of collection results that say something our books do not: listed, never dropped (P7.4). */
export async function OddTable({ lines }: { lines: readonly OddLine[] }) {
  const t = await getTranslations('operator.phoneBill')
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
                  <FigureCell>{odd.amount.toString()}</FigureCell>
                  <TableCell>
                    <Badge tone="warn">{outcome ? t(`outcome.${outcome}`) : odd.outcome}</Badge>
                  </TableCell>
                </TableRow>
              )
            })}
          </tbody>
        </Table>
      )}
    </Panel>
  )
}
