import { uuidAt } from '../ids'
import { accounts } from '../ledger/accounts'
import { posting, type Posting } from '../ledger/posting'
import type { Leg, Payment } from './payment'

/** What a merchant pays for a leg that was taken: agreed on beforehand, and kept with the leg from then on. */
export interface FeeRule {
  /** Minor units of the payment's currency, for each leg. */
  readonly fixed: bigint
  /** Of the leg's amount, in ten-thousandths. */
  readonly bps: number
  /** Value added tax on the fee, in ten-thousandths of it. */
  readonly vatBps: number
  /** Whether a refund gives its part of the fee back. */
  readonly givenBack: boolean
}

/** The fee for an amount and the tax on it, both rounded down to whole minor units. */
export function feeFor({ fixed, bps, vatBps }: FeeRule, amount: bigint): { fee: bigint; vat: bigint } {
  const fee = fixed + (amount * BigInt(bps)) / 10_000n
  return { fee, vat: (fee * BigInt(vatBps)) / 10_000n }
}

/** The leg with its fee noted: later rules do not change it, and refunds know what was taken. */
export function withFee(leg: Leg, rule: FeeRule | undefined): Leg {
  if (!rule) return leg
  const { fee, vat } = feeFor(rule, leg.amount)
  if (fee === 0n) return leg
  const noted = { fee: fee.toString(), feeVat: vat.toString(), feeBack: rule.givenBack ? 'yes' : 'no' }
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
