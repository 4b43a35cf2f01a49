import { getTranslations } from 'next-intl/server'
import type { SystemDesk } from '@/app/_glue/system'
import { formatDateTime } from '@/components/i18n/format'
import { Badge, type Tone } from '@/components/ui/badge'
import { Panel, PanelHeader } from '@/components/ui/panel'
import { FigureCell, Table, TableCell, TableHead, TableRow } from '@/components/ui/table'
import type { BoardLink } from '@/lib/operations/board-links'
import type { LinkCondition } from '@/lib/operations/process-report'
import { formatDuration } from './figures'
import { systemName } from './names'

const TONES: Readonly<Record<LinkCondition, Tone>> = { up: 'good', degraded: 'warn', down: 'bad', unused: 'neutral' }

/** Every outside system, and how its link stands (M-36). */
export async function LinkTable({ desk, links }: { desk: SystemDesk; links: readonly BoardLink[] }) {
  const { gateway, locale } = desk
  const [t, shops] = await Promise.all([getTranslations('operator.board'), getTranslations('operator')])
  return (
    <Panel>
      <PanelHeader title={t('links.title')} description={links.length === 0 ? t('links.none') : t('links.text')} />
      {links.length === 0 ? null : (
        <Table aria-label={t('links.title')}>
          <thead>
            <tr>
              <TableHead>{t('links.system')}</TableHead>
              <TableHead>{t('links.state')}</TableHead>
              <TableHead className="text-right">{t('links.connections')}</TableHead>
              <TableHead>{t('links.lastAnswer')}</TableHead>
              <TableHead className="text-right">{t('links.p95')}</TableHead>
              <TableHead className="text-right">{t('links.answers')}</TableHead>
              <TableHead className="text-right">{t('links.reversals')}</TableHead>
            </tr>
          </thead>
          <tbody>
            {links.map((link) => (
              <TableRow key={`${link.link} ${link.system}`}>
                <TableCell className="whitespace-nowrap">
                  <span className="font-medium">{systemName(gateway, link, locale, shops('board.shops'))}</span>
                  <span className="block text-xs text-ink-faint">{t(`link.${link.link}`)}</span>
                </TableCell>
                <TableCell>
                  <Badge tone={TONES[link.state]}>{t(`state.${link.state}`)}</Badge>
                </TableCell>
                <FigureCell>
                  {link.connections === undefined ? '–' : `${link.connectionsUp ?? 0} / ${link.connections}`}
                </FigureCell>
                <TableCell className="figures whitespace-nowrap text-ink-soft">
                  {link.lastAnswerAt ? formatDateTime(link.lastAnswerAt, locale) : t('links.never')}
                </TableCell>
                <FigureCell>
                  {link.p50 === undefined || link.p95 === undefined
                    ? '–'
                    : `${formatDuration(link.p50, locale)} / ${formatDuration(link.p95, locale)}`}
                </FigureCell>
                <FigureCell>{`${link.answered} / ${link.unanswered}`}</FigureCell>
                <FigureCell>{link.openReversals}</FigureCell>
              </TableRow>
            ))}
          </tbody>
        </Table>
      )}
    </Panel>
  )
}
