import { getTranslations } from 'next-intl/server'
import type { ReactNode } from 'react'
import { formatMoney } from '@/components/i18n/format'
import { Panel, PanelHeader } from '@/components/ui/panel'
import { FigureCell, Table, TableCell, TableHead, TableRow } from '@/components/ui/table'
import type { OddGiroLine } from '@/lib/giro/file-store'

interface Props {
  readonly odd: readonly OddGiroLine[]
  readonly locale: 'ko' | 'en'
  /** The way to the lines after these. */
  readonly children: ReactNode
}

/** Lines of the banks' credit advices that were no new credits. */
export async function OddTable({ odd, locale, children }: Props) {
  const t = await getTranslations('operator.giro')
  if (odd.length === 0) return null
  return (
    <Panel className="mt-6">
      <PanelHeader title={t('odd')} description={t('oddText')} />
      <Table aria-label={t('odd')}>
        <thead>
          <tr>
            <TableHead>{t('file')}</TableHead>
            <TableHead>{t('bankRef')}</TableHead>
            <TableHead>{t('why')}</TableHead>
            <TableHead className="text-right">{t('amount')}</TableHead>
          </tr>
        </thead>
        <tbody>
          {odd.map((line) => (
            <TableRow key={`${line.name} ${line.line}`}>
              <TableCell className="font-mono text-xs break-all">
                {line.name}, {line.line}
              </TableCell>
              <TableCell className="font-mono text-xs">{line.bankRef}</TableCell>
              <TableCell>{t(`oddWhy.${line.outcome}`)}</TableCell>
              <FigureCell>{formatMoney(line.amount, line.currency, locale)}</FigureCell>
            </TableRow>
          ))}
        </tbody>
      </Table>
      {children}
    </Panel>
  )
}
