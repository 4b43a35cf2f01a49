import type { Uuid } from '../ids'
import type { Currency } from '../money/currency'

/**
 * collecting: its lines are being put in. blocked: a payment in it is a line of an open difference. waiting: no account is
 * agreed on. carried: too little, or nothing, is owed; it belongs to the next one. due: booked. filed: ordered from our bank.
 * accepted: the bank has taken the order. paid: the bank has paid it. rejected: the bank has refused it or sent it back.
 */
export const payoutStates = [
  'collecting',
  'blocked',
  'waiting',
  'carried',
  'due',
  'filed',
  'accepted',
  'paid',
  'rejected',
] as const
export type PayoutState = (typeof payoutStates)[number]

/** What a payout's lines of one kind of posting come to. */
export interface PayoutPart {
  readonly kind: string
  readonly count: number
  /** Minor units; negative where it is taken from the merchant. */
  readonly amount: bigint
}

/** What one merchant is paid in one currency for what was booked until a moment. Amounts are minor units. */
export interface Payout {
  readonly merchantId: Uuid
  readonly id: Uuid
  readonly currency: Currency
  /** The day of the schedule, YYYY-MM-DD. */
  readonly day: string
  readonly until: Date
  readonly state: PayoutState
  readonly reason?: string
  readonly parts: readonly PayoutPart[]
  readonly lines: number
  /** Left over from earlier payouts; negative where the merchant owed. */
  readonly carriedIn: bigint
  /** Kept back of these sales, and given free of earlier ones. */
  readonly reserved: bigint
  readonly released: bigint
  /** What it comes to: lines, what was left over and what was given free, less what is kept back. */
  readonly net: bigint
  /** What was ordered from the bank; nothing until it is due. */
  readonly amount: bigint
  readonly accountId?: Uuid
  readonly fileId?: Uuid
  readonly createdAt: Date
  readonly changedAt: Date
}

export interface PayoutLine {
  readonly postingId: Uuid
  readonly kind: string
  readonly paymentId?: Uuid
  readonly orderRef?: string
  readonly orderName?: string
  readonly at: Date
  readonly amount: bigint
}

export interface PayoutStep {
  readonly number: number
  readonly state: PayoutState
  readonly detail?: Readonly<Record<string, string>>
  readonly at: Date
}

/** Minor units by what people ask for: sold, given back, fees with their tax, everything else. */
export interface PayoutSums {
  readonly sold: bigint
  readonly refunded: bigint
  readonly fees: bigint
  readonly other: bigint
}

const GROUPS: Readonly<Record<string, keyof PayoutSums>> = {
  ...{ capture: 'sold', collection: 'sold', 'e-cash-deposit': 'sold' },
  ...{ refund: 'refunded', return: 'refunded', 'charge-back': 'refunded' },
  ...{ fee: 'fees', 'fee-back': 'fees' },
}

export function sumsOf({ parts }: Pick<Payout, 'parts'>): PayoutSums {
  const sums = { sold: 0n, refunded: 0n, fees: 0n, other: 0n }
  for (const { kind, amount } of parts) sums[GROUPS[kind] ?? 'other'] += amount
  return sums
}
