import { readEndToEndId } from '../direct-debit/debit'
import type { Uuid } from '../ids'
import type { Currency } from '../money/currency'

/**
 * reading: its lines are being kept. broken: nothing of it is believed. repeated: it was told before. read: its lines are being
 * looked for in our books. compared: each of them is found, or listed as a difference.
 */
export type StatementState = 'reading' | 'broken' | 'repeated' | 'read' | 'compared'

/** What the bank says happened on our account in a while (camt.053). Amounts are minor units. */
export interface Statement {
  readonly bank: string
  readonly name: string
  readonly state: StatementState
  readonly reason?: string
  readonly sequence?: number
  readonly currency: Currency
  readonly opening: bigint
  readonly closing: bigint
  readonly day?: string
  readonly lines: number
  /** Lines that are found in our books, and those that are listed as differences. */
  readonly matched: number
  readonly listed: number
  readonly seenAt: Date
}

/** matched: a movement of our books. open: not found yet. listed: a difference. */
export type LineState = 'open' | 'matched' | 'listed'

export interface ComparedLine {
  readonly line: number
  readonly bankRef: string
  readonly endToEnd: string
  readonly amount: bigint
  readonly currency: Currency
  readonly bookedOn: string
  readonly about: string
  readonly state: LineState
  /** The movement of our books: payout, payout-return, giro, debit, … */
  readonly what?: string
  readonly merchantName?: string
  readonly paymentId?: Uuid
  readonly orderName?: string
  readonly differenceId?: Uuid
  /** Account of our books of whoever has paid us by it, and what they have kept as their fee. */
  readonly debtor?: string
  readonly fee?: bigint
}

/** What of ours a reference that came back names. */
export type NamedSubject =
  | { readonly kind: 'payout' | 'payout-file' | 'payout-returned' | 'debit-batch'; readonly id: Uuid }
  | { readonly kind: 'debit' | 'debit-returned'; readonly id: Uuid; readonly tries: number }

/**
 * Whose reference it is: a payout's (32 hexadecimal digits), a try of a debit's, or, where the bank booked a sum, that of the
 * order which it sums up.
 */
export function subjectOf(reference: string, isSum: boolean): NamedSubject | undefined {
  const debit = readEndToEndId(reference)
  if (debit && !isSum) return { kind: 'debit', id: debit.debitId, tries: debit.tries }
  const [, batch, digits] = /^(P?)([0-9a-f]{32})$/.exec(reference) ?? []
  if (digits === undefined) return undefined
  const id = digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
  if (batch === 'P') return isSum ? { kind: 'debit-batch', id } : undefined
  return { kind: isSum ? 'payout-file' : 'payout', id }
}

const OURS = /(?<![0-9A-Za-z])(?:D[0-9a-f]{32}[1-9][0-9]?|[0-9a-f]{32})(?![0-9A-Za-z])/g

/**
 * What came back under a reference of the bank's own: a transfer or a debit of ours that the words of a transaction name. Nobody
 * is named where they name two.
 */
export function returnedIn(words: readonly string[], isCredit: boolean): NamedSubject | undefined {
  const ours = words.flatMap((each) => each.match(OURS) ?? [])
  const found = new Set(ours.filter((each) => each.startsWith('D') !== isCredit))
  const [reference] = found
  const named = found.size === 1 && reference !== undefined ? subjectOf(reference, false) : undefined
  if (named?.kind === 'payout') return { ...named, kind: 'payout-returned' }
  return named?.kind === 'debit' ? { ...named, kind: 'debit-returned' } : undefined
}
