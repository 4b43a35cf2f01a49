import { readPhoneNumber } from '../billing/phone-number'
import { readPublicId, type Uuid } from '../ids'
import { currencyCodes, exponentOf } from '../money/currency'
import { type Money, money } from '../money/money'
import { isPlainLine } from '../plain-text'

/** What somebody at the desk is looking for. */
export type PurchaseQuery =
  | { readonly kind: 'payment'; readonly id: Uuid }
  /** A payment's TID, as it stands in charging files; shops may form their order references in the same way. */
  | { readonly kind: 'tid'; readonly tid: string }
  | { readonly kind: 'email'; readonly email: string }
  /** Four digits: of a card most likely, but an order may be called so too, or have cost so much. */
  | { readonly kind: 'last-four'; readonly digits: string; readonly amounts: readonly Money[] }
  /** An order reference, a part of the order's or of a person's name, a telephone number, or an amount. */
  | {
      readonly kind: 'text'
      readonly text: string
      /** E.164. */
      readonly phone?: string
      readonly amounts: readonly Money[]
    }

// Longer than any order reference or name; what is longer finds nothing.
const LONGEST = 200

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** Reads the one search box of the desk; undefined when nothing that could be looked for stands in it. */
export function readPurchaseQuery(typed: string): PurchaseQuery | undefined {
  const text = typed.normalize('NFC').trim()
  if (text === '' || text.length > LONGEST || !isPlainLine(text)) return undefined
  const id = readPublicId('pay', text.toLowerCase())
  if (id) return { kind: 'payment', id }
  if (UUID.test(text)) return { kind: 'tid', tid: text }
  if (/^[^@\s]+@[^@\s]+$/.test(text)) return { kind: 'email', email: text.toLowerCase() }
  const amounts = amountsWritten(text)
  if (/^[0-9]{4}$/.test(text)) return { kind: 'last-four', digits: text, amounts }
  const phone = readPhoneNumber(text)
  return { kind: 'text', text, amounts, ...(phone && { phone }) }
}

// As people say an amount: 12000, 12,000, ₩12,000, 12,000원, $12.50. No leading zero: that is a number of something else.
const WRITTEN = /^[₩￦$€¥]?\s?([1-9][0-9]{0,11}|[1-9][0-9]{0,2}(?:,[0-9]{3}){1,3})(?:\.([0-9]{1,2}))?\s?원?$/u

/** The amounts that somebody may mean, one for each currency that has so many digits behind the point. */
function amountsWritten(text: string): Money[] {
  const [, whole, fraction = ''] = WRITTEN.exec(text) ?? []
  if (whole === undefined) return []
  return currencyCodes.flatMap((currency) => {
    const digits = exponentOf(currency)
    if (fraction.length > digits) return []
    return [money(BigInt(whole.replaceAll(',', '') + fraction.padEnd(digits, '0')), currency)]
  })
}
