import 'server-only'
import { setTimeout as pause } from 'node:timers/promises'
import { getLocale } from 'next-intl/server'
import type { CheckoutView, SavedCard } from '@/components/checkout/checkout-view'
import type { PhoneWhy } from '@/components/phone/phone-view'
import type { Person } from '@/lib/auth/person'
import { isExpired } from '@/lib/cards/card-number'
import type { WalletCard } from '@/lib/cards/wallet-card'
import type { Gateway } from '@/lib/gateway'
import type { OutOfBounds } from '@/lib/merchant-modules/merchant-modules'
import type { Merchant } from '@/lib/merchants/merchant'
import { atLeastZero } from '@/lib/money/money'
import type { Payment } from '@/lib/payments/payment'
import { inOrder, type MeansOrder } from '@/lib/wallet/means-order'
import { checkoutSession } from './checkout-session'
import { runningGateway } from './gateway'
import { bankAccountName, cardName, debitName, expiryText, shopName } from './names'
import { otherModules } from './other-modules'
import { offeredMeans } from './offered-means'
import { ownAccountsView } from './own-accounts'
import { savedLines } from './phone-lines'
import { currentPerson } from './session'
import { eCashView } from './stored-value'
import { unavailableMeans } from './unavailable-means'

export interface OpenCheckout {
  readonly gateway: Gateway
  readonly payment: Payment
  /** Its modules are those by which this shopper can pay this amount here. */
  readonly merchant: Merchant
  /** Modules that this shopper may use here for other amounts. */
  readonly outOfBounds: readonly OutOfBounds[]
  readonly person: Person | undefined
  readonly locale: 'ko' | 'en'
}

/** Everything the checkout of one payment needs; undefined when this browser may not see it, or there is none. */
export async function openCheckout(id: string): Promise<OpenCheckout | undefined> {
  const gateway = await runningGateway()
  const session = await checkoutSession(gateway, id)
  if (!session) return undefined
  const [payment, merchant, person, locale] = await Promise.all([
    gateway.payments.find(session.merchantId, session.paymentId),
    gateway.merchants.get(session.merchantId),
    currentPerson(),
    getLocale(),
  ])
  if (!payment || !merchant) return undefined
  const buyer = person ? { shopperId: person.id } : {}
  const { usable, outOfBounds } = await gateway.merchantModules.offered(merchant.id, { ...payment, buyer })
  return { gateway, payment, merchant: { ...merchant, modules: usable }, outOfBounds, person, locale }
}

export async function walletOf({ gateway, person }: Pick<OpenCheckout, 'gateway' | 'person'>): Promise<WalletCard[]> {
  return person ? gateway.cards.list(person.id) : []
}

/** What an issuer said of a card counts so long; older, it is asked again. */
const STANDING_LIVES_MS = 5 * 60_000

/** The page does not wait longer than this for issuers: it is of use without them. */
const ISSUERS_MAY_TAKE_MS = 400

/** The wallet with limits as fresh as can be had quickly; what comes later is there for the next look. */
export async function freshWalletOf(checkout: Pick<OpenCheckout, 'gateway' | 'person'>): Promise<WalletCard[]> {
  const { gateway, person } = checkout
  const wallet = await walletOf(checkout)
  const since = gateway.clock.now().getTime() - STANDING_LIVES_MS
  const old = wallet.filter(({ standing }) => !standing || standing.at.getTime() < since).map(({ id }) => id)
  if (!person || old.length === 0) return wallet
  const asked = gateway.cards.refresh(person.id, old).then(
    () => true,
    () => false,
  )
  const isAnswered = await Promise.race([asked, pause(ISSUERS_MAY_TAKE_MS, false)])
  return isAnswered ? walletOf(checkout) : wallet
}

/** Why nothing can be put on a phone bill here; undefined when something can. Other shops do not offer it at all. */
async function phoneWhy(checkout: OpenCheckout): Promise<PhoneWhy | undefined> {
  const { gateway, payment, merchant, outOfBounds, person } = checkout
  if (outOfBounds.some(({ module }) => module === 'phone-bill')) return 'amount'
  if (!merchant.modules.includes('phone-bill')) return 'not-taken'
  const { merchantId, currency } = payment
  const standing = await gateway.phoneBill.offer.standing({ merchantId, currency, isGuest: person === undefined })
  return standing === 'open' ? undefined : standing
}

