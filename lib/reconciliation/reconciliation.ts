import { wallTime } from '../calendar'
import type { Clock } from '../clock'
import type { Database } from '../db/database'
import type { References } from '../db/references'
import type { Settings } from '../env'
import type { Issuers } from '../gateways/issuer/issuer'
import type { Uuid } from '../ids'
import type { currencyCodes } from '../money/currency'
import type { Difference, DifferenceLine, DifferenceStep, Moved } from './difference'
import { cutOver } from './issuer-cut-over'
import {
  type CutOver,
  cutOvers,
  differenceLines,
  differences,
  differenceSteps,
  findDifference,
  lastCutOver,
  listOddCollections,
  moveDifference,
  openBySystem,
  type DifferenceFilter,
  type OpenDifferences,
  openDifferences,
} from './store'

/** Our books beside those of others: issuers at their cut-over, billing centres by their collection files. */
export interface Reconciliation {
  /** Asks every issuer whose day is over or whose cut-over is open, and lists what collection files say otherwise. */
  runDue(): Promise<void>
  /** Asks every issuer now, whatever the time. For operators. */
  runNow(): Promise<void>
  differences(filter: DifferenceFilter): Promise<Difference[]>
  find(id: Uuid): Promise<Difference | undefined>
  lines(id: Uuid, page: { after: number; limit: number }): Promise<DifferenceLine[]>
  steps(id: Uuid): Promise<DifferenceStep[]>
  /** Says why; it goes on blocking. */
  explain(id: Uuid, words: string, by: DifferenceStep['by']): Promise<Moved>
  /**
   * Ends it: the batches that waited for it are paid, and the next cut-over counts the issuer's totals. It takes a second person,
   * after one has explained it.
   */
  close(id: Uuid, words: string, by: DifferenceStep['by']): Promise<Moved>
  open(): Promise<number>
  /** What is not closed, by the system whose books differ. */
  bySystem(): Promise<OpenDifferences[]>
  cutOvers(limit: number, before?: Uuid): Promise<CutOver[]>
}

interface Parts {
  readonly database: Database
  readonly clock: Clock
  readonly references: References
  readonly issuers: Issuers
  readonly settings: Pick<Settings, 'ISSUERS' | 'BILLING_CENTRES' | 'TIME_ZONE' | 'CUT_OVER_AT'>
  report(event: string, detail: Readonly<Record<string, unknown>>): void
}

/** An issuer whose totals were never asked has none of a currency that nobody pays in: these are asked of every one. */
const ALWAYS = ['KRW', 'USD'] as const satisfies readonly (typeof currencyCodes)[number][]

export function createReconciliation({ database, clock, settings, ...rest }: Parts): Reconciliation {
  const { pool } = database
  const parts = { pool, clock, ...rest }
  const centreCurrencies = Object.fromEntries(settings.BILLING_CENTRES.map(({ code, currency }) => [code, currency]))

  async function run(isDue: (last: CutOver | undefined) => boolean): Promise<void> {
    for (const { code } of settings.ISSUERS) {
      for (const currency of ALWAYS) {
        await cutOver(code, currency, isDue(await lastCutOver(pool, code, currency)), parts)
      }
    }
    await listOddCollections(pool, centreCurrencies, clock.now())
  }

  /** The day and time of the gateway's zone, YYYY-MM-DD HH:MM. */
  const local = (at: Date) => wallTime(at, settings.TIME_ZONE).replace('T', ' ')

  async function move(id: Uuid, state: 'explained' | 'closed', words: string, by: DifferenceStep['by']) {
    return moveDifference(pool, id, { state, words, by, at: clock.now() })
  }

  return {
    runDue: () =>
      run((last) => {
        const [day = '', time = ''] = local(clock.now()).split(' ')
        // Once a day, at the set time or as soon after it as somebody looks.
        return time >= settings.CUT_OVER_AT && (!last || local(last.until) < `${day} ${settings.CUT_OVER_AT}`)
      }),
    runNow: () => run(() => true),
    differences: (query) => differences(pool, query),
    find: (id) => findDifference(pool, id),
    lines: (id, { after, limit }) => differenceLines(pool, id, after, limit),
    steps: (id) => differenceSteps(pool, id),
    explain: (id, words, by) => move(id, 'explained', words, by),
    close: (id, words, by) => move(id, 'closed', words, by),
    open: () => openDifferences(pool),
    bySystem: () => openBySystem(pool),
    cutOvers: (limit, before) => cutOvers(pool, limit, before),
  }
}
