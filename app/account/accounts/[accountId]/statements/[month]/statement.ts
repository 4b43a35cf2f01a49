import 'server-only'
import { formatMonth } from '@/components/i18n/format'
import type { Statement } from '@/lib/accounts/account'
import type { Gateway } from '@/lib/gateway'
import type { Uuid } from '@/lib/ids'

/** In the order in which their sums are told. */
export const MOVEMENT_KINDS = ['charge', 'refund', 'top-up', 'voucher'] as const

/** A month of an account by its name in an address (YYYY-MM); undefined where there is no such month. */
export async function statementOf(
  { accounts }: Gateway,
  accountId: Uuid,
  month: string,
): Promise<Statement | undefined> {
  return /^[0-9]{4}-(0[1-9]|1[0-2])$/.test(month) ? accounts.statement(accountId, month) : undefined
}

/** In the middle of the month: the same in every zone. */
export function monthName(month: string, locale: 'ko' | 'en'): string {
  return formatMonth(new Date(`${month}-15T00:00:00Z`), locale)
}
