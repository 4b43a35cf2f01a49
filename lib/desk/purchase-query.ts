import { readPublicId, type Uuid } from '../ids'

/** What somebody at the desk is looking for. */
export type PurchaseQuery =
  | { readonly kind: 'payment'; readonly id: Uuid }
  /** A payment's TID, as it stands in charging files; shops may form their order references in the same way. */
  | { readonly kind: 'tid'; readonly tid: string }
  | { readonly kind: 'email'; readonly email: string }
  /** Four digits: of a card most likely, but an order may be called so too. */
  | { readonly kind: 'last-four'; readonly digits: string }
  /** An order reference, or a part of the order's name. */
  | { readonly kind: 'text'; readonly text: string }

// Longer than any order reference or name; what is longer finds nothing.
const LONGEST = 200

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** Reads the one search box of the desk; undefined when nothing that could be looked for stands in it. */
export function readPurchaseQuery(typed: string): PurchaseQuery | undefined {
  const text = typed.normalize('NFC').trim()
  if (text === '' || text.length > LONGEST || /\p{Cc}/u.test(text)) return undefined
  const id = readPublicId('pay', text.toLowerCase())
  if (id) return { kind: 'payment', id }
  if (UUID.test(text)) return { kind: 'tid', tid: text }
  if (/^[^@\s]+@[^@\s]+$/.test(text)) return { kind: 'email', email: text.toLowerCase() }
  if (/^[0-9]{4}$/.test(text)) return { kind: 'last-four', digits: text }
  return { kind: 'text', text }
}
