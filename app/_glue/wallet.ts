import 'server-only'
import { getTranslations } from 'next-intl/server'
import { formatMoney } from '@/components/i18n/format'
import type { Tone } from '@/components/ui/badge'
import type { Person } from '@/lib/auth/person'
import { isExpired } from '@/lib/cards/card-number'
import type { Gateway } from '@/lib/gateway'
import { inOrder } from '@/lib/wallet/means-order'
import { bankAccountName, cardName, debitName, expiryText, shopName } from './names'
import { accountName, roomOf, standingOf } from './own-accounts'
import { lineMask, lineName, lineStates } from './phone-lines'

export type WalletKind = 'card' | 'line' | 'account' | 'e-cash' | 'bank' | 'mandate'

/** One of the things that a shopper has with us to pay with, whatever it is. */
export interface WalletMeans {
  /** As the checkout names it: card:…, line:…, account:…, e-cash, bank:…, mandate:… */
  readonly means: string
  readonly kind: WalletKind
  readonly name: string
  readonly detail: string
  /** Where it is looked after. */
  readonly href: string
  /** Why it does not pay at the moment. */
  readonly state?: { readonly words: string; readonly tone: Tone }
}

interface Asking {
  readonly gateway: Gateway
  readonly person: Pick<Person, 'id'>
  readonly locale: 'ko' | 'en'
}

/** Everything that a shopper has with us, in their own order, and what they want to be tried first. */
export async function wholeWallet(
  asking: Asking,
): Promise<{ readonly all: readonly WalletMeans[]; readonly preferred: string | undefined }> {
  const { gateway, person } = asking
  const [order, ...kinds] = await Promise.all([
    gateway.walletOrder.of(person.id),
    cardsOf(asking),
    linesOf(asking),
    accountsOf(asking),
    eCashOf(asking),
    bankAccountsOf(asking),
    mandatesOf(asking),
  ])
  return { all: inOrder(kinds.flat(), order), preferred: order.preferred }
}

async function cardsOf({ gateway, person, locale }: Asking): Promise<WalletMeans[]> {
  const [cards, t] = await Promise.all([gateway.cards.list(person.id), getTranslations('account.cards')])
  return cards.map((card) => ({
    ...{ means: `card:${card.id}`, name: cardName(card, locale), href: `/account/cards/${card.id}` },
    kind: 'card',
    detail: `${card.masked} · ${expiryText(card.expiry)}`,
    ...(isExpired(card.expiry, gateway.clock.now()) && { state: { words: t('expired'), tone: 'bad' } as const }),
  }))
}

async function linesOf({ gateway, person, locale }: Asking): Promise<WalletMeans[]> {
  const [lines, t] = await Promise.all([gateway.phoneBill.lines.list(person.id), getTranslations('account.lines')])
  return lines.map((line) => {
    const { state, tone } = lineStates(line)
    return {
      ...{ means: `line:${line.id}`, name: lineName(gateway, line, locale), detail: lineMask(line) },
      kind: 'line',
      href: `/account/lines/${line.id}`,
      ...(state !== 'open' && { state: { words: t(`state.${state}`), tone } }),
    }
  })
}

async function accountsOf({ gateway, person, locale }: Asking): Promise<WalletMeans[]> {
  const [accounts, t] = await Promise.all([gateway.accounts.ofShopper(person.id), getTranslations('account.accounts')])
  return accounts.map((account) => {
    const { standing, tone } = standingOf(account)
    return {
      ...{ means: `account:${account.id}`, name: accountName(account) },
      kind: 'account',
      ...{ detail: formatMoney(roomOf(account), account.currency, locale), href: `/account/accounts/${account.id}` },
      ...(standing !== 'usable' && { state: { words: t(`standing.${standing}`), tone } }),
    }
  })
}

/** All currencies together: at a checkout there is one that fits, or none. */
async function eCashOf({ gateway, person, locale }: Asking): Promise<WalletMeans[]> {
  const [wallets, t] = await Promise.all([gateway.eCash.wallets(person.id), getTranslations('account')])
  if (wallets.length === 0) return []
  const detail = wallets.map(({ balance, currency }) => formatMoney(balance, currency, locale)).join(' · ')
  const isLocked = wallets.every((wallet) => wallet.isLocked)
  return [
    {
      ...{ means: 'e-cash', name: t('eCash.title'), detail, href: '/account/e-cash' },
      kind: 'e-cash',
      ...(isLocked && { state: { words: t('wallet.locked'), tone: 'warn' } as const }),
    },
  ]
}

async function bankAccountsOf({ gateway, person, locale }: Asking): Promise<WalletMeans[]> {
  return (await gateway.bankAccounts.list(person.id)).map((account) => ({
    ...{ means: `bank:${account.id}`, name: bankAccountName(gateway, account, locale), detail: account.holder },
    kind: 'bank',
    href: '/account/bank-accounts',
  }))
}

async function mandatesOf({ gateway, person, locale }: Asking): Promise<WalletMeans[]> {
  const given = (await gateway.mandates.ofShopper(person.id)).filter(
    ({ kind, state }) => kind === 'recurring' && state === 'active',
  )
  return Promise.all(
    given.map(async ({ id, merchantId, bank: code, lastFour }) => {
      const merchant = await gateway.merchants.get(merchantId)
      return {
        ...{ means: `mandate:${id}`, href: '/account/mandates' },
        kind: 'mandate',
        name: debitName(gateway, { code, lastFour }, locale),
        detail: merchant ? shopName(merchant, locale) : '',
      }
    }),
  )
}
