import { accounts } from '../ledger/accounts'
import { type Entry, posting, type Posting } from '../ledger/posting'
import { uuidAt } from '../ids'
import { sum } from '../money/money'
import type { Leg, Payment } from './payment'

/** Who owes us for a leg: the counterparty its hold names, else the module itself. */
export function counterpartyOf(leg: Pick<Leg, 'hold' | 'module'>): string {
  return leg.hold?.['counterparty'] ?? leg.module
}

/** Paid: the outside systems owe us the legs, and we owe the merchant the payment. */
export function capturePosting(payment: Payment, captured: readonly Leg[], at: Date): Posting {
  return posting(
    uuidAt(at),
    'capture',
    at,
    owedFor(
      payment,
      captured.map((leg) => ({ leg, amount: leg.amount })),
    ),
  )
}

/** Given back: the same entries the other way round. */
export function refundPosting(payment: Payment, shares: readonly { leg: Leg; amount: bigint }[], at: Date): Posting {
  return posting(uuidAt(at), 'refund', at, turned(owedFor(payment, shares)))
}

/** Captured and given back before the payment was paid: both are booked, so that the issuers' totals can be matched. */
export function returnPostings(payment: Payment, returned: readonly Leg[], at: Date): Posting[] {
  if (returned.length === 0) return []
  const entries = owedFor(
    payment,
    returned.map((leg) => ({ leg, amount: leg.amount })),
  )
  return [posting(uuidAt(at), 'capture', at, entries), posting(uuidAt(at), 'return', at, turned(entries))]
}

function owedFor({ currency }: Payment, shares: readonly { leg: Leg; amount: bigint }[]): Entry[] {
  const debits = shares.map(({ leg, amount }) => ({
    account: accounts.receivable(counterpartyOf(leg)),
    currency,
    amount,
  }))
  return [...debits, { account: accounts.payable, currency, amount: -sum(shares.map(({ amount }) => amount)) }]
}

function turned(entries: readonly Entry[]): Entry[] {
  return entries.map((entry) => ({ ...entry, amount: -entry.amount }))
}
