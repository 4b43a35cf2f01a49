import { getTranslations } from 'next-intl/server'
import { formatDateTime } from '@/components/i18n/format'
import { Badge, type Tone } from '@/components/ui/badge'
import { Panel, PanelHeader } from '@/components/ui/panel'
import { Table, TableCell, TableHead, TableRow } from '@/components/ui/table'
import type { BoardJob } from '@/lib/operations/board'
import { jobName } from './names'

const TONES: Readonly<Record<BoardJob['condition'], Tone>> = {
  ok: 'good',
  late: 'warn',
  failing: 'bad',
  never: 'neutral',
}

/** Every job, when it last went well and when it comes next (P9.4). */
export async function JobTable({ jobs, locale }: { jobs: readonly BoardJob[]; locale: 'ko' | 'en' }) {
  const [t, all] = await Promise.all([getTranslations('operator.board'), getTranslations('operator')])
  const time = (at: Date | undefined) => (at ? formatDateTime(at, locale) : t('jobs.never'))
  return (
    <Panel>
      <PanelHeader title={t('jobs.title')} />
      <Table aria-label={t('jobs.title')}>
        <thead>
          <tr>
            <TableHead>{t('jobs.job')}</TableHead>
            <TableHead>{t('jobs.condition')}</TableHead>
            <TableHead>{t('jobs.lastSuccess')}</TableHead>
            <TableHead>{t('jobs.next')}</TableHead>
          </tr>
        </thead>
        <tbody>
          {jobs.map((job) => (
            <TableRow key={job.name}>
              <TableCell className="whitespace-nowrap">
                {/* The code stands beside the name: logs and figures know a job by it. */}
                <span className="font-medium">{jobName(all, job.name)}</span>
                <span className="block text-xs text-ink-faint">{job.name}</span>
              </TableCell>
              <TableCell>
                <Badge tone={TONES[job.condition]}>{t(`condition.${job.condition}`)}</Badge>
                {job.lastError ? <span className="mt-1 block text-xs text-bad">{job.lastError}</span> : null}
              </TableCell>
              <TableCell className="figures whitespace-nowrap text-ink-soft">{time(job.lastSuccessAt)}</TableCell>
              <TableCell className="figures whitespace-nowrap text-ink-soft">
                {job.setTime ? t('jobs.daily', { at: job.setTime }) : time(job.nextRunAt)}
              </TableCell>
            </TableRow>
          ))}
        </tbody>
      </Table>
    </Panel>
  )
}
