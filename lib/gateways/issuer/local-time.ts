const formats = new Map<string, Intl.DateTimeFormat>()

/** The last second that was written. Requests of one second share it, and writing it costs as much as a message. */
let last: { timeZone: string; second: number; hhmmss: string; mmdd: string } | undefined

/**
 * A moment as clocks show it in a zone, as ISO 8583 writes it (DE12 and DE13).
 *
 * @throws RangeError if there is no such zone
 */
export function localTimeIn(timeZone: string, at: Date): { hhmmss: string; mmdd: string } {
  const second = Math.floor(at.getTime() / 1000)
  if (last?.second === second && last.timeZone === timeZone) return last
  const parts: Partial<Record<Intl.DateTimeFormatPartTypes, string>> = {}
  for (const { type, value } of formatFor(timeZone).formatToParts(at)) parts[type] = value
  const { hour, minute, second: seconds, month, day } = parts
  last = { timeZone, second, hhmmss: `${hour}${minute}${seconds}`, mmdd: `${month}${day}` }
  return last
}

function formatFor(timeZone: string): Intl.DateTimeFormat {
  let format = formats.get(timeZone)
  if (!format) {
    const twoDigits = {
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    } as const
    format = new Intl.DateTimeFormat('en-GB', { timeZone, hourCycle: 'h23', ...twoDigits })
    formats.set(timeZone, format)
  }
  return format
}
