import { createHash } from 'node:crypto'
import { type Clock, later } from '../clock'
import type { Database } from '../db/database'
import { countOne } from '../db/rate-count'
import type { Settings } from '../env'
import { publicId, type Uuid, uuidAt } from '../ids'
import { LARGEST_AMOUNT, money } from '../money/money'
import type { Merchants } from '../merchants/merchants'
import { type Locale, type Payment, verdictOf } from '../payments/payment'
import type { Payments } from '../payments/payments'
import { createLinkTokens } from './link-token'
import type { LinkMaker, LinkSale, LinkState, PaymentLink } from './payment-link'
import {
  closeLink,
  findAbandoned,
  findLink,
  findLinks,
  findSales,
  giveBack,
  hasHeld,
  insertLink,
  type LinkFilter,
  setAside,
  type StoredLink,
} from './store'

export interface NewLink extends Pick<
  PaymentLink,
  'merchantId' | 'name' | 'description' | 'currency' | 'price' | 'stock' | 'expiresAt'
> {
  /** Drawn beforehand by who must be able to ask again. */
  readonly id?: Uuid
  readonly createdBy: LinkMaker
}

export type LinkFault = 'currency' | 'amount' | 'bounds' | 'stock' | 'past'

export type FollowedLink =
  | { kind: 'found'; link: PaymentLink }
  /** Not of this form, of no link, or with a MAC that does not fit: somebody changed it. */
  | { kind: 'changed' }

export type Bought =
  | { kind: 'opened'; merchantId: Uuid; paymentId: Uuid }
  | { kind: 'refused'; reason: Exclude<LinkState, 'open'> | 'amount' | 'changed' | 'too-many' | 'not-payable' }

/** Products and amounts sold by an address (M-119). */
export interface PaymentLinks {
  create(link: NewLink): Promise<{ kind: 'created'; link: PaymentLink } | { kind: 'refused'; reason: LinkFault }>
  find(merchantId: Uuid, id: Uuid): Promise<PaymentLink | undefined>
  /** Newest first. */
  list(merchantId: Uuid, filter: LinkFilter): Promise<PaymentLink[]>
  /** Nobody new can buy; checkouts that are open may end. False when it was off already. */
  close(merchantId: Uuid, id: Uuid): Promise<boolean>
  sales(merchantId: Uuid, id: Uuid, page: { before?: Uuid; limit: number }): Promise<LinkSale[]>
  /** What the address names, if nobody has changed it. Sets nothing aside. */
  follow(token: string): Promise<FollowedLink>
  /**
   * Sets one piece aside for a visitor and opens its payment. The same visitor, asking again for the same amount while
   * that payment is open, is led to it.
   * @param visitor what the visitor's browser keeps: unguessable, of its own for each browser
   */
  buy(token: string, wish: { visitor: string; address: string; amount?: bigint; locale: Locale }): Promise<Bought>
  /** Whether a piece is set aside for this visitor: a link that is sold out is not so for them. */
  isHeldBy(link: Pick<PaymentLink, 'merchantId' | 'id'>, visitor: string): Promise<boolean>
  /** Gives back what was set aside for payments that were never opened; at most so many. True when there are more. */
  settleDue(limit: number): Promise<boolean>
}

interface Parts {
  readonly database: Database
  readonly clock: Clock
  readonly settings: Pick<Settings, 'FINGERPRINT_KEY' | 'WEB_URL'>
  readonly merchants: Pick<Merchants, 'get'>
  readonly payments: Pick<Payments, 'open' | 'find' | 'cancel'>
}

// Whoever set it aside opens the payment at once; after this long it will not happen any more.
const ABANDONED_AFTER_MS = 10 * 60_000
// Pieces set aside by one address in ten minutes: more than an office buys at once, too few to empty a shop's stock.
const MOST_FROM_ADDRESS = 30
const WINDOW_MS = 10 * 60_000

