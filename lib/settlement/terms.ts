import type { Uuid } from '../ids'
import type { Currency } from '../money/currency'

/** When a merchant is paid out: every day, on a weekday (1 is Monday) or on a day of the month (1 to 28). */
export type Schedule =
  | { readonly every: 'day' }
  | { readonly every: 'week'; readonly day: number }
  | { readonly every: 'month'; readonly day: number }

/** What a merchant and the operator agreed on for one currency. Amounts are minor units, parts are ten-thousandths. */
export interface SettlementTerms {
  readonly merchantId: Uuid
  readonly currency: Currency
  readonly schedule: Schedule
  /** Whose midnight begins a day. */
  readonly zone: string
  /** A payout holds what was booked until the end of the day so many days before it. */
  readonly delayDays: number
  /** Less than this is carried on to the next payout. */
  readonly minimum: bigint
  /** Of what was sold, kept back for so many days. */
  readonly reserveBps: number
  readonly reserveDays: number
  /** What is paid for a leg where its module has no fee of its own. */
  readonly feeFixed: bigint
  readonly feeBps: number
  readonly vatBps: number
  readonly feeGivenBack: boolean
}

/** Terms with how far they have been carried out. */
export interface StandingTerms extends SettlementTerms {
  /** Of earlier payouts; negative where the merchant owes. */
  readonly carried: bigint
  /** The last day of the schedule that was paid out, YYYY-MM-DD. */
  readonly lastDay: string
}

/** Paid every day for what was taken until the day before, for nothing: what a form begins with. */
export function plainTerms(merchantId: Uuid, currency: Currency, zone: string): SettlementTerms {
  return {
    ...{ merchantId, currency, zone, schedule: { every: 'day' }, delayDays: 1, minimum: 0n },
    ...{ reserveBps: 0, reserveDays: 0, feeFixed: 0n, feeBps: 0, vatBps: 1_000, feeGivenBack: false },
  }
}

export type TermsFault = 'schedule' | 'zone' | 'delay' | 'minimum' | 'reserve' | 'fee'

const isBetween = (value: number, least: number, most: number) =>
  Number.isInteger(value) && value >= least && value <= most

/** What is wrong with terms, by the name of what has to be changed; undefined when nothing is. */
export function faultOfTerms(terms: SettlementTerms): TermsFault | undefined {
  const { schedule, zone, delayDays, minimum, reserveBps, reserveDays, feeFixed, feeBps, vatBps } = terms
  if (schedule.every === 'week' && !isBetween(schedule.day, 1, 7)) return 'schedule'
  if (schedule.every === 'month' && !isBetween(schedule.day, 1, 28)) return 'schedule'
  if (!isZone(zone)) return 'zone'
  if (!isBetween(delayDays, 0, 60)) return 'delay'
  if (minimum < 0n) return 'minimum'
  if (!isBetween(reserveBps, 0, 10_000) || !isBetween(reserveDays, 0, 400)) return 'reserve'
  if (reserveBps > 0 && reserveDays === 0) return 'reserve'
  return feeFixed < 0n || !isBetween(feeBps, 0, 10_000) || !isBetween(vatBps, 0, 10_000) ? 'fee' : undefined
}

function isZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}
