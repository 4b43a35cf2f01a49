import type pg from 'pg'
import type { Clock } from '../clock'
import { uuidAt } from '../ids'
import type { Payout } from './payout'
import { bookPayout, beginPayout, closePayout, collectLines, openPayouts } from './payout-store'
import { dueMerchants } from './terms-store'

/** Lines moved in one transaction: enough to be quick, few enough that a statement ends within its time. */
const LINES_AT_ONCE = 5_000
/** Lines in one run of the job, which has to end within its lease. */
const LINES_A_RUN = 50_000
const MERCHANTS_A_RUN = 100
const PAYOUTS_A_RUN = 200

interface Parts {
  readonly pool: pg.Pool
  readonly clock: Clock
  /** When payouts of a day are made, HH:MM by the clocks of the terms' zone. */
  readonly setTime: string
}

/**
 * Begins the payouts that are due, puts the postings into them page by page, and books those that are whole. Each step is a
 * transaction of its own; whatever dies, the next run goes on from there, and a step done twice does nothing new.
 * @returns whether there is more to do at once
 */
export async function settleDue(parts: Parts): Promise<boolean> {
  const { pool, clock, setTime } = parts
  const due = await dueMerchants(pool, clock.now(), setTime, MERCHANTS_A_RUN)
  for (const merchant of due) {
    const at = clock.now()
    await beginPayout(pool, merchant, { id: uuidAt(at), at, bySchedule: true })
  }
  const collecting = await openPayouts(pool, ['collecting'], PAYOUTS_A_RUN)
  let left = LINES_A_RUN
  for (const payout of collecting) {
    left -= await fill(payout, left, parts)
    if (left <= 0) return true
  }
  // Those that wait for a person are asked for at every run: there are few of them, and each question is one statement.
  for (const payout of await openPayouts(pool, ['blocked', 'waiting'], PAYOUTS_A_RUN)) await book(payout, parts)
  return due.length === MERCHANTS_A_RUN || collecting.length === PAYOUTS_A_RUN
}

/** Collects at most so many lines of a payout; closes and books it when there are no more. How many it was. */
async function fill(payout: Payout, most: number, parts: Parts): Promise<number> {
  const { pool, clock } = parts
  let moved = 0
  while (moved < most) {
    const page = await collectLines(pool, payout, payout.until, LINES_AT_ONCE)
    moved += page
    if (page === LINES_AT_ONCE) continue
    const at = clock.now()
    await closePayout(pool, payout, [uuidAt(at), uuidAt(at), uuidAt(at)], at)
    return moved
  }
  return moved
}

/** Books a payout that is whole, where nothing stands in its way. */
async function book({ merchantId, id }: Payout, { pool, clock }: Parts): Promise<void> {
  const at = clock.now()
  await bookPayout(pool, { merchantId, id }, { postingId: uuidAt(at), at })
}
