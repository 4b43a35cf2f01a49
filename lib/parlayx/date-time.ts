const DATE_TIME = /^([0-9]{4}-[0-9]{2}-[0-9]{2})T([0-9]{2}:[0-9]{2}:[0-9]{2})(\.[0-9]{1,9})?(Z|[+-][0-9]{2}:[0-9]{2})?$/

/**
 * Reads a moment as XML Schema writes it. One without a zone is taken as UTC, as its canonical form is.
 * @returns undefined for what is no moment, as the 30th of February
 */
export function readDateTime(text: string): Date | undefined {
  const [, date, time, fraction = '', zone = 'Z'] = DATE_TIME.exec(text) ?? []
  if (date === undefined || time === undefined) return undefined
  const local = new Date(`${date}T${time}Z`)
  if (Number.isNaN(local.getTime()) || !local.toISOString().startsWith(`${date}T${time}`)) return undefined
  const moment = new Date(`${date}T${time}${fraction.slice(0, 4)}${zone}`)
  return Number.isNaN(moment.getTime()) ? undefined : moment
}
