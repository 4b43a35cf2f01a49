import 'server-only'
import type { LegProgress, PayProgress } from '@/components/checkout/checkout-view'
import { fill } from '@/components/i18n/fill'
import { formatMoney, formatMonth } from '@/components/i18n/format'
import type { WalletCard } from '@/lib/cards/wallet-card'
import type { Gateway } from '@/lib/gateway'
import { approvalCodeOfLeg } from '@/lib/payments/approval-code'
import { verdictOf } from '@/lib/payments/payment'
import type { Leg, Payment } from '@/lib/payments/payment'
import checkoutEn from '@/locales/en/checkout.json'
import sharedEn from '@/locales/en/shared.json'
import checkoutKo from '@/locales/ko/checkout.json'
import sharedKo from '@/locales/ko/shared.json'
import { bankWords, cardName, debitName, phoneBillName } from './names'

/** Legs of the latest attempt: what the shopper sees of a payment. */
export function latestLegs({ legs, attempt }: Pick<Payment, 'legs' | 'attempt'>): readonly Leg[] {
  return legs.filter((leg) => leg.attempt === attempt)
}

/**
 * A leg's card by the name its holder gave it; a card that is not in the viewer's wallet by its issuer and last four
 * digits, as is a line.
 */
export function legName(gateway: Gateway, leg: Leg, wallet: readonly WalletCard[], locale: 'ko' | 'en'): string {
  if (leg.module === 'phone-bill') return `${phoneBillName(locale)} •••• ${leg.means['lastFour'] ?? ''}`
  const { stored } = locale === 'en' ? checkoutEn : checkoutKo
  if (leg.module === 'e-cash') return stored.eCash
  if (leg.module === 'micro-account') return `${stored.row} •••• ${leg.means['lastFour'] ?? ''}`
  if (leg.module === 'cash-on-delivery') return (locale === 'en' ? checkoutEn : checkoutKo).delivery.row
  if (leg.module === 'direct-debit') {
    const { issuer, lastFour } = leg.means
    return debitName(gateway, { code: String(issuer), lastFour: String(lastFour) }, locale)
  }
  const packaged = gateway.modules.get(leg.module)?.packaged
  if (packaged) {
    const { lastFour } = leg.means
    return lastFour === undefined ? packaged.names[locale] : `${packaged.names[locale]} •••• ${lastFour}`
  }
  if (leg.module === 'giro') return (locale === 'en' ? checkoutEn : checkoutKo).giro.row
  if (leg.module === 'bank-transfer') {
    const bank = gateway.settings.BANKS.find(({ code }) => code === leg.means['issuer'])
    return `${bank?.name[locale] ?? bankWords(locale).name} •••• ${leg.means['lastFour'] ?? ''}`
  }
  const own = wallet.find(({ id }) => id === leg.means['cardId'])
  const issuer = gateway.settings.ISSUERS.find(({ code }) => code === leg.means['issuer'])
  const name = own ? cardName(own, locale) : (issuer?.name[locale] ?? '')
  return `${name} •••• ${leg.means['lastFour'] ?? own?.lastFour ?? ''}`.trim()
}

export function legsView(
  gateway: Gateway,
  payment: Payment,
  wallet: readonly WalletCard[],
  locale: 'ko' | 'en',
): LegProgress[] {
  return latestLegs(payment).map((leg) => ({
    leg: leg.leg,
    name: legName(gateway, leg, wallet, locale),
    amount: formatMoney(leg.amount, payment.currency, locale),
    state: leg.state,
    ...approvalLook(leg, locale),
    ...(leg.module === 'bank-transfer' && bankLook(leg, payment, locale)),
    ...(leg.module === 'phone-bill' && leg.state === 'captured' && { note: billNote(gateway, payment, leg, locale) }),
  }))
}

/** What its issuer said yes with, once it has been charged. */
function approvalLook(leg: Leg, locale: 'ko' | 'en'): Pick<LegProgress, 'approval'> {
  const code = leg.state === 'captured' ? approvalCodeOfLeg(leg) : undefined
  const { receipt } = locale === 'en' ? sharedEn : sharedKo
  return code ? { approval: fill(receipt.approved, { code }) } : {}
}

/** On which month's telephone bill it comes: that of the day of the purchase, by the telephone companies' calendar. */
function billNote(
  { billing }: Gateway,
  { finishedAt, createdAt }: Payment,
  { means }: Pick<Leg, 'means'>,
  locale: 'ko' | 'en',
): string {
  const { paid } = locale === 'en' ? checkoutEn : checkoutKo
  const { zone } = billing.centres.of(String(means['issuer']))
  return fill(paid.onBill, { month: formatMonth(finishedAt ?? createdAt, locale, zone) })
}

/** Nothing is set aside at a bank: what its leg's states mean is said in its own words (M-203). */
function bankLook(leg: Leg, { currency }: Payment, locale: 'ko' | 'en'): Pick<LegProgress, 'said' | 'note'> {
  const words = bankWords(locale)
  const holder = leg.hold?.['holder']
  const amount = formatMoney(leg.amount, currency, locale)
  const note = leg.state === 'captured' && holder ? { note: fill(words.withdrawn, { amount, holder }) } : {}
  return { said: words.leg[leg.state], ...note }
}

/** How a payment stands, for the page that watches it. */
export function progressOf(
  gateway: Gateway,
  payment: Payment,
  wallet: readonly WalletCard[],
  locale: 'ko' | 'en',
): PayProgress {
  const { state, attempt } = payment
  return { verdict: verdictOf(payment), state, attempt, legs: legsView(gateway, payment, wallet, locale) }
}
