import 'server-only'
import type { BilledPurchase } from '@/lib/billing/bill-store'
import type { ShopperLine } from '@/lib/billing/shopper-lines'
import type { Person } from '@/lib/auth/person'
import { formatMoney } from '@/components/i18n/format'
import type { Tone } from '@/components/ui/badge'
import type { Gateway } from '@/lib/gateway'
import type { Currency } from '@/lib/money/currency'
import { lineMask, lineName } from './phone-lines'

const TONES = {
  approved: 'accent',
  billed: 'info',
  refused: 'warn',
  collected: 'good',
  unpaid: 'bad',
  'written-off': 'neutral',
  cancelled: 'neutral',
} as const satisfies Record<string, Tone>
export type BillState = keyof typeof TONES

export interface BillRow extends Pick<BilledPurchase, 'paymentId' | 'shop' | 'description' | 'purchasedAt'> {
  readonly state: BillState
  readonly tone: Tone
  readonly amount: string
  /** What came back of it; absent: nothing. */
  readonly givenBack?: string
}

/** What one line was charged in a month. */
export interface LineBill {
  readonly id: string
  readonly name: string
  readonly masked: string
  readonly rows: readonly BillRow[]
  readonly total: string
}

/** A month of all the shopper's lines. */
export interface MonthBill {
  /** YYYY-MM, by the telephone companies' calendar. */
  readonly month: string
  /** Within the month, to write its name. */
  readonly at: Date
  readonly lines: readonly LineBill[]
  readonly total: string
}

const MOST_MONTHS = 24

interface Reader {
  readonly gateway: Gateway
  readonly person: Pick<Person, 'id'>
  readonly locale: 'ko' | 'en'
}

/** The months in which something was put on a line of the shopper's, the latest first. */
export async function billMonths({ gateway, person }: Reader): Promise<string[]> {
  const { lines } = gateway.phoneBill
  const own = await lines.list(person.id)
  const months = await Promise.all(own.map(({ id }) => lines.months(person.id, id)))
  return [...new Set(months.flat())].sort().reverse().slice(0, MOST_MONTHS)
}

/** The bill of a month (YYYY-MM); undefined where nothing was bought on the shopper's lines. */
export async function billOf(reader: Reader, month: string): Promise<MonthBill | undefined> {
  const { gateway, person, locale } = reader
  const { lines } = gateway.phoneBill
  const own = await lines.list(person.id)
  const bought = await Promise.all(
    own.map(async (line) => ({ line, purchases: await lines.purchases(person.id, line.id, month) })),
  )
  const used = bought.filter(({ purchases }) => purchases.length > 0)
  if (used.length === 0) return undefined
  return {
    month,
    at: new Date(`${month}-15T00:00:00Z`),
    lines: used.map(({ line, purchases }) => lineBill(gateway, line, purchases, locale)),
    total: totalOf(
      used.flatMap(({ purchases }) => purchases),
      locale,
    ),
  }
}

function lineBill(
  gateway: Gateway,
  line: ShopperLine,
  purchases: readonly BilledPurchase[],
  locale: 'ko' | 'en',
): LineBill {
  return {
    id: line.id,
    name: lineName(gateway, line, locale),
    masked: lineMask(line),
    total: totalOf(purchases, locale),
    rows: purchases.map(
      ({ paymentId, shop, description, purchasedAt, amount, givenBack, currency, state: written }) => {
        const state = stateOf(written)
        return {
          ...{ paymentId, shop, description, purchasedAt, state, tone: TONES[state] },
          amount: formatMoney(amount, currency, locale),
          ...(givenBack > 0n && { givenBack: formatMoney(givenBack, currency, locale) }),
        }
      },
    ),
  }
}

// What is neither billed nor settled is still to be billed.
function stateOf(written: string): BillState {
  return (Object.keys(TONES) as BillState[]).find((known) => known === written) ?? 'approved'
}

/** What is left to pay, by currency: sums of different money are not added. */
function totalOf(purchases: readonly BilledPurchase[], locale: string): string {
  const sums = new Map<Currency, bigint>()
  for (const { currency, amount, givenBack } of purchases) {
    sums.set(currency, (sums.get(currency) ?? 0n) + amount - givenBack)
  }
  return [...sums].map(([currency, sum]) => formatMoney(sum, currency, locale)).join(' + ')
}
