import { invariant } from '../invariant'
import type { Currency } from '../money/currency'
import { sum } from '../money/money'

/** One line of a posting. Positive amounts are debits, negative ones credits, in minor units. */
export interface Entry {
  readonly account: string
  readonly currency: Currency
  readonly amount: bigint
}

/** What is written in the books for one fact. Never edited or deleted: a correction is another posting. */
export interface Posting {
  readonly id: string
  readonly kind: PostingKind
  readonly at: Date
  readonly entries: readonly Entry[]
}

/**
 * part: what was taken for an order whose rest is paid later. collection: a telephone bill was paid, and what was pending
 * is owed to the merchant. charge-back: it was written off, and the merchant bears it. pay-out: people gave a shopper what
 * no bill could give back any more. fee, fee-back: what the merchant pays for a payment, and has back with a refund.
 * settlement-received, settlement-taken-back: an issuer, billing centre or bank has paid us what it owed, or has taken back what we
 * owe it after refunds (written by book_settlement, under no merchant).
 */
export type PostingKind =
  | 'capture'
  | 'part'
  | 'refund'
  | 'return'
  | 'collection'
  | 'charge-back'
  | 'pay-out'
  | 'correction'
  | 'fee'
  | 'fee-back'
  | 'settlement-received'
  | 'settlement-taken-back'

/**
 * Makes a posting. Entries of the same account and currency are added up, and those that come to nothing are left out.
 * @throws BrokenInvariant unless the entries sum to zero in every currency
 */
export function posting(id: string, kind: PostingKind, at: Date, lines: readonly Entry[]): Posting {
  const added = new Map<string, Entry>()
  for (const line of lines) {
    const key = `${line.currency} ${line.account}`
    added.set(key, { ...line, amount: (added.get(key)?.amount ?? 0n) + line.amount })
  }
  const entries = [...added.values()].filter(({ amount }) => amount !== 0n)
  for (const currency of new Set(entries.map((entry) => entry.currency))) {
    const total = sum(entries.filter((entry) => entry.currency === currency).map(({ amount }) => amount))
    invariant(total === 0n, `entries of a ${kind} posting must sum to zero, not ${total} ${currency}`)
  }
  return { id, kind, at, entries }
}
