import { HOUR_MS, MINUTE_MS } from '../clock'

const SECOND_MS = 1000

/** Pauses before each try (the example schedule of Standard Webhooks 1.0): ten tries over some three days. */
const PAUSES_MS = [
  0,
  5 * SECOND_MS,
  5 * MINUTE_MS,
  30 * MINUTE_MS,
  2 * HOUR_MS,
  5 * HOUR_MS,
  10 * HOUR_MS,
  14 * HOUR_MS,
  20 * HOUR_MS,
  24 * HOUR_MS,
]

export const MOST_TRIES = PAUSES_MS.length

// A receiver may ask for patience, but not put us off for ever.
const LONGEST_ASKED_MS = 24 * HOUR_MS

/**
 * When a message is tried again after so many failed tries; undefined when it is given up. Jitter of a tenth keeps
 * messages that failed together from coming back together.
 *
 * @param askedMs how long the receiver asked us to wait
 */
export function nextTryAt(tries: number, now: Date, askedMs = 0): Date | undefined {
  const pause = PAUSES_MS[tries]
  if (pause === undefined) return undefined
  const jittered = pause * (0.9 + Math.random() * 0.2)
  return new Date(now.getTime() + Math.max(jittered, Math.min(askedMs, LONGEST_ASKED_MS)))
}

/** The milliseconds that a `retry-after` header asks for: whole seconds, or a date. Anything else asks for nothing. */
export function readRetryAfter(header: string | undefined, now: Date): number {
  if (header === undefined) return 0
  if (/^[0-9]{1,9}$/.test(header)) return Number(header) * SECOND_MS
  const at = /^[A-Z][a-z]{2}, /.test(header) ? Date.parse(header) : Number.NaN
  return Number.isNaN(at) ? 0 : Math.max(0, at - now.getTime())
}
