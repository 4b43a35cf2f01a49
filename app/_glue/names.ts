import type { Gateway } from '@/lib/gateway'
import type { Uuid } from '@/lib/ids'
import type { WalletCard } from '@/lib/cards/wallet-card'
import type { Merchant } from '@/lib/merchants/merchant'
import type { VCardShareView } from '@/lib/vcard/vcard-view'
import bankEn from '@/locales/en/bank.json'
import bankKo from '@/locales/ko/bank.json'
import checkoutEn from '@/locales/en/checkout.json'
import checkoutKo from '@/locales/ko/checkout.json'
import phoneEn from '@/locales/en/phone.json'
import phoneKo from '@/locales/ko/phone.json'

type Locale = 'ko' | 'en'

/** A card as its holder calls it: the nickname, else the issuer's name. */
export function cardName(card: Pick<WalletCard | VCardShareView, 'nickname' | 'issuerName'>, locale: Locale): string {
  return card.nickname || card.issuerName[locale]
}

export const phoneBillName = (locale: Locale) => (locale === 'en' ? phoneEn : phoneKo).name

export const bankWords = (locale: Locale) => (locale === 'en' ? bankEn : bankKo)

/** An account that is debited: its bank's name and last four digits. */
export function debitName(
  { settings }: Pick<Gateway, 'settings'>,
  { code, lastFour }: { readonly code: string; readonly lastFour: string },
  locale: Locale,
): string {
  const reached = settings.BANK_FILES.flatMap(({ debits }) => debits?.reaches ?? [])
  const name = reached.find((bank) => bank.code === code)?.name[locale]
  return `${name ?? (locale === 'en' ? checkoutEn : checkoutKo).debit.row} •••• ${lastFour}`
}

/** A shopper's bank account: its bank's name and last four digits. */
export function bankAccountName(
  { settings }: Pick<Gateway, 'settings'>,
  { bank, lastFour }: { readonly bank: string; readonly lastFour: string },
  locale: Locale,
): string {
  const name = settings.BANKS.find(({ code }) => code === bank)?.name[locale]
  return `${name ?? bankWords(locale).bank} •••• ${lastFour}`
}

/** A shop's name in the reader's language. */
export function shopName(merchant: Pick<Merchant, 'name' | 'nameEn'>, locale: Locale): string {
  return locale === 'en' ? merchant.nameEn || merchant.name : merchant.name
}

/** The names of shops in the reader's language, by their identifiers. */
export async function shopNames(
  { merchants }: Pick<Gateway, 'merchants'>,
  ids: readonly Uuid[],
  locale: Locale,
): Promise<ReadonlyMap<Uuid, string>> {
  const shops = await Promise.all([...new Set(ids)].map((id) => merchants.get(id)))
  return new Map(shops.flatMap((shop) => (shop ? [[shop.id, shopName(shop, locale)] as const] : [])))
}

/** YYMM as printed on cards: MM/YY. */
export function expiryText(expiry: string): string {
  return `${expiry.slice(2)}/${expiry.slice(0, 2)}`
}