/** The checkout as its page shows it. Of a card or a line it holds what may be shown, nothing else (P8.1). */
export async function checkoutView(
  checkout: OpenCheckout,
  id: string,
  wallet: readonly WalletCard[],
): Promise<CheckoutView> {
  const { gateway, payment, merchant, person, locale } = checkout
  const takesCards = merchant.modules.includes('card')
  const now = gateway.clock.now()
  const takesAccounts = merchant.modules.includes('micro-account')
  const banks = merchant.modules.includes('bank-transfer') ? banksFor(checkout) : []
  const [why, lines, eCash, accounts, debit, bankAccounts, order, unavailable] = await Promise.all([
    phoneWhy(checkout),
    person ? savedLines(gateway, person.id, locale) : [],
    eCashView(checkout),
    takesAccounts && person ? ownAccountsView(gateway, person.id, payment.currency) : [],
    debitOffer(checkout),
    banks.length > 0 ? keptAccounts(checkout, banks) : [],
    person ? gateway.walletOrder.of(person.id) : { order: [] },
    unavailableMeans(checkout),
  ])
  const saved = ({ standing, setAside, ...card }: WalletCard): SavedCard => ({
    id: card.id,
    name: cardName(card, locale),
    masked: card.masked,
    expiry: expiryText(card.expiry),
    isExpired: isExpired(card.expiry, now),
    isForeign: standing !== undefined && standing.currency !== payment.currency,
    ...(standing?.currency === payment.currency && { room: atLeastZero(standing.available - setAside) }),
  })
  const takesGiro =
    merchant.modules.includes('giro') &&
    gateway.settings.BANK_FILES.some(({ currency }) => currency === payment.currency)
  const takesCash = merchant.modules.includes('cash-on-delivery')
  const modules = otherModules(checkout)
  const kinds = [
    takesCards && wallet.length > 0,
    accounts.length > 0,
    eCash?.why === undefined && eCash !== undefined,
    banks.length > 0 && person !== undefined,
    takesGiro,
    takesCash,
    modules.length > 0,
  ]
  const view = {
    paymentId: id,
    attempt: payment.attempt,
    amount: payment.amount,
    currency: payment.currency,
    cards: takesCards ? wallet.map(saved) : [],
    takesCards,
    takesSplits: merchant.modules.includes('vcard') && person !== undefined,
    lines: why === 'not-taken' || why === 'amount' ? lines.map((line) => ({ ...line, why })) : lines,
    ...{ banks, bankAccounts: keptInOrder(bankAccounts, order), takesCash, takesGiro, modules },
    takesMix: kinds.filter(Boolean).length > 1,
    shop: shopName(merchant, locale),
    ...(why === 'not-taken' || why === 'amount' ? {} : { phone: { ...(why && { why }) } }),
    unavailable,
    accounts,
    takesAccounts,
    ...(eCash && { eCash }),
    ...(debit && { debit }),
    needsEmail: payment.email === undefined && person === undefined,
    sealing: gateway.sealedInput.offer(id),
    ...(person && { personName: person.name }),
  }
  return { ...view, ...offeredMeans(view, order) }
}

/** What can be collected by direct debit here, by which words, and from accounts that this shopper has named before. */
async function debitOffer({
  gateway,
  payment,
  merchant,
  person,
  locale,
}: OpenCheckout): Promise<CheckoutView['debit']> {
  const { mandates } = gateway
  const bank = mandates.collecting(payment.currency)
  if (!bank || !merchant.modules.includes('direct-debit')) return undefined
  const consent = (kind: 'one-off' | 'recurring') =>
    mandates.consent(locale, shopName(merchant, locale), kind, payment.currency) ?? ''
  const given = person ? await mandates.ofShopper(person.id) : []
  return {
    banks: bank.debits.reaches.map(({ code, name }) => ({ code, name: name[locale] })),
    mandates: given
      .filter((each) => each.merchantId === merchant.id && each.kind === 'recurring' && each.state === 'active')
      .map(({ id, bank: code, lastFour }) => ({ id, name: debitName(gateway, { code, lastFour }, locale) })),
    consent: { oneOff: consent('one-off'), recurring: consent('recurring') },
  }
}

/** Accounts that the shopper has kept at banks from which this can be paid (M-192). */
async function keptAccounts(
  { gateway, person, locale }: OpenCheckout,
  banks: CheckoutView['banks'],
): Promise<CheckoutView['bankAccounts']> {
  const kept = person ? await gateway.bankAccounts.list(person.id) : []
  return kept
    .filter(({ bank }) => banks.some(({ code }) => code === bank))
    .map((each) => ({ id: each.id, name: bankAccountName(gateway, each, locale), holder: each.holder }))
}

/** In the order of the shopper's wallet; what they want to be tried first stands first, and is chosen already. */
function keptInOrder(
  kept: CheckoutView['bankAccounts'],
  { order, preferred }: MeansOrder,
): CheckoutView['bankAccounts'] {
  const named = kept.map((account) => ({ means: `bank:${account.id}`, account }))
  const first = [...(preferred === undefined ? [] : [preferred]), ...order]
  return inOrder(named, { order: [...new Set(first)] }).map(({ account }) => account)
}

function banksFor({ gateway, payment, locale }: OpenCheckout): CheckoutView['banks'] {
  return gateway.settings.BANKS.filter(({ currencies }) => currencies.includes(payment.currency)).map(
    ({ code, name }) => ({ code, name: name[locale] }),
  )
}
