/** The time comes in through here, so that a test can set it. */
export interface Clock {
  now(): Date
}

export const systemClock: Clock = { now: () => new Date() }

export const MINUTE_MS = 60_000
export const HOUR_MS = 60 * MINUTE_MS
export const DAY_MS = 24 * HOUR_MS

export function later(at: Date, milliseconds: number): Date {
  return new Date(at.getTime() + milliseconds)
}
