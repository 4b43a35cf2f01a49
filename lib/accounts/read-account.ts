import type { Uuid } from '../ids'
import type { Currency } from '../money/currency'
import type { Locale } from '../payments/payment'
import type { Account, AccountActor, AccountKind, AccountLimits } from './account'
import { maskedAccount } from './account-number'

/** An account's row with its counters brought to the moment at which it was read. */
export interface AccountRow {
  readonly id: Uuid
  readonly last_four: string
  readonly kind: AccountKind
  readonly currency: Currency
  readonly issuer_id: Uuid
  readonly shopper_id: Uuid | null
  readonly nickname: string
  readonly locale: Locale
  readonly balance: bigint
  readonly held: bigint
  readonly available: bigint
  readonly credit_limit: bigint | null
  readonly month_limit: bigint | null
  readonly day_limit: bigint | null
  readonly purchase_limit: bigint | null
  readonly own_month_limit: bigint | null
  readonly own_day_limit: bigint | null
  readonly own_purchase_limit: bigint | null
  readonly month_used: bigint
  readonly day_used: bigint
  readonly threshold: bigint | null
  readonly valid_until: Date | null
  readonly suspended_at: Date | null
  readonly suspended_by: AccountActor | null
  readonly suspended_reason: string | null
  readonly lost_at: Date | null
  readonly mobile_masked: string | null
  readonly has_pin: boolean
  readonly pin_locked: boolean
  readonly version: number
  readonly created_at: Date
}

export function readAccount(row: AccountRow, now: Date): Account {
  const limits = limitsOf(row.purchase_limit, row.day_limit, row.month_limit)
  const ownLimits = limitsOf(row.own_purchase_limit, row.own_day_limit, row.own_month_limit)
  const leftThisMonth = tightest(limits.perMonth, ownLimits.perMonth, row.month_used)
  return {
    id: row.id,
    kind: row.kind,
    currency: row.currency,
    masked: maskedAccount(row.last_four),
    lastFour: row.last_four,
    issuerId: row.issuer_id,
    nickname: row.nickname,
    locale: row.locale,
    balance: row.balance,
    held: row.held,
    available: row.available,
    limits,
    ownLimits,
    used: { month: row.month_used, day: row.day_used },
    expired: row.valid_until !== null && row.valid_until <= now,
    hasPin: row.has_pin,
    pinLocked: row.pin_locked,
    version: row.version,
    createdAt: row.created_at,
    ...(leftThisMonth !== undefined && { leftThisMonth }),
    ...(row.shopper_id !== null && { shopperId: row.shopper_id }),
    ...(row.credit_limit !== null && { creditLimit: row.credit_limit }),
    ...(row.threshold !== null && { threshold: row.threshold }),
    ...(row.valid_until && { validUntil: row.valid_until }),
    ...(row.suspended_at && { suspendedAt: row.suspended_at }),
    ...(row.suspended_by && { suspendedBy: row.suspended_by }),
    ...(row.suspended_reason !== null && { suspendedReason: row.suspended_reason }),
    ...(row.lost_at && { lostAt: row.lost_at }),
    ...(row.mobile_masked !== null && { mobileMasked: row.mobile_masked }),
  }
}

function limitsOf(purchase: bigint | null, day: bigint | null, month: bigint | null): AccountLimits {
  return {
    ...(purchase !== null && { perPurchase: purchase }),
    ...(day !== null && { perDay: day }),
    ...(month !== null && { perMonth: month }),
  }
}

/** What a month still has room for; a limit that was lowered below what is used leaves nothing, not less. */
function tightest(one: bigint | undefined, other: bigint | undefined, used: bigint): bigint | undefined {
  const limit = one === undefined || (other !== undefined && other < one) ? other : one
  if (limit === undefined) return undefined
  return limit > used ? limit - used : 0n
}
