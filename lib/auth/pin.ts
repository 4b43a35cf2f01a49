export type PinFault = 'pin-form' | 'pin-too-simple'

/** A PIN is typed on small keys and locked after five wrong ones: four digits are the least, eight are enough. */
const PIN = /^[0-9]{4,8}$/

const ROWS = ['0123456789', '9876543210']

/** What is wrong with a new PIN; undefined: nothing. One digit over and over, and a row of digits, are tried first. */
export function pinFault(pin: string): PinFault | undefined {
  if (!PIN.test(pin)) return 'pin-form'
  if (new Set(pin).size === 1 || ROWS.some((row) => row.includes(pin))) return 'pin-too-simple'
  return undefined
}
