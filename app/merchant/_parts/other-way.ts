import 'server-only'
import { z } from 'zod'
import { accountName } from '@/app/_glue/own-accounts'
import type { Desk } from '@/app/_glue/desk'
import type { OtherWay } from '@/lib/payments/other-way'
import { canGoOtherwise } from '@/lib/payments/other-way'
import type { Payment } from '@/lib/payments/payment'
import { capturedLegs, refundableOf } from '@/lib/payments/refund-division'
import { line } from './typed'

/** How money goes back, as the dialog sends it: back, hand, or an account's id. */
export const typedWay = {
  back: z.union([z.literal('back'), z.literal('hand'), z.uuid()]).default('back'),
  reference: line(100).optional(),
}

/** Accounts that a refund of the payment could become credit in; undefined where it can only go back the way it came. */
export async function otherWaysFor({ gateway }: Pick<Desk, 'gateway'>, payment: Payment) {
  const legs = capturedLegs(payment).filter((leg) => refundableOf(leg) > 0n)
  if (legs.length === 0 || !legs.every(canGoOtherwise)) return undefined
  const accounts = await gateway.storeCredit.accountsFor(payment)
  return accounts.map((account) => ({ id: account.id, name: accountName(account) }))
}

/** The way that was chosen, checked against what the payment allows; undefined: the way it came. */
export async function otherWayFrom(
  { gateway }: Pick<Desk, 'gateway'>,
  payment: Payment,
  { back, reference }: { readonly back: string; readonly reference?: string | undefined },
): Promise<OtherWay | undefined | 'unreadable'> {
  if (back === 'back') return undefined
  if (back === 'hand') return reference ? { kind: 'hand', reference } : 'unreadable'
  const own = await gateway.storeCredit.accountsFor(payment)
  return own.some(({ id }) => id === back) ? { kind: 'store-credit', accountId: back } : 'unreadable'
}
