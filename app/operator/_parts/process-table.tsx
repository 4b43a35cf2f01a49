import { getTranslations } from 'next-intl/server'
import { codeWords } from '@/app/_glue/code-words'
import { formatDateTime, formatPercent } from '@/components/i18n/format'
import { Panel, PanelHeader } from '@/components/ui/panel'
import { FigureCell, Table, TableCell, TableHead, TableRow } from '@/components/ui/table'
import type { ProcessReport } from '@/lib/operations/process-report'
import { formatDuration } from './figures'

const MEGABYTE = 1024n * 1024n

interface Props {
  readonly processes: readonly ProcessReport[]
  readonly locale: 'ko' | 'en'
}

/** What each process uses of the machine (M-33). */
export async function ProcessTable({ processes, locale }: Props) {
  const [t, words] = await Promise.all([getTranslations('operator.board.processes'), codeWords()])
  return (
    <Panel>
      <PanelHeader title={t('title')} description={processes.length === 0 ? t('none') : undefined} />
      {processes.length === 0 ? null : (
        <Table aria-label={t('title')}>
          <thead>
            <tr>
              <TableHead>{t('process')}</TableHead>
              <TableHead className="text-right">{t('cpu')}</TableHead>
              <TableHead className="text-right">{t('memory')}</TableHead>
              <TableHead className="text-right">{t('loop')}</TableHead>
              <TableHead className="text-right">{t('pool')}</TableHead>
              <TableHead>{t('since')}</TableHead>
            </tr>
          </thead>
          <tbody>
            {processes.map((report) => {
              const { pool } = report
              return (
                <TableRow key={report.instance}>
                  <TableCell className="whitespace-nowrap">
                    <span className="font-medium">{words('process', report.process) ?? report.process}</span>
                    <span className="block text-xs text-ink-faint">{report.instance}</span>
                  </TableCell>
                  <FigureCell>{formatPercent(report.cpu, locale, 0)}</FigureCell>
                  <FigureCell>{`${report.rssBytes / MEGABYTE} MB`}</FigureCell>
                  <FigureCell>{formatDuration(report.loopP99Ms, locale)}</FigureCell>
                  <FigureCell>
                    {t('poolValue', { busy: pool.open - pool.idle, most: pool.most })}
                    {pool.waiting > 0 ? (
                      <span className="block text-xs text-warn">{t('waiting', { count: pool.waiting })}</span>
                    ) : null}
                  </FigureCell>
                  <TableCell className="figures whitespace-nowrap text-ink-soft">
                    {formatDateTime(report.startedAt, locale)}
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
