/** An issuer's book as it is shown on the page and read by tests: amounts as decimal strings, card numbers masked. */
import { available } from './card-account'
import type { CardAccount } from './card-account'
import type { CardStanding } from './demo-cards'
import type { Hold, Reversal } from './movements'
import type { InTwoLanguages } from './catalogue'
import type { Issuer } from './issuer'
import type { Totals } from './totals'

export interface CardView {
  readonly card: string
  readonly holder: InTwoLanguages
  readonly expiry: string
  readonly limit: string
  readonly owed: string
  readonly held: string
  readonly available: string
  readonly standing: CardStanding
}

interface MovementView {
  readonly rrn: string
  readonly stan: string
  readonly card: string
  readonly amount: string
  readonly currency: string
  /** RFC 3339 */
  readonly at: string
  readonly vcard?: string | undefined
  readonly leg?: number | undefined
  readonly of?: number | undefined
}

export interface HoldView extends MovementView {
  readonly state: Hold['state']
  readonly authorizationId: string
  readonly acquirer: string
  readonly merchant: string
  readonly merchantName: string
}

export interface ChargeView extends MovementView {
  readonly refunded: string
  readonly merchant: string
  readonly merchantName: string
}

export type RefundView = MovementView

export interface ReversalView extends MovementView {
  readonly reason: string
  /** False when it came without, or before, its authorization. */
  readonly found: boolean
}

export interface TotalsView {
  readonly completions: { count: number; amount: string }
  readonly refunds: { count: number; amount: string }
  readonly reversals: { count: number; amount: string }
}

export interface BookView {
  readonly code: string
  readonly name: InTwoLanguages
  readonly currency: string
  readonly cards: readonly CardView[]
  /** Newest first, like all movements. */
  readonly holds: readonly HoldView[]
  readonly charges: readonly ChargeView[]
  readonly refunds: readonly RefundView[]
  readonly reversals: readonly ReversalView[]
  readonly counts: { holds: number; charges: number; refunds: number; reversals: number }
  readonly totals: TotalsView & { held: string }
  /** By acquirer and numeric currency, since the last settlement in balance. */
  readonly sinceSettlement: Readonly<Record<string, TotalsView>>
}

export interface BookFilter {
  /** Full card number. */
  readonly card?: string | undefined
  readonly vcard?: string | undefined
  readonly rrn?: string | undefined
  /** At most so many movements of each sort. */
  readonly limit: number
}

/** First six and last four digits. */
export function maskCard(number: string): string {
  return `${number.slice(0, 6)}${'*'.repeat(Math.max(0, number.length - 10))}${number.slice(-4)}`
}

const CURRENCIES: Readonly<Record<string, string>> = { 410: 'KRW', 840: 'USD' }
const currencyOf = (numeric: string): string => CURRENCIES[numeric] ?? numeric

function newest<Each>(list: readonly Each[], matches: (each: Each) => boolean, limit: number): Each[] {
  const found: Each[] = []
  for (let at = list.length - 1; at >= 0 && found.length < limit; at--) {
    const each = list[at]
    if (each !== undefined && matches(each)) found.push(each)
  }
  return found
}

const sum = ({ count, amount }: { count: number; amount: bigint }) => ({ count, amount: String(amount) })
const totalsView = (totals: Totals): TotalsView => ({
  completions: sum(totals.completions),
  refunds: sum(totals.refunds),
  reversals: sum(totals.reversals),
})

function cardView(card: CardAccount): CardView {
  return {
    card: maskCard(card.number),
    holder: card.holder,
    expiry: card.expiry,
    limit: String(card.limit),
    owed: String(card.owed),
    held: String(card.held),
    available: String(available(card)),
    standing: card.standing,
  }
}

const belongs = (hold: Hold) => ({
  card: maskCard(hold.card.number),
  currency: currencyOf(hold.currency),
  vcard: hold.vcard,
  leg: hold.leg,
  of: hold.of,
})
const written = (each: { rrn: string; stan: string; amount: bigint; at: number }) => ({
  rrn: each.rrn,
  stan: each.stan,
  amount: String(each.amount),
  at: new Date(each.at).toISOString(),
})

export function bookView({ profile, book }: Issuer, filter: BookFilter): BookView {
  const wanted = (each: { card: string; rrn: string; hold: Hold | undefined }) =>
    (filter.card === undefined || each.card === filter.card) &&
    (filter.vcard === undefined || each.hold?.vcard === filter.vcard) &&
    (filter.rrn === undefined || each.rrn === filter.rrn)
  const { limit } = filter
  const ofHold = (each: { rrn: string }, hold: Hold) => wanted({ rrn: each.rrn, card: hold.card.number, hold })
  const cards = [...book.cards.values()]
  const reversalView = (each: Reversal): ReversalView => ({
    ...(each.hold ? belongs(each.hold) : { card: maskCard(each.card), currency: currencyOf(each.currency) }),
    ...written(each),
    reason: each.reason,
    found: each.hold !== undefined,
  })
  return {
    code: profile.code,
    name: profile.name,
    currency: profile.currency,
    cards: cards.filter((card) => filter.card === undefined || card.number === filter.card).map(cardView),
    holds: newest(book.holds, (hold) => ofHold(hold, hold), limit).map((hold) => ({
      ...belongs(hold),
      ...written(hold),
      state: hold.state,
      authorizationId: hold.authorizationId,
      acquirer: hold.acquirer,
      merchant: hold.merchant,
      merchantName: hold.merchantName,
    })),
    charges: newest(book.charges, (charge) => ofHold(charge, charge.hold), limit).map((charge) => ({
      ...belongs(charge.hold),
      ...written(charge),
      refunded: String(charge.refunded),
      merchant: charge.hold.merchant,
      merchantName: charge.hold.merchantName,
    })),
    refunds: newest(book.refunds, (refund) => ofHold(refund, refund.charge.hold), limit).map((refund) => ({
      ...belongs(refund.charge.hold),
      ...written(refund),
    })),
    reversals: newest(book.reversals, wanted, limit).map(reversalView),
    counts: {
      holds: book.holds.length,
      charges: book.charges.length,
      refunds: book.refunds.length,
      reversals: book.reversals.length,
    },
    totals: { ...totalsView(book.everTotals), held: String(cards.reduce((held, card) => held + card.held, 0n)) },
    sinceSettlement: Object.fromEntries(
      [...book.totalsSinceSettlement()].map(([account, totals]) => [account, totalsView(totals)]),
    ),
  }
}
