import { getTranslations } from 'next-intl/server'
import { formatDateTime, formatMoney } from '@/components/i18n/format'
import { Badge, type Tone } from '@/components/ui/badge'
import { ExportLink } from '@/components/ui/export-link'
import { Panel, PanelHeader } from '@/components/ui/panel'
import { FigureCell, Table, TableCell, TableHead, TableRow } from '@/components/ui/table'
import { isCurrency } from '@/lib/money/currency'
import type { FileLine } from '@/lib/operations/board-store'

const STATES = ['claimed', 'written', 'sent', 'accepted', 'rejected', 'corrected'] as const
const TONES: Readonly<Record<(typeof STATES)[number], Tone>> = {
  claimed: 'info',
  written: 'info',
  sent: 'info',
  accepted: 'good',
  rejected: 'bad',
  corrected: 'neutral',
}

/** The newest charging files and what their billing centres said to them. */
export async function FileTable({ files, locale }: { files: readonly FileLine[]; locale: 'ko' | 'en' }) {
  const t = await getTranslations('operator.board')
  return (
    <Panel>
      <PanelHeader
        title={t('files.title')}
        description={files.length === 0 ? t('files.none') : t('files.newest', { count: files.length })}
        actions={<ExportLink href="/operator/phone-bill/export">{t('files.all')}</ExportLink>}
      />
      {files.length === 0 ? null : (
        <Table aria-label={t('files.title')}>
          <thead>
            <tr>
              <TableHead>{t('files.file')}</TableHead>
              <TableHead>{t('files.state')}</TableHead>
              <TableHead className="text-right">{t('files.details')}</TableHead>
              <TableHead className="text-right">{t('files.sum')}</TableHead>
              <TableHead>{t('files.made')}</TableHead>
            </tr>
          </thead>
          <tbody>
            {files.map((file) => {
              const state = STATES.find((known) => known === file.state)
              const sum = file.charges - file.credits
              return (
                <TableRow key={file.name}>
                  <TableCell className="font-medium whitespace-nowrap">{file.name}</TableCell>
                  <TableCell>
                    {state ? <Badge tone={TONES[state]}>{t(`fileState.${state}`)}</Badge> : file.state}
                  </TableCell>
                  <FigureCell>{file.details}</FigureCell>
                  <FigureCell>
                    {isCurrency(file.currency) ? formatMoney(sum, file.currency, locale) : `${sum}`}
                  </FigureCell>
                  <TableCell className="figures whitespace-nowrap text-ink-soft">
                    {formatDateTime(file.createdAt, locale)}
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
