'use server'

import { revalidatePath } from 'next/cache'
import { redirect } from 'next/navigation'
import { z } from 'zod'
import { requireOwnAccount } from '@/app/_glue/own-accounts'
import { refusedForm } from '@/app/_glue/account-forms'
import { goAndTopUp, isPayable } from '@/app/_glue/top-up'
import type { AccountChanges } from '@/components/account/account-editor'
import { readPhoneNumber } from '@/lib/billing/phone-number'

const amount = z.bigint().nonnegative().max(999_999_999_999n).optional()
const changesInput = z.strictObject({
  nickname: z.string().trim().max(40),
  mobile: z.string().trim().max(24).optional(),
  ...{ threshold: amount, perPurchase: amount, perDay: amount, perMonth: amount },
})

/** Changes the nickname, where messages go, when a low balance is told, and the holder's own limits. */
export async function changeAccount(
  accountId: string,
  changes: AccountChanges,
): Promise<{ kind: 'done' | 'failed' | 'mobile' }> {
  const { gateway, account } = await requireOwnAccount(accountId)
  const read = changesInput.safeParse(changes)
  if (!read.success) return { kind: 'failed' }
  const { nickname, mobile: typed, threshold, ...limits } = read.data
  const mobile = typed ? readPhoneNumber(typed) : undefined
  if (typed && !mobile) return { kind: 'mobile' }
  await gateway.accounts.rename(account.id, nickname)
  await gateway.accounts.setThreshold(account.id, threshold)
  await gateway.accounts.setOwnLimits(
    account.id,
    Object.fromEntries(Object.entries(limits).filter(([, limit]) => limit !== undefined)),
  )
  if (mobile) await gateway.accounts.setMobile(account.id, mobile)
  revalidatePath('/account', 'layout')
  return { kind: 'done' }
}

/** Nothing is charged until it is resumed. */
export async function suspendAccount(accountId: string): Promise<void> {
  await byHolder(accountId, 'suspend')
  redirect(`/account/accounts/${accountId}?done=suspended`)
}

export async function resumeAccount(accountId: string): Promise<void> {
  const isResumed = await byHolder(accountId, 'resume')
  redirect(`/account/accounts/${accountId}?done=${isResumed ? 'resumed' : 'not-resumed'}`)
}

/** The card is lost: nobody pays with it from this moment on (M-101). */
export async function reportLost(accountId: string): Promise<void> {
  await byHolder(accountId, 'reportLost')
  redirect(`/account/accounts/${accountId}?done=lost`)
}

async function byHolder(accountId: string, deed: 'suspend' | 'resume' | 'reportLost'): Promise<boolean> {
  const { gateway, account, person } = await requireOwnAccount(accountId)
  const isDone = await gateway.accounts[deed](account.id, { kind: 'shopper', id: person.id, name: person.name })
  revalidatePath('/account', 'layout')
  return isDone
}

/** To the checkout, where the top-up is paid. */
export async function topUpAccount(accountId: string, sum: bigint): Promise<{ kind: 'refused'; message: string }> {
  const { gateway, account, person } = await requireOwnAccount(accountId)
  if (!isPayable(sum)) return refusedForm(gateway, 'failed')
  return goAndTopUp(person.id, { kind: 'account', id: account.id }, { amount: sum, currency: account.currency })
}
