import { accounts } from '../ledger/accounts'
import { type Entry, posting, type Posting } from '../ledger/posting'
import { uuidAt } from '../ids'
import type { OtherWay } from './other-way'
import type { Leg, Payment } from './payment'

/** Who owes us for a leg: the counterparty its hold names, else the module itself. */
function counterpartyOf(leg: Pick<Leg, 'hold' | 'module'>): string {
  return leg.hold?.['counterparty'] ?? leg.module
}

/** Paid: the outside systems owe us the legs, and we owe the merchant the payment. What was booked in part moves over. */
export function capturePosting(payment: Payment, captured: readonly Leg[], at: Date): Posting {
  const whole = captured.map((leg) => ({ leg, amount: leg.amount }))
  const inPart = captured.filter(isBookedInPart)
  return posting(uuidAt(at), 'capture', at, [...owedFor(payment, whole), ...turned(takenFor(payment, inPart))])
}

/** Taken for an order whose rest is still to come: the outside systems owe us, and nobody is owed it yet. */
export function partPosting(payment: Payment, captured: readonly Leg[], at: Date): Posting {
  return posting(uuidAt(at), 'part', at, takenFor(payment, captured))
}

/** Notes in a leg's hold that it was booked before its payment was paid. */
export function bookedInPart(leg: Leg): NonNullable<Leg['hold']> {
  return { ...leg.hold, booked: 'in-part' }
}

export function isBookedInPart({ hold }: Leg): boolean {
  return hold?.['booked'] === 'in-part'
}

function takenFor({ currency }: Payment, captured: readonly Leg[]): Entry[] {
  return captured.flatMap((leg) => [
    { account: accounts.receivable(counterpartyOf(leg)), currency, amount: leg.amount },
    { account: accounts.taken, currency, amount: -leg.amount },
  ])
}

/**
 * Given back: the same entries the other way round, from where the money of each leg stands now. What was written off, and
 * charged back to the merchant with that, is not taken from the merchant a second time. What went another way was not
 * paid by the means.
 */
export function refundPostings(payment: Payment, shares: readonly Share[], at: Date, way?: OtherWay): Posting[] {
  if (way) return [posting(uuidAt(at), 'refund', at, turned(owedFor(payment, shares, PAID_OUT_FROM[way.kind])))]
  const back = posting(uuidAt(at), 'refund', at, turned(owedFor(payment, shares)))
  const writtenOff = shares.filter(({ leg }) => leg.hold?.['payout'] === 'written-off')
  if (writtenOff.length === 0) return [back]
  return [back, posting(uuidAt(at), 'charge-back', at, owedFor(payment, writtenOff))]
}

/** Captured and given back before the payment was paid: both are booked (where they are not yet), so that the issuers' totals can be matched. */
export function returnPostings(payment: Payment, returned: readonly Leg[], at: Date): Posting[] {
  const inPart = returned.filter(isBookedInPart)
  const others = returned.filter((leg) => !isBookedInPart(leg)).map((leg) => ({ leg, amount: leg.amount }))
  const entries = owedFor(payment, others)
  const back = [...turned(entries), ...turned(takenFor(payment, inPart))]
  return [
    ...(others.length > 0 ? [posting(uuidAt(at), 'capture', at, entries)] : []),
    ...(back.length > 0 ? [posting(uuidAt(at), 'return', at, back)] : []),
  ]
}

interface Share {
  readonly leg: Leg
  readonly amount: bigint
}

/** What paid a refund out in place of the means that the money came from. */
const PAID_OUT_FROM = {
  hand: accounts.paidOut('by-hand'),
  'store-credit': accounts.paidOut('store-credit'),
} as const satisfies Record<OtherWay['kind'], string>

function owedFor({ currency }: Payment, shares: readonly Share[], instead?: string): Entry[] {
  return shares.flatMap(({ leg, amount }) => {
    const reserve = reserveIn(leg, amount)
    return [
      { account: instead ?? debtorOf(leg), currency, amount },
      { account: creditorOf(leg), currency, amount: reserve - amount },
      { account: accounts.reserve, currency, amount: -reserve },
    ]
  })
}

/** Who owes for a leg; once its bill is paid, what is given back of it is owed to the shopper. */
function debtorOf(leg: Leg): string {
  return leg.hold?.['payout'] === 'collected' ? accounts.payableToShoppers : accounts.receivable(counterpartyOf(leg))
}

/**
 * A leg on a telephone bill says in its hold when the merchant is owed what it brings, and e-cash comes into the merchant's
 * wallet; every other leg is owed at once.
 */
function creditorOf(leg: Leg): string {
  if (leg.hold?.['payout'] === 'shop-wallet') return accounts.eCashOfShop
  return leg.hold?.['payout'] === 'collection' ? accounts.pending : accounts.payable
}

/** What of an advance is kept back, rounded down; a share that goes back takes its part of it along. */
function reserveIn({ amount: whole, refundedAmount, hold }: Leg, share: bigint): bigint {
  if (hold?.['payout'] !== 'advance') return 0n
  const reserveOf = (left: bigint) => (left * BigInt(hold['reserveBps'] ?? '0')) / 10_000n
  if (refundedAmount === 0n) return reserveOf(share)
  const after = whole - refundedAmount
  return reserveOf(after + share) - reserveOf(after)
}

function turned(entries: readonly Entry[]): Entry[] {
  return entries.map((entry) => ({ ...entry, amount: -entry.amount }))
}
