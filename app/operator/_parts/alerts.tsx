import { getTranslations } from 'next-intl/server'
import { centreReason, codeWords } from '@/app/_glue/code-words'
import type { SystemDesk } from '@/app/_glue/system'
import { Notice } from '@/components/ui/notice'
import { Original } from '@/components/ui/original'
import { HOUR_MS } from '@/lib/clock'
import type { Board } from '@/lib/operations/board'
import { partner } from '../settlement/_parts/partner'
import { jobName, systemName } from './names'

const NEEDED = ['api', 'web', 'worker'] as const

/** Moa keeps the database's time all the same; what else runs on such a machine does not. */
const CLOCK_OFF_MS = 5_000

/** What somebody should look at, in sentences, before the figures. */
export async function Alerts({ desk: { gateway, locale }, board }: { desk: SystemDesk; board: Board }) {
  const [t, codes, words] = await Promise.all([getTranslations('operator'), getTranslations('codes'), codeWords()])
  const nameOf = (process: string) => words('process', process) ?? process
  const name = (link: Board['links'][number]) => systemName(gateway, link, locale, t('board.shops'))
  const stuck = board.stuck.payments.length + board.stuck.refunds.length
  const alerts = [
    ...NEEDED.filter((kind) => !board.processes.some(({ process }) => process === kind)).map((process) =>
      t('board.alert.process', { process: nameOf(process) }),
    ),
    ...board.links
      .filter(({ state }) => state === 'down' || state === 'degraded')
      .map((link) => t('board.alert.link', { system: name(link), state: t(`board.state.${link.state}`) })),
    ...(stuck > 0 ? [t('board.alert.stuck', { count: stuck })] : []),
    ...board.jobs
      .filter(({ condition }) => condition === 'late' || condition === 'failing')
      .map((job) =>
        t('board.alert.job', { job: jobName(t, job.name), condition: t(`board.condition.${job.condition}`) }),
      ),
    ...board.silent.map(({ name, sentAt }) => t('board.alert.silent', { name, hours: hoursSince(board.at, sentAt) })),
    ...board.differences.map((each) =>
      t('board.alert.difference', {
        ...{ system: partner(gateway, each, locale), count: each.open + each.explained, blocked: each.blocked },
      }),
    ),
    ...board.processes
      .filter(({ work }) => work.logLost > 0)
      .map(({ process, work }) => t('board.alert.log', { process: nameOf(process), count: work.logLost })),
    ...board.processes
      .filter(({ clockOffsetMs }) => Math.abs(clockOffsetMs) >= CLOCK_OFF_MS)
      .map(({ process, instance, clockOffsetMs }) => {
        const seconds = Math.round(Math.abs(clockOffsetMs) / 1000)
        const way = clockOffsetMs < 0 ? 'ahead' : 'behind'
        return t('board.alert.clock', { process: nameOf(process), instance, seconds, way })
      }),
  ]
  const rejected = board.files
    .filter(({ state }) => state === 'rejected')
    .map(({ name: file, reason }) => ({
      file,
      reason: reason ?? '',
      text: t('board.alert.file', { name: file, reason: centreReason(words, reason ?? '') }),
    }))
  const count = alerts.length + rejected.length
  if (count === 0)
    return (
      <Notice tone="good" className="mb-5">
        {t('board.alerts.none')}
      </Notice>
    )
  return (
    <Notice tone="warn" className="mb-5" title={t('board.alerts.title', { count })}>
      <ul className="list-disc pl-4">
        {alerts.map((alert) => (
          <li key={alert}>{alert}</li>
        ))}
        {rejected.map(({ file, text, reason }) => (
          <li key={file}>
            {text} {codes('centreAsk')}
            {reason ? <Original label={codes('original')}>{reason}</Original> : null}
          </li>
        ))}
      </ul>
    </Notice>
  )
}

function hoursSince(now: Date, at: Date | null): number {
  return at ? Math.floor((now.getTime() - at.getTime()) / HOUR_MS) : 0
}
