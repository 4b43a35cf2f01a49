import { exponentOf, isCurrency } from '../money/currency'
import { isIban } from './iban'
import type { Leaf } from './rules'

// Everything that XML 1.0 forbids in a document, and line breaks, which no text of a payment message has.
const UNWRITABLE = /[^\u0020-\u007E\u00A0-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u
// What every bank takes in a reference: no slash at either end, and no two together.
const REFERENCE = /^(?!\/)(?!.*\/\/)[A-Za-z0-9/?:().,'+ -]+(?<!\/)$/
const DATE = /^(\d{4})-(\d\d)-(\d\d)$/
const DATE_TIME = /^(\d{4}-\d\d-\d\d)T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,9})?(Z|[+-]([01]\d):[0-5]\d)?$/
const DECIMAL = /^(\d{1,18})(?:\.(\d{1,17}))?$/

const leaf = (fault: Leaf['fault'], attributes: readonly string[] = []): Leaf => ({ kind: 'leaf', fault, attributes })

/** Text of so many characters at most; a character outside the basic plane counts as one. */
export const text = (most: number): Leaf =>
  leaf((value) => {
    const length = [...value].length
    if (length < 1) return 'empty'
    if (length > most) return `longer than ${most} characters`
    return UNWRITABLE.test(value) ? 'a character that may not be there' : undefined
  })

/** A reference that has to come back as it went: 35 characters that no bank changes. */
export const reference = leaf((value) => {
  if (value.length < 1 || value.length > 35) return 'not 1 to 35 characters'
  return REFERENCE.test(value) ? undefined : 'a character that banks do not keep'
})

export const code = (...codes: readonly string[]): Leaf =>
  leaf((value) => (codes.includes(value) ? undefined : `none of ${codes.join(', ')}`))

/** A code of a list that is kept outside the message's schema: one to four characters. */
export const externalCode = leaf((value) => (/^[\x21-\x7e]{1,4}$/.test(value) ? undefined : 'not a code'))

export const pattern = (expression: RegExp, fault: string): Leaf =>
  leaf((value) => (expression.test(value) ? undefined : fault))

export const date = leaf((value) => (isDate(value) ? undefined : 'not a date'))

export const dateTime = leaf((value) => {
  const day = DATE_TIME.exec(value)?.[1]
  return day !== undefined && isDate(day) ? undefined : 'not a date and time'
})

/** How many there are, in digits. */
export const count = pattern(/^[0-9]{1,15}$/, 'not a number of at most 15 digits')

export const flag = code('true', 'false', '1', '0')

/** A control sum: no currency, and all digits together at most 18. */
export const decimal = leaf((value) => (isDecimal(value, 17) ? undefined : 'not a decimal number of at most 18 digits'))

/** An amount with its currency; not finer than the currency, which must be one that Moa works in. */
export const amount = leaf(
  (value, { Ccy: currency = '' }) => {
    if (!/^[A-Z]{3}$/.test(currency)) return 'no currency'
    if (!isDecimal(value, 5)) return 'not an amount'
    if (!isCurrency(currency)) return `a currency that is not worked in: ${currency}`
    const fraction = DECIMAL.exec(value)?.[2] ?? ''
    return /^0*$/.test(fraction.slice(exponentOf(currency))) ? undefined : `finer than ${currency} has`
  },
  ['Ccy'],
)

export const currency = pattern(/^[A-Z]{3}$/, 'not a currency')
export const country = pattern(/^[A-Z]{2}$/, 'not a country')
export const bic = pattern(/^[A-Z0-9]{4}[A-Z]{2}[A-Z0-9]{2}([A-Z0-9]{3})?$/, 'not a BIC')
export const lei = pattern(/^[A-Z0-9]{18}[0-9]{2}$/, 'not a LEI')
export const iban = leaf((value) => (isIban(value) ? undefined : 'not an IBAN'))

function isDate(value: string): boolean {
  if (!DATE.test(value)) return false
  const at = new Date(`${value}T00:00:00Z`)
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(value)
}

function isDecimal(value: string, finest: number): boolean {
  const [, whole = '', fraction = ''] = DECIMAL.exec(value) ?? []
  return whole !== '' && fraction.length <= finest && whole.length + fraction.length <= 18
}
