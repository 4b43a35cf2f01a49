/** A moment by the clocks of a zone, as a datetime field holds it: 2026-11-21T15:04. */
export function wallTime(at: Date, timeZone: string): string {
  const parts = new Intl.DateTimeFormat('sv-SE', {
    ...{ year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
    timeZone,
  } as const)
  return parts.format(at).replace(' ', 'T')
}

const WALL_TIME = /^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}$/

/** The moment that a datetime field names by the clocks of a zone; undefined for anything else. */
export function readWallTime(text: unknown, timeZone: string): Date | undefined {
  if (typeof text !== 'string' || !WALL_TIME.test(text)) return undefined
  const asUtc = Date.parse(`${text}Z`)
  if (Number.isNaN(asUtc)) return undefined
  // What the zone's clocks show at that moment of UTC is as far ahead of it as the zone is; the second look is for
  // moments next to a change of the clocks.
  let at = asUtc
  for (let look = 0; look < 2; look += 1) at += asUtc - Date.parse(`${wallTime(new Date(at), timeZone)}Z`)
  return new Date(at)
}

/** The last moment of a day (YYYY-MM-DD) by the clocks of a zone; undefined for what is no day. */
export function endOfDay(day: string, timeZone: string): Date | undefined {
  const lastMinute = readWallTime(`${day}T23:59`, timeZone)
  return lastMinute && new Date(lastMinute.getTime() + 59_999)
}
