import { maskNumber } from './link-observer'

/**
 * Writes messages as a log may hold them (P8.1, P9.3).
 * @param numbers members that are masked
 * @param secrets members whose value is left out
 */
export function writesOut(numbers: ReadonlySet<string>, secrets: ReadonlySet<string>): (message: unknown) => string {
  const shown = (member: string, value: unknown): unknown => {
    if (secrets.has(member)) return '***'
    return numbers.has(member) && typeof value === 'string' ? maskNumber(value) : value
  }
  return (message) => JSON.stringify(message, shown) ?? ''
}
