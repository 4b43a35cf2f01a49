/** The time comes in through here, so that a test can set it. */
export interface Clock {
  now(): Date
}

export const systemClock: Clock = { now: () => new Date() }

export function later(at: Date, milliseconds: number): Date {
  return new Date(at.getTime() + milliseconds)
}
