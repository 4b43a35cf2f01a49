import { monitorEventLoopDelay } from 'node:perf_hooks'
import { hostname } from 'node:os'
import type { Clock } from '../clock'
import type { Database } from '../db/database'
import type { Figures } from './figures'
import { type LinkCheck, reportedLinks } from './link-conditions'
import type { ProcessReport } from './process-report'
import { insertReport } from './report-store'
import type { TransactionLog } from './transaction-log'

/** Often enough to see a link go down while one looks, seldom enough to cost nothing. */
export const REPORT_EVERY_MS = 10_000

const LOOP_RESOLUTION_MS = 20

export interface ProcessReports {
  /** Writes one report now. */
  write(): Promise<void>
  stop(): Promise<void>
}

interface Parts {
  readonly database: Database
  readonly clock: Clock
  clockOffsetMs(): number
  readonly processName: string
  readonly connections: number
  readonly figures: Figures
  readonly log: Pick<TransactionLog, 'lost' | 'waiting'>
  /** The links that this process holds, as they stand. */
  checkLinks(): readonly LinkCheck[]
  report(event: string, detail: Readonly<Record<string, unknown>>): void
}

/** Lets a process say every ten seconds how it is, for the operators' status board. */
export function startProcessReports(parts: Parts): ProcessReports {
  const { database, clock, processName, figures, log } = parts
  const instance = `${hostname()}:${process.pid}`
  const startedAt = clock.now()
  const delay = monitorEventLoopDelay({ resolution: LOOP_RESOLUTION_MS })
  delay.enable()
  let cpuBefore = process.cpuUsage()
  let measuredAt = performance.now()
  let writing: Promise<void> = Promise.resolve()

  function measure(): ProcessReport {
    const { links, work } = figures.take()
    const elapsedMs = Math.max(1, performance.now() - measuredAt)
    const used = process.cpuUsage(cpuBefore)
    // The delay is measured by a timer, whose own period is part of what it measures.
    const loopP99Ms = Math.max(0, delay.percentile(99) / 1e6 - LOOP_RESOLUTION_MS)
    cpuBefore = process.cpuUsage()
    measuredAt = performance.now()
    delay.reset()
    const { totalCount, idleCount, waitingCount } = database.pool
    return {
      ...{ instance, at: clock.now(), process: processName, startedAt },
      cpu: (used.user + used.system) / 1000 / elapsedMs,
      rssBytes: BigInt(process.memoryUsage.rss()),
      loopP99Ms: Number.isFinite(loopP99Ms) ? loopP99Ms : 0,
      clockOffsetMs: parts.clockOffsetMs(),
      pool: { most: parts.connections, open: totalCount, idle: idleCount, waiting: waitingCount },
      links: reportedLinks(parts.checkLinks(), links),
      work: { ...work, payments: { ...work.payments }, logLost: log.lost(), logWaiting: log.waiting() },
    }
  }

  async function write(): Promise<void> {
    try {
      await insertReport(database.pool, measure())
    } catch (error) {
      // A database that is away is seen elsewhere; the next report is due soon.
      parts.report('process-report-failed', { error: error instanceof Error ? error.message : String(error) })
    }
  }

  const timer = setInterval(() => (writing = write()), REPORT_EVERY_MS).unref()
  writing = write()
  return {
    write,
    async stop() {
      clearInterval(timer)
      delay.disable()
      await writing
    },
  }
}