export function createPaymentLinks({ database, clock, settings, merchants, payments }: Parts): PaymentLinks {
  const { prisma, pool } = database
  const tokens = createLinkTokens(settings.FINGERPRINT_KEY, 'payment-link')

  function shown(link: StoredLink): PaymentLink {
    const url = `${settings.WEB_URL.replace(/\/$/, '')}/link/${tokens.write(link, termsOf(link))}`
    return { ...link, url, state: stateOf(link, clock.now()) }
  }

  async function faultOf({ merchantId, currency, price, stock, expiresAt }: NewLink): Promise<LinkFault | undefined> {
    const merchant = await merchants.get(merchantId)
    if (!merchant?.currencies.includes(currency)) return 'currency'
    const amounts = price.kind === 'fixed' ? [price.amount] : [price.least, price.most]
    if (amounts.some((amount) => amount <= 0n || amount > LARGEST_AMOUNT)) return 'amount'
    if (price.kind === 'open' && price.least > price.most) return 'bounds'
    if (stock !== undefined && (!Number.isInteger(stock) || stock < 1 || stock > MOST_STOCK)) return 'stock'
    return expiresAt && expiresAt <= clock.now() ? 'past' : undefined
  }

  async function follow(token: string): Promise<FollowedLink> {
    const subject = tokens.read(token)
    const link = subject && (await findLink(prisma, subject.merchantId, subject.id))
    if (!link || !tokens.isGenuine(token, link, termsOf(link))) return { kind: 'changed' }
    return { kind: 'found', link: shown(link) }
  }

  async function open(link: PaymentLink, paymentId: Uuid, sale: { number: number; amount: bigint }, locale: Locale) {
    return payments.open({
      ...{ id: paymentId, merchantId: link.merchantId, orderName: link.name, captureMode: 'automatic' },
      ...{ channel: 'hosted', locale, amount: money(sale.amount, link.currency) },
      orderRef: `${publicId('plk', link.id)}-${sale.number}`,
      metadata: { paymentLink: publicId('plk', link.id) },
    })
  }

  /** Whether somebody who comes back to a payment can still do anything with it. */
  function leadsOn(payment: Payment, amount: bigint): boolean {
    if (verdictOf(payment) !== 'open') return true
    return payment.amount === amount && payment.expiresAt > clock.now()
  }

  return {
    async create(wanted) {
      const reason = await faultOf(wanted)
      if (reason) return { kind: 'refused', reason }
      const createdAt = clock.now()
      const link: StoredLink = { ...wanted, id: wanted.id ?? uuidAt(createdAt), taken: 0, createdAt }
      await insertLink(prisma, link)
      return { kind: 'created', link: shown(link) }
    },

    async find(merchantId, id) {
      const link = await findLink(prisma, merchantId, id)
      return link && shown(link)
    },

    list: async (merchantId, filter) => (await findLinks(prisma, merchantId, filter, clock.now())).map(shown),
    close: (merchantId, id) => closeLink(prisma, merchantId, id, clock.now()),
    sales: (merchantId, id, page) => findSales(prisma, merchantId, id, page),
    follow,

    async buy(token, { visitor, address, amount: chosen, locale }) {
      const followed = await follow(token)
      if (followed.kind === 'changed') return { kind: 'refused', reason: 'changed' }
      const { link } = followed
      const { merchantId, price } = link
      const amount = price.kind === 'fixed' ? price.amount : chosen
      if (amount === undefined) return { kind: 'refused', reason: 'amount' }
      const at = clock.now()
      const window = new Date(Math.floor(at.getTime() / WINDOW_MS) * WINDOW_MS)
      const count = await countOne(prisma, `link-address:${merchantId}:${hashOf(address)}`, window)
      if (count > MOST_FROM_ADDRESS) return { kind: 'refused', reason: 'too-many' }

      // Twice at most: a piece that is held for another amount, or for a checkout whose time is over, is given back first.
      for (let round = 0; round < 2; round++) {
        const wish = { merchantId, linkId: link.id, paymentId: uuidAt(at), visitor: hashOf(visitor), amount, at }
        const held = await setAside(pool, wish)
        if (held.kind === 'missing') return { kind: 'refused', reason: 'changed' }
        if (held.kind === 'refused') return held
        const { paymentId, number } = held
        const payment = held.kind === 'held' ? await payments.find(merchantId, paymentId) : undefined
        if (payment && !leadsOn(payment, amount)) {
          await payments.cancel(merchantId, paymentId)
          continue
        }
        if (!payment && BigInt(held.amount) !== amount) {
          await giveBack(pool, merchantId, paymentId, at)
          continue
        }
        if (payment) return { kind: 'opened', merchantId, paymentId }
        const opened = await open(link, paymentId, { number, amount }, locale)
        if (opened.kind === 'opened') return { kind: 'opened', merchantId, paymentId }
        await giveBack(pool, merchantId, paymentId, at)
        return { kind: 'refused', reason: 'not-payable' }
      }
      return { kind: 'refused', reason: 'not-payable' }
    },

    isHeldBy: ({ merchantId, id }, visitor) => hasHeld(prisma, merchantId, id, hashOf(visitor)),

    async settleDue(limit) {
      const at = clock.now()
      const abandoned = await findAbandoned(pool, later(at, -ABANDONED_AFTER_MS), limit)
      for (const { merchantId, paymentId } of abandoned) await giveBack(pool, merchantId, paymentId, at)
      return abandoned.length === limit
    },
  }
}

/** A stock that no shop counts by hand any more. */
const MOST_STOCK = 1_000_000

/** What the MAC covers beside the identifiers: a price that changes behind a printed code is not the price it was made for. */
function termsOf({ name, currency, price }: Pick<StoredLink, 'name' | 'currency' | 'price'>): string {
  const amounts = price.kind === 'fixed' ? [price.amount] : [price.least, price.most]
  return JSON.stringify([name, currency, price.kind, ...amounts.map(String)])
}

function stateOf({ closedAt, expiresAt, stock, taken }: StoredLink, now: Date): LinkState {
  if (closedAt) return 'off'
  if (expiresAt && expiresAt <= now) return 'expired'
  return stock !== undefined && taken >= stock ? 'sold-out' : 'open'
}

const hashOf = (text: string) => createHash('sha256').update(text).digest('base64url')
