import 'server-only'
import { getTranslations } from 'next-intl/server'
import { z } from 'zod'
import type { SealedAnswer } from '@/components/account/sealed-form'
import type { Gateway } from '@/lib/gateway'
import { runningGateway } from './gateway'
import { openSealed } from './sealed-input'

/** The name under which forms of accounts and e-cash are sealed. */
export const ACCOUNT_FORM = 'account'

const typedInput = z.object({ typed: z.record(z.string(), z.string().max(128)) })

/** What a sealed form of an account carried; undefined: the message cannot be read, or was used. */
export async function readTyped(message: unknown): Promise<Readonly<Record<string, string>> | undefined> {
  const gateway = await runningGateway()
  const opened = await openSealed(gateway, String(message), { tid: ACCOUNT_FORM })
  return typedInput.safeParse(opened).data?.typed
}

/** A refusal in words; the next message needs the offer that comes with it. */
export async function refusedForm(
  gateway: Gateway,
  reason: RefusedForm,
  field?: string,
): Promise<Extract<SealedAnswer, { kind: 'refused' }>> {
  const t = await getTranslations('account.accountForms.fault')
  return { kind: 'refused', message: t(reason), field, offer: gateway.sealedInput.offer(ACCOUNT_FORM) }
}

export type RefusedForm =
  | 'sealed'
  | 'pin-form'
  | 'pin-too-simple'
  | 'wrong-pin'
  | 'pin-locked'
  | 'wrong-password'
  | 'mobile'
  | 'wrong-account'
  | 'taken'
  | 'too-many-accounts'
  | 'open-already'
  | 'currency'
  | 'voucher-unknown'
  | 'voucher-used'
  | 'voucher-expired'
  | 'voucher-tries'
  | 'failed'

/** The words that every sealed form needs besides its own. */
export async function sealedFormWords(submit: string) {
  const [t, shared] = await Promise.all([getTranslations('account.accountForms'), getTranslations('shared')])
  return { submit, lost: t('lost'), copy: shared('copy'), copied: shared('copied'), goOn: t('goOn') }
}
