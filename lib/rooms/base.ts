import type { Clock } from '../clock'
import type { Database } from '../db/database'
import type { Settings } from '../env'
import type { Log } from '../log'
import type { Operations } from '../operations/operations'

/** What every room stands on. */
export interface Base {
  readonly settings: Settings
  readonly clock: Clock
  readonly log: Log
  readonly database: Database
  readonly operations: Operations
}

export type Report = (event: string, detail: Readonly<Record<string, unknown>>) => void

/** Says what somebody should look at, though nothing stopped. */
export function reporter(log: Log): Report {
  return (event, detail) => log.warn({ event, ...detail })
}
