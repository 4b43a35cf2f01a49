import { maskNumber } from '../link-observer'

const NUMBERS = new Set(['account', 'from', 'to', 'accountRef'])
const SECRETS = new Set(['passwordJwe', 'name'])

/** A message as a log may hold it: accounts masked, password and holder left out (P8.1, P9.3). */
export function writtenOut(message: unknown): string {
  const shown = (member: string, value: unknown): unknown => {
    if (SECRETS.has(member)) return '***'
    return NUMBERS.has(member) && typeof value === 'string' ? maskNumber(value) : value
  }
  return JSON.stringify(message, shown) ?? ''
}
