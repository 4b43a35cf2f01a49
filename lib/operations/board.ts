import { type Clock, DAY_MS, MINUTE_MS } from '../clock'
import type { Database } from '../db/database'
import type { Settings } from '../env'
import type { Job } from '../jobs/job'
import { jobStates } from '../jobs/lease-store'
import type { StuckPayment, StuckRefund } from '../payments/stuck'
import type { OpenDifferences } from '../reconciliation/store'
import { activeModules, type FileLine, findStretches, latestFiles, openReversals } from './board-store'
import { type BoardLink, mergeLinks } from './board-links'
import { Latencies, type WrittenLatencies } from './latency'
import type { ProcessReport } from './process-report'
import { REPORT_EVERY_MS } from './process-reports'
import { type Depth, outboxDepth } from './queue-store'
import { findReports } from './report-store'

export interface Pace {
  /** Since a minute, per second. */
  readonly paymentsPerSecond: number
  readonly requestsPerSecond: number
  readonly failedRequests: number
  /** Milliseconds until an attempt to pay was answered, of the last minute. */
  readonly p50?: number
  readonly p95?: number
}

export interface DayPoint {
  readonly at: Date
  readonly payments: number
  readonly requests: number
  readonly p95?: number
}

export interface BoardJob {
  readonly name: string
  readonly lastStartedAt: Date | undefined
  readonly lastSuccessAt: Date | undefined
  readonly lastError: string | undefined
  /** The next look for work, where it has run. */
  readonly nextRunAt: Date | undefined
  /** HH:MM at which the day's work becomes due, for jobs that have such a time. */
  readonly setTime: string | undefined
  /** ok. late: nobody has run it for too long. failing: its last run failed. never: it has not run yet. */
  readonly condition: 'ok' | 'late' | 'failing' | 'never'
}

export interface SilentFile {
  readonly centre: string
  readonly sequence: number
  readonly name: string
  readonly sentAt: Date | null
}

/** Everything an operator sees at a glance (M-31 … M-36). */
export interface Board {
  readonly at: Date
  readonly links: readonly BoardLink[]
  readonly processes: readonly ProcessReport[]
  readonly pace: Pace
  /** The last day, in stretches of a quarter of an hour. */
  readonly day: readonly DayPoint[]
  readonly jobs: readonly BoardJob[]
  readonly stuck: { readonly payments: readonly StuckPayment[]; readonly refunds: readonly StuckRefund[] }
  readonly outbox: readonly Depth[]
  readonly files: readonly FileLine[]
  /** Charging files that were sent so long ago that they ought to be acknowledged, and are not. */
  readonly silent: readonly SilentFile[]
  /** Where our books differ from those of issuers, billing centres and banks, and what waits for it. */
  readonly differences: readonly OpenDifferences[]
  readonly modules: readonly { readonly module: string; readonly merchants: number }[]
}

interface Parts {
  readonly database: Database
  readonly clock: Clock
  readonly settings: Settings
  readonly jobs: readonly Job[]
  readonly moduleCodes: readonly string[]
  readonly payments: { listStuck(limit: number): Promise<StuckPayment[]> }
  readonly refunds: { listStuck(limit: number): Promise<StuckRefund[]> }
  readonly billingFiles: { unacknowledged(): Promise<SilentFile[]> }
  readonly reconciliation: { bySystem(): Promise<OpenDifferences[]> }
}

/** Links are judged by their last five minutes: long enough for a p95, short enough to be about now. */
const LINKS_MS = 5 * MINUTE_MS
const STRETCH_MINUTES = 15
/** A process that has said nothing for three of its reports is gone. */
const SILENT_MS = 3 * REPORT_EVERY_MS
const MOST_STUCK = 50
const MOST_FILES = 12
/** Runs are noted every ten seconds at most, and a lease is taken over after thirty. */
const LATE_MS = 60_000

export async function readBoard(parts: Parts): Promise<Board> {
  const { database, clock, settings, payments, refunds } = parts
  const { pool } = database
  const now = clock.now()
  const ago = (milliseconds: number) => new Date(now.getTime() - milliseconds)
  const [
    reports,
    stretches,
    states,
    reversals,
    stuckPayments,
    stuckRefunds,
    outbox,
    files,
    silent,
    active,
    differences,
  ] = await Promise.all([
    findReports(pool, ago(LINKS_MS)),
    findStretches(pool, ago(DAY_MS), STRETCH_MINUTES),
    jobStates(pool),
    openReversals(pool),
    payments.listStuck(MOST_STUCK),
    refunds.listStuck(MOST_STUCK),
    outboxDepth(pool),
    latestFiles(pool, MOST_FILES),
    parts.billingFiles.unacknowledged(),
    activeModules(pool),
    parts.reconciliation.bySystem(),
  ])
  const latest = new Map(reports.filter(({ at }) => at >= ago(SILENT_MS)).map((report) => [report.instance, report]))
  return {
    at: now,
    links: mergeLinks(reports, [...latest.values()], reversals),
    processes: [...latest.values()].sort((a, b) => order(a.process, b.process) || order(a.instance, b.instance)),
    pace: paceOf(reports.filter(({ at }) => at >= ago(MINUTE_MS))),
    day: stretches.map(({ at, payments: paid, requests, paymentLatencies }) => {
      const p95 = quantile(paymentLatencies, 0.95)
      return { at, payments: paid, requests, ...(p95 === undefined ? {} : { p95 }) }
    }),
    jobs: parts.jobs.map((job) => boardJob(job, states, settings, now)),
    stuck: { payments: stuckPayments, refunds: stuckRefunds },
    ...{ outbox, files, silent, differences },
    modules: parts.moduleCodes.map((module) => ({
      module,
      merchants: active.find((each) => each.module === module)?.merchants ?? 0,
    })),
  }
}

function paceOf(reports: readonly ProcessReport[]): Pace {
  const latencies = new Latencies()
  let [attempts, requests, failedRequests] = [0, 0, 0]
  for (const { work } of reports) {
    latencies.addWritten(work.paymentLatencies)
    attempts += Object.values(work.payments).reduce((sum, count) => sum + count, 0)
    requests += work.requests
    failedRequests += work.failedRequests
  }
  const [p50, p95] = [latencies.quantile(0.5), latencies.quantile(0.95)]
  return {
    paymentsPerSecond: attempts / 60,
    requestsPerSecond: requests / 60,
    failedRequests,
    ...(p50 === undefined ? {} : { p50 }),
    ...(p95 === undefined ? {} : { p95 }),
  }
}

function boardJob(
  { name, everyMs, setTime }: Job,
  states: Awaited<ReturnType<typeof jobStates>>,
  settings: Settings,
  now: Date,
): BoardJob {
  const state = states.find(({ job }) => job === name)
  const lastStartedAt = state?.lastStartedAt ?? undefined
  const nextRunAt = lastStartedAt && new Date(Math.max(lastStartedAt.getTime() + everyMs, now.getTime()))
  const isLate = lastStartedAt && now.getTime() - lastStartedAt.getTime() > 2 * everyMs + LATE_MS
  return {
    ...{ name, lastStartedAt, nextRunAt },
    lastSuccessAt: state?.lastSuccessAt ?? undefined,
    lastError: state?.lastError ?? undefined,
    setTime: setTime?.(settings),
    condition: !state ? 'never' : state.lastError !== null ? 'failing' : isLate ? 'late' : 'ok',
  }
}

function quantile(written: Readonly<WrittenLatencies>, share: number): number | undefined {
  const latencies = new Latencies()
  latencies.addWritten(written)
  return latencies.quantile(share)
}

const order = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)
