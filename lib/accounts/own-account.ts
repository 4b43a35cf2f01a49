import { DAY_MS, later } from '../clock'
import type { Uuid } from '../ids'
import type { Locale } from '../payments/payment'
import type { Accounts } from './accounts'

/**
 * What shoppers open by themselves: a prepaid account in won under a small monthly limit (M-69, M-71). Postpaid ones are
 * credit, which the operator gives.
 */
const OWN = {
  kind: 'prepaid',
  currency: 'KRW',
  threshold: 5_000n,
  limits: { perPurchase: 100_000n, perMonth: 300_000n },
} as const

const VALID_FOR_MS = 5 * 365 * DAY_MS

/** More accounts than this of one person's serve only to get around the limits of one. */
const MOST_OF_ONE = 3

export async function openOwnAccount(
  accounts: Pick<Accounts, 'open' | 'ofShopper'>,
  wanted: {
    readonly shopperId: Uuid
    readonly nickname: string
    readonly locale: Locale
    readonly pin?: string
    /** E.164 */
    readonly mobile?: string
  },
  now: Date,
): Promise<Awaited<ReturnType<Accounts['open']>> | { kind: 'refused'; reason: 'too-many-accounts' }> {
  const own = await accounts.ofShopper(wanted.shopperId)
  if (own.length >= MOST_OF_ONE) return { kind: 'refused', reason: 'too-many-accounts' }
  return accounts.open({ ...OWN, ...wanted, validUntil: later(now, VALID_FOR_MS) })
}
