import type pg from 'pg'
import { type ProcessReport, processReport } from './process-report'

export async function insertReport(pool: pg.Pool, report: ProcessReport): Promise<void> {
  const { instance, at, process, startedAt, cpu, rssBytes, loopP99Ms, clockOffsetMs } = report
  await pool.query({
    name: 'insert_process_report',
    text: `insert into process_report (instance, at, process, started_at, cpu, rss_bytes, loop_p99_ms, clock_offset_ms, pool, links, work)
      values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) on conflict do nothing`,
    values: [
      ...[instance, at, process, startedAt, cpu, rssBytes, loopP99Ms, clockOffsetMs],
      ...[report.pool, report.links, report.work].map((part) => JSON.stringify(part)),
    ],
  })
}

/** Reports of every process since a moment, the oldest first; those of another version that say less are left out. */
export async function findReports(pool: pg.Pool, since: Date): Promise<ProcessReport[]> {
  const { rows } = await pool.query(
    `select instance, at, process, started_at as "startedAt", cpu, rss_bytes as "rssBytes", loop_p99_ms as "loopP99Ms",
       clock_offset_ms as "clockOffsetMs", pool, links, work
     from process_report where at >= $1 order by at`,
    [since],
  )
  return rows.flatMap((row) => {
    const read = processReport.safeParse(row)
    return read.success ? [read.data] : []
  })
}

/** Removes reports older than a moment, at most so many; how many that were. */
export async function removeReports(pool: pg.Pool, before: Date, limit: number): Promise<number> {
  const { rowCount } = await pool.query(
    'delete from process_report where ctid = any (array(select ctid from process_report where at < $1 limit $2))',
    [before, limit],
  )
  return rowCount ?? 0
}
