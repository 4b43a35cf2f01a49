import type { Settings } from '../env'
import type { Gateway } from '../gateway'

/** Work that is done again and again. `runOnce` does a bounded amount and may be run twice, or be killed at any point. */
export interface Job {
  readonly name: string
  /** Pause between two runs that found nothing to do, in milliseconds. */
  readonly everyMs: number
  /**
   * alone: one runner at a time over all processes, by a lease. shared: any number at once, since each item is claimed
   * by one of them.
   */
  readonly runners: 'alone' | 'shared'
  /** The wall-clock time, HH:MM, at which its day's work becomes due; for jobs that have one. */
  setTime?(settings: Settings): string
  /** Does a bounded amount; true when there is more to do at once. */
  runOnce(gateway: Gateway): Promise<boolean>
}
