import { maskCardNumber } from '../../cards/mask-card-number'
import type { Message } from './iso8583'

/** A message as the transaction log may hold it: type and fields, without what a card could be used with. */
export function writtenOut({ mti, fields }: Message): string {
  const parts = Object.entries(fields).map(([number, value]) => `${number}=${shown(number, value)}`)
  return [mti, ...parts].join(' ')
}

function shown(field: string, value: string): string {
  switch (field) {
    case '2':
      return maskCardNumber(value)
    case '14':
      return '****'
    case '48':
      return value.replace(/CVV=[^;]*/, 'CVV=***')
    default:
      return value
  }
}
