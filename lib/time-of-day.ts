import { DAY_MS, MINUTE_MS } from './clock'

/**
 * The next moment at which clocks in a zone show a time of day. Where they skip it, when they are put forward, the day
 * after counts.
 *
 * @param timeOfDay HH:MM
 * @throws RangeError if there is no such zone
 */
export function nextTimeOfDay(after: Date, timeOfDay: string, timeZone: string): Date {
  const format = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
  const minutes = (text: string) => Number(text.slice(0, 2)) * 60 + Number(text.slice(3, 5))
  const whole = new Date(Math.floor(after.getTime() / MINUTE_MS) * MINUTE_MS)
  const wanted = minutes(timeOfDay)
  const missing = (wanted - minutes(format.format(whole)) + 1440) % 1440
  // Where clocks are changed in between, the time shown is off by what they were changed by: looked for around it.
  for (const day of [0, 1, 2]) {
    const guess = whole.getTime() + missing * MINUTE_MS + day * DAY_MS
    for (const shift of [0, -60, 60, -30, 30]) {
      const candidate = new Date(guess + shift * MINUTE_MS)
      if (candidate > after && minutes(format.format(candidate)) === wanted) return candidate
    }
  }
  return new Date(whole.getTime() + missing * MINUTE_MS + DAY_MS)
}
