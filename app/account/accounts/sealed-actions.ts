'use server'

import { getLocale, getTranslations } from 'next-intl/server'
import { revalidatePath } from 'next/cache'
import { readTyped, refusedForm } from '@/app/_glue/account-forms'
import { runningGateway } from '@/app/_glue/gateway'
import { requireOwnAccount } from '@/app/_glue/own-accounts'
import { requirePerson } from '@/app/_glue/session'
import type { SealedAnswer } from '@/components/account/sealed-form'
import { openOwnAccount } from '@/lib/accounts/own-account'
import { readPhoneNumber } from '@/lib/billing/phone-number'

/** Opens a prepaid account of the shopper's own; its number is shown once. */
export async function openAccount(message: string): Promise<SealedAnswer> {
  const [person, gateway, locale, t] = await Promise.all([
    requirePerson('/account/accounts/new'),
    runningGateway(),
    getLocale(),
    getTranslations('account.accounts'),
  ])
  const typed = await readTyped(message)
  if (!typed) return refusedForm(gateway, 'sealed')
  const { pin, nickname = '', mobile: written } = typed
  const mobile = written === undefined ? undefined : readPhoneNumber(written)
  if (written !== undefined && !mobile) return refusedForm(gateway, 'mobile', 'mobile')
  const opened = await openOwnAccount(
    gateway.accounts,
    {
      ...{ shopperId: person.id, nickname: nickname.trim().slice(0, 40), locale },
      ...(pin !== undefined && { pin }),
      ...(mobile !== undefined && { mobile }),
    },
    gateway.clock.now(),
  )
  if (opened.kind === 'refused') {
    const { reason } = opened
    if (reason === 'month-limit-missing') return refusedForm(gateway, 'failed')
    return refusedForm(gateway, reason, reason === 'too-many-accounts' ? undefined : 'pin')
  }
  revalidatePath('/account', 'layout')
  return {
    kind: 'done',
    to: `/account/accounts/${opened.account.id}`,
    reveal: {
      label: t('opened'),
      text: t('openedText'),
      value: opened.number.replaceAll(/(.{4})(?=.)/g, '$1 '),
    },
  }
}

/** Makes an account that a shop or the operator opened the shopper's own, by number and PIN. */
export async function claimAccount(message: string): Promise<SealedAnswer> {
  const [person, gateway] = await Promise.all([requirePerson('/account/accounts/claim'), runningGateway()])
  const typed = await readTyped(message)
  if (!typed) return refusedForm(gateway, 'sealed')
  const claimed = await gateway.accounts.claim(
    person.id,
    (typed['number'] ?? '').replaceAll(/[\s-]/g, ''),
    typed['pin'] ?? '',
  )
  // Whoever has not proved control hears the same whatever is wrong (P6.7).
  if (claimed.kind === 'taken') return refusedForm(gateway, 'taken')
  if (claimed.kind !== 'right') return refusedForm(gateway, 'wrong-account')
  revalidatePath('/account', 'layout')
  return { kind: 'done', to: `/account/accounts/${claimed.account.id}?done=claimed` }
}

/** A new PIN, for whoever knows the password of their log-in. */
export async function setAccountPin(accountId: string, message: string): Promise<SealedAnswer> {
  const { gateway, account, person } = await requireOwnAccount(accountId)
  const typed = await readTyped(message)
  if (!typed) return refusedForm(gateway, 'sealed')
  const known = await gateway.people.authenticate({ email: person.email, password: typed['password'] ?? '' })
  if (known.kind === 'refused') return refusedForm(gateway, 'wrong-password', 'password')
  const set = await gateway.accounts.setPin(account.id, typed['pin'] ?? '')
  if (set.kind === 'refused') return refusedForm(gateway, set.reason === 'unregistered' ? 'failed' : set.reason, 'pin')
  revalidatePath('/account', 'layout')
  return { kind: 'done', to: `/account/accounts/${account.id}?done=pin` }
}

const VOUCHER_FAULTS = {
  'unknown-voucher': 'voucher-unknown',
  'voucher-used': 'voucher-used',
  'voucher-expired': 'voucher-expired',
  'wrong-currency': 'currency',
  unregistered: 'failed',
  'too-many-tries': 'voucher-tries',
} as const

/** Adds what a voucher is worth. */
export async function redeemVoucher(accountId: string, message: string): Promise<SealedAnswer> {
  const { gateway, account, person } = await requireOwnAccount(accountId)
  const typed = await readTyped(message)
  if (!typed) return refusedForm(gateway, 'sealed')
  const code = typed['code'] ?? ''
  const redeemed = await gateway.accounts.redeemVoucher({ accountId: account.id, code, triedBy: person.id })
  if (redeemed.kind === 'refused') return refusedForm(gateway, VOUCHER_FAULTS[redeemed.reason], 'code')
  revalidatePath('/account', 'layout')
  return { kind: 'done', to: `/account/accounts/${account.id}?done=voucher` }
}
