const FORM =
  /^(\d{4})-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):([0-5]\d):([0-5]\d)(?:\.(\d{1,3}))?(?:Z|([+-])([01]\d|2[0-3]):([0-5]\d))$/

/**
 * Reads an RFC 3339 instant with seconds, at most three fractional digits and an explicit offset.
 *
 * @returns milliseconds since 1970-01-01T00:00:00Z, or undefined when the text has another form or names a day that
 * does not exist. (`Date.parse` would take 2023-02-29 for the first of March.)
 */
export function parseInstant(text: string): number | undefined {
  const match = FORM.exec(text)
  if (match === null) return undefined
  const [, year, month, day, hour, minute, second, fraction = '', sign, offsetHour = '0', offsetMinute = '0'] = match
  // setUTCFullYear, unlike Date.UTC, does not move the years 0 to 99 into the twentieth century.
  const date = new Date(0)
  date.setUTCFullYear(Number(year), Number(month) - 1, Number(day))
  if (date.getUTCDate() !== Number(day)) return undefined
  date.setUTCHours(Number(hour), Number(minute), Number(second), Number(fraction.padEnd(3, '0')))
  const offsetMs = (Number(offsetHour) * 60 + Number(offsetMinute)) * 60_000
  return sign === '-' ? date.getTime() + offsetMs : date.getTime() - offsetMs
}
