import { z } from 'zod'
import { readWallTime } from '@/lib/calendar'
import { readTypedAmount } from '@/components/ui/typed-amount'
import { DAY_MS } from '@/lib/clock'
import { purchaseTabs } from '@/lib/desk/purchase-tab'
import { type BrowseFilter, type PurchaseOrder, purchaseOrders, type PurchasePlace } from '@/lib/desk/purchases'
import { publicId, readPublicId } from '@/lib/ids'
import type { Currency } from '@/lib/money/currency'
import type { RawQuery } from '../_parts/list-query'

const NAMES = ['tab', 'q', 'sort', 'from', 'to', 'means', 'currency', 'least', 'most', 'before'] as const

/** The words of the list's address. */
export type PaymentWords = Readonly<Partial<Record<(typeof NAMES)[number], string | undefined>>>

export interface PaymentQuery {
  /** What of the address was understood, without the place in the list. */
  readonly words: PaymentWords
  readonly filter: Omit<BrowseFilter, 'limit'>
  readonly order: PurchaseOrder
  /** How many of the filters beside tab and search are in use. */
  readonly narrowed: number
}

interface Shop {
  readonly currencies: readonly Currency[]
  /** Whose days `from` and `to` are. */
  readonly zone: string
}

const day = z.iso.date()

/** What the address of the payments' list says; anything it does not understand is left out. */
export function readPaymentQuery(raw: RawQuery, { currencies, zone }: Shop): PaymentQuery {
  const tab = purchaseTabs.find((known) => known === raw['tab'])
  const q = typeof raw['q'] === 'string' ? raw['q'].normalize('NFC').trim().slice(0, 200) : ''
  const order = purchaseOrders.find((known) => known === raw['sort']) ?? 'newest'
  const from = day.safeParse(raw['from']).data
  const to = day.safeParse(raw['to']).data
  const means = typeof raw['means'] === 'string' && /^[a-z0-9-]{1,40}$/.test(raw['means']) ? raw['means'] : undefined
  const asked = currencies.find((known) => known === raw['currency'])
  const typed = (text: RawQuery[string], of: Currency) =>
    typeof text === 'string' && text !== '' ? readTypedAmount(text, of) : undefined
  const main = asked ?? currencies[0] ?? 'KRW'
  const least = typed(raw['least'], main)
  const most = typed(raw['most'], main)
  const isByAmount = order === 'largest' || order === 'smallest'
  // Amounts are compared within one currency; where the shop has only one there is nothing to choose.
  const currency = isByAmount || least !== undefined || most !== undefined ? main : asked
  const hasAmount = isByAmount || (least !== undefined && least === most)
  const before = readPlace(raw['before'], hasAmount)
  const start = from && readWallTime(`${from}T00:00`, zone)
  const end = to && readWallTime(`${dayAfter(to)}T00:00`, zone)
  return {
    words: {
      tab,
      q,
      sort: order === 'newest' ? undefined : order,
      from,
      to,
      means,
      currency: currencies.length > 1 ? asked : undefined,
      least: least === undefined ? undefined : String(raw['least']),
      most: most === undefined ? undefined : String(raw['most']),
    },
    filter: {
      order,
      ...(tab && { tab }),
      ...(q && { orderRef: q }),
      ...(start && { from: start }),
      ...(end && { until: end }),
      ...(means !== undefined && { means }),
      ...(currency &&
        (currencies.length > 1 || hasAmount || least !== undefined || most !== undefined) && { currency }),
      ...(least !== undefined && { least }),
      ...(most !== undefined && { most }),
      ...(before && { before }),
    },
    order,
    narrowed: [from, to, means, least, most, isByAmount ? undefined : asked].filter((one) => one !== undefined).length,
  }
}

/** The address of the list, or of its export, with its filters. */
export function paymentsAddress(path: string, words: PaymentWords | RawQuery): string {
  const search = new URLSearchParams()
  for (const name of NAMES) {
    const value = (words as RawQuery)[name]
    if (typeof value === 'string' && value !== '') search.set(name, value)
  }
  return search.size === 0 ? path : `${path}?${search}`
}

/** Where a page ended, for the address: the payment, and in a list by amount its amount. */
export function placeWord({ id, amount }: PurchasePlace): string {
  return amount === undefined ? publicId('pay', id) : `${publicId('pay', id)}~${amount}`
}

function readPlace(word: RawQuery[string], hasAmount: boolean): PurchasePlace | undefined {
  const [, name = '', amount] = (typeof word === 'string' && /^([a-z0-9_]{1,40})(?:~([0-9]{1,18}))?$/.exec(word)) || []
  const id = readPublicId('pay', name)
  // A place in a list by time says nothing of a list by amount, and the other way round.
  if (id === undefined || (amount !== undefined) !== hasAmount) return undefined
  return { id, ...(amount !== undefined && { amount: BigInt(amount) }) }
}

function dayAfter(of: string): string {
  return new Date(Date.parse(`${of}T00:00:00Z`) + DAY_MS).toISOString().slice(0, 10)
}
