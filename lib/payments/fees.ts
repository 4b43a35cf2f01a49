import { uuidAt } from '../ids'
import { accounts } from '../ledger/accounts'
import { posting, type Posting } from '../ledger/posting'
import type { Currency } from '../money/currency'
import { feeOf, type FeeRule } from './module-terms'
import type { Leg, Payment } from './payment'

/** What a merchant pays for a leg that is taken: agreed on beforehand, and kept with the leg from then on. */
export interface LegPrice {
  readonly fee: FeeRule
  /** Value added tax on the fee, in ten-thousandths of it. */
  readonly vatBps: number
  /** Whether a refund gives its part of the fee back. */
  readonly givenBack: boolean
}

/** The leg with its fee and the tax on it noted: later rules do not change them, and refunds know what was taken. */
export function withFee(leg: Leg, price: LegPrice | undefined, currency: Currency): Leg {
  const fee = price ? feeOf(price.fee, leg.amount, currency) : 0n
  if (!price || fee === 0n) return leg
  const vat = (fee * BigInt(price.vatBps)) / 10_000n
  const noted = { fee: fee.toString(), feeVat: vat.toString(), feeBack: price.givenBack ? 'yes' : 'no' }
  return { ...leg, hold: { ...leg.hold, ...noted } }
}

/** What the merchant owes for legs that were taken now; empty where nothing is. */
export function feePostings(payment: Payment, captured: readonly Leg[], at: Date): Posting[] {
  return booked('fee', payment, captured.map(noted), at)
}

/** What goes back of the fees with a refund's shares, for legs as they stand with the refund. */
export function feeBackPostings(payment: Payment, shares: readonly Share[], at: Date): Posting[] {
  const back = shares.map(({ leg, amount }) => {
    const { fee, vat } = leg.hold?.['feeBack'] === 'yes' ? noted(leg) : NOTHING
    const before = leg.refundedAmount > amount ? leg.refundedAmount - amount : 0n
    const part = (whole: bigint) => (before * whole) / leg.amount - ((before + amount) * whole) / leg.amount
    return { fee: part(fee), vat: part(vat) }
  })
  return booked('fee-back', payment, back, at)
}

interface Share {
  readonly leg: Leg
  readonly amount: bigint
}

const NOTHING = { fee: 0n, vat: 0n }

function noted({ hold }: Leg): { fee: bigint; vat: bigint } {
  return { fee: BigInt(hold?.['fee'] ?? 0), vat: BigInt(hold?.['feeVat'] ?? 0) }
}

function booked(
  kind: 'fee' | 'fee-back',
  { currency }: Payment,
  fees: readonly { fee: bigint; vat: bigint }[],
  at: Date,
): Posting[] {
  const made = posting(
    uuidAt(at),
    kind,
    at,
    fees.flatMap(({ fee, vat }) => [
      { account: accounts.payable, currency, amount: fee + vat },
      { account: accounts.fees, currency, amount: -fee },
      { account: accounts.feeVat, currency, amount: -vat },
    ]),
  )
  return made.entries.length === 0 ? [] : [made]
}
