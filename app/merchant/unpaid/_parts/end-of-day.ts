/** The last second of a day by the clocks of a zone. */
export function endOfDay(day: string, timeZone: string): Date {
  const asIfUtc = new Date(`${day}T23:59:59Z`)
  // Swedish times are written so, and read as UTC they tell how far the zone is ahead.
  const local = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' }).format(asIfUtc)
  const ahead = new Date(`${local.replace(' ', 'T')}Z`).getTime() - asIfUtc.getTime()
  return new Date(asIfUtc.getTime() - ahead)
}
