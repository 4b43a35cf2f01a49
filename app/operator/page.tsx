import { getTranslations } from 'next-intl/server'
import { formatDateTime } from '@/components/i18n/format'
import { ReloadWhile } from '@/components/ui/reload-while'
import { PageHeader } from '@/components/ui/page-header'
import { jobs } from '@/lib/jobs/registry'
import { readBoard } from '@/lib/operations/board'
import { requireSystem } from '../_glue/system'
import { Alerts } from './_parts/alerts'
import { DayCharts } from './_parts/day-charts'
import { FileTable } from './_parts/file-table'
import { JobTable } from './_parts/job-table'
import { LinkTable } from './_parts/link-table'
import { ModuleList } from './_parts/module-list'
import { OutboxList } from './_parts/outbox-list'
import { PaceTiles } from './_parts/pace-tiles'
import { ProcessTable } from './_parts/process-table'
import { QueuedRefunds } from './_parts/queued-refunds'
import { StuckTable } from './_parts/stuck-table'

// As often as processes report.
const REFRESH_MS = 10_000

/** How everything is, at a glance. */
export default async function BoardPage() {
  const desk = await requireSystem('system.see', '/operator')
  const { gateway, locale } = desk
  const [t, board] = await Promise.all([getTranslations('operator.board'), readBoard({ ...gateway, jobs })])
  return (
    <>
      <ReloadWhile everyMs={REFRESH_MS} />
      <PageHeader title={t('title')} description={t('text', { at: formatDateTime(board.at, locale) })} />
      <Alerts desk={desk} board={board} />
      <PaceTiles pace={board.pace} locale={locale} />
      <div className="mt-5 grid grid-cols-1 gap-5">
        <LinkTable desk={desk} links={board.links} />
        <StuckTable desk={desk} stuck={board.stuck} />
        <QueuedRefunds desk={desk} />
        <DayCharts day={board.day} locale={locale} timeZone={gateway.settings.TIME_ZONE} />
        <ProcessTable processes={board.processes} locale={locale} />
        <JobTable jobs={board.jobs} locale={locale} />
        <FileTable files={board.files} locale={locale} />
        <div className="grid grid-cols-1 gap-5 lg:grid-cols-2">
          <OutboxList outbox={board.outbox} locale={locale} />
          <ModuleList
            modules={board.modules}
            installed={gateway.merchantModules.installed}
            refused={gateway.merchantModules.refusedPackages}
            locale={locale}
          />
        </div>
      </div>
    </>
  )
}
