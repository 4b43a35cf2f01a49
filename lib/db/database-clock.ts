import type pg from 'pg'
import { type Clock, later } from '../clock'

/** The database's time, as a process knows it. */
export interface DatabaseClock extends Clock {
  /** What is added to the machine's clock, in milliseconds; negative where that is ahead. */
  offsetMs(): number
  /** Asks the database for its time; whether the answer came quickly enough to say anything. Never throws. */
  measure(): Promise<boolean>
  stop(): void
}

/** A clock that is set while the process runs is wrong for so long at most; quartz alone drifts by a millisecond. */
const MEASURE_EVERY_MS = 60_000
/** The time is known to half a round trip. A slower one says too little beside leases of 15 s. */
const SLOWEST_MS = 1_000
/** Less than this is the noise of measuring: time does not go to and fro for it. */
const NOISE_MS = 500

/**
 * The time of the database, which all processes share, by the clock of a machine that may be minutes off (P1.4): who may take
 * up what, and when, is written by one process and judged by another. Where it cannot be measured the last offset stays.
 */
export async function startDatabaseClock(pool: pg.Pool, machine: Clock): Promise<DatabaseClock> {
  let offset = 0

  async function measure(): Promise<boolean> {
    const asked = machine.now().getTime()
    const theirs = await timeOf(pool)
    const took = machine.now().getTime() - asked
    if (theirs === undefined || took < 0 || took > SLOWEST_MS) return false
    const measured = Math.round(theirs - (asked + took / 2))
    if (Math.abs(measured - offset) > NOISE_MS) offset = measured
    return true
  }

  // The first connection takes longer than what is asked over it, and so may others while a whole machine starts.
  for (let tries = 0; tries < 5 && !(await measure()); tries++);
  const timer = setInterval(() => void measure(), MEASURE_EVERY_MS).unref()
  return {
    now: () => later(machine.now(), offset),
    offsetMs: () => offset,
    measure,
    stop: () => clearInterval(timer),
  }
}

async function timeOf(pool: pg.Pool): Promise<number | undefined> {
  try {
    const { rows } = await pool.query<{ now: Date }>('select clock_timestamp() as now')
    return rows[0]?.now.getTime()
  } catch {
    // A database that is away is seen elsewhere.
    return undefined
  }
}
