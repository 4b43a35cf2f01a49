import { maskNumber } from '../link-observer'

const NUMBERS = new Set(['line', 'callingCard', 'notify', 'subscriberRef'])
const SECRETS = new Set(['pin', 'subscriber'])

/** A message as a log may hold it: numbers masked, PINs and what identifies a person left out (P9.3). */
export function writtenOut(message: unknown): string {
  const shown = (member: string, value: unknown): unknown => {
    if (SECRETS.has(member)) return '***'
    return NUMBERS.has(member) && typeof value === 'string' ? maskNumber(value) : value
  }
  return JSON.stringify(message, shown) ?? ''
}
