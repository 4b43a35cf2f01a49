import 'server-only'
import type { Gateway } from '@/lib/gateway'
import type { Merchant } from '@/lib/merchants/merchant'
import { shopName } from './names'

/** From which banks a shop can collect again and again, and the words that are agreed to. */
export interface MandateOffer {
  readonly banks: readonly { readonly code: string; readonly name: string }[]
  readonly consent: string
}

/** Undefined where the shop does not collect by direct debit, or no bank of ours does in the currency. */
export function mandateOffer(
  { mandates }: Pick<Gateway, 'mandates'>,
  { merchant, currency, locale }: { merchant: Merchant; currency: string; locale: 'ko' | 'en' },
): MandateOffer | undefined {
  const bank = mandates.collecting(currency)
  const consent = mandates.consent(locale, shopName(merchant, locale), 'recurring', currency)
  if (!bank || consent === undefined || !merchant.modules.includes('direct-debit')) return undefined
  return { banks: bank.debits.reaches.map(({ code, name }) => ({ code, name: name[locale] })), consent }
}
