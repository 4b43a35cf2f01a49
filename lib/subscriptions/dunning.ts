import { DAY_MS, HOUR_MS, later } from '../clock'
import type { DeclineReason } from '../payments/decline-reason'
import type { Unit } from '../calendar'

/**
 * Pauses before each further try of a charge that was declined: long enough for money or a new card to come, and over
 * before the next period begins, so that two are never owed at once.
 */
const PAUSES: Readonly<Record<Unit, readonly number[]>> = {
  day: [4 * HOUR_MS, 8 * HOUR_MS],
  week: [DAY_MS, 2 * DAY_MS],
  month: [DAY_MS, 3 * DAY_MS, 5 * DAY_MS, 7 * DAY_MS],
  year: [DAY_MS, 3 * DAY_MS, 5 * DAY_MS, 7 * DAY_MS],
}

/** Systems that said nothing are asked again without blaming anybody, so many times. */
const MOST_SILENT_TRIES = 6
const SILENT_PAUSE_MS = HOUR_MS

/** Nobody declined: somebody did not answer, or we were interrupted. */
const SILENT: readonly DeclineReason[] = ['no-answer', 'interrupted', 'try-later', 'shop-no-answer', 'hold-lost']

export type NextTry =
  | { kind: 'again'; at: Date; isSilent: boolean }
  /** Tried often enough: the subscription ends. */
  | { kind: 'give-up' }

/**
 * When a charge that did not succeed is tried again.
 * @param failures how often it was declined, this time included
 */
export function nextTry(
  unit: Unit,
  { failures, tries, reason }: { failures: number; tries: number; reason: DeclineReason },
  now: Date,
): NextTry {
  if (SILENT.includes(reason) && tries <= MOST_SILENT_TRIES) {
    const longest = Math.min(SILENT_PAUSE_MS, PAUSES[unit][0] ?? SILENT_PAUSE_MS)
    return { kind: 'again', at: later(now, longest), isSilent: true }
  }
  const pause = PAUSES[unit][failures - 1]
  return pause === undefined ? { kind: 'give-up' } : { kind: 'again', at: later(now, pause), isSilent: false }
}

/** How long before a charge it is announced; undefined where it comes too often for that. */
export function announcedBefore(unit: Unit, isTrial: boolean): number | undefined {
  if (isTrial) return 3 * DAY_MS
  if (unit === 'day') return undefined
  return unit === 'week' ? 2 * DAY_MS : 7 * DAY_MS
}
