import type pg from 'pg'
import type { Uuid } from '../ids'
import type { Currency } from '../money/currency'

/** A merchant's month in one currency, from the books. Minor units; what is taken from the merchant is negative. */
export interface MerchantMonth {
  /** YYYY-MM */
  readonly month: string
  readonly sold: bigint
  readonly sales: number
  readonly refunded: bigint
  readonly chargedBack: bigint
  /** Without their tax, and what was given back of them taken off. */
  readonly fees: bigint
  readonly feeVat: bigint
  readonly other: bigint
}

/** What remains of the sales after everything that was taken of them. */
export function profitOf({
  sold,
  refunded,
  chargedBack,
  fees,
  feeVat,
  other,
}: Omit<MerchantMonth, 'month' | 'sales'>): bigint {
  return sold + refunded + chargedBack + fees + feeVat + other
}

/** Korean value added tax within a price, which is a tenth of what it is put on: an eleventh, rounded down to a won. */
function vatWithin(total: bigint): bigint {
  return total / 11n
}

/** The value added tax of a month. Minor units. */
export interface MonthVat {
  /** What was sold and kept, without its tax. */
  readonly supply: bigint
  /** The tax in it, owed to the state. */
  readonly output: bigint
  /** The tax on our fees, to be taken off. */
  readonly input: bigint
  readonly due: bigint
}

/** Taking every sale for taxed with the tax in its price; for won alone, where the rate is known. */
export function vatOf({ sold, refunded, feeVat }: Pick<MerchantMonth, 'sold' | 'refunded' | 'feeVat'>): MonthVat {
  const kept = sold + refunded
  const output = vatWithin(kept)
  return { supply: kept - output, output, input: -feeVat, due: output + feeVat }
}

interface Row {
  readonly month: string
  readonly kind: string
  readonly count: bigint
  readonly amount: bigint
  readonly vat: bigint
}

const SALES: readonly string[] = ['capture', 'collection', 'e-cash-deposit']

/** The months from one to another, YYYY-MM, the latest first; months in which nothing was booked are not there. */
export async function monthsOf(
  pool: pg.Pool,
  merchantId: Uuid,
  { currency, first, last }: { currency: Currency; first: string; last: string },
): Promise<MerchantMonth[]> {
  const { rows } = await pool.query<Row>(
    `select to_char(month, 'YYYY-MM') as month, kind, sum(count)::bigint as count, sum(amount)::bigint as amount,
       sum(vat)::bigint as vat
     from (
       select month, kind, count, amount, vat from merchant_month
       where merchant_id = $1 and currency = $2 and month between ($3 || '-01')::date and ($4 || '-01')::date
       union all
       select merchant_month_of(c.merchant_id, c.currency, g.at), g.kind, 1, c.amount, fee_vat(g)
       from merchant_balance_change c
       join posting g on g.merchant_id = c.merchant_id and g.id = c.posting_id and settles(g.kind)
       where c.merchant_id = $1 and c.currency = $2) x
     where month between ($3 || '-01')::date and ($4 || '-01')::date
     group by month, kind order by month desc`,
    [merchantId, currency, first, last],
  )
  return [...new Set(rows.map(({ month }) => month))].map((month) => {
    const own = rows.filter((row) => row.month === month)
    const sumOf = (...kinds: readonly string[]) =>
      own.filter(({ kind }) => kinds.includes(kind)).reduce((sum, { amount }) => sum + amount, 0n)
    const vat = own.reduce((sum, row) => sum + row.vat, 0n)
    const named = [...SALES, 'refund', 'return', 'charge-back', 'fee', 'fee-back', 'payout-returned']
    return {
      month,
      sold: sumOf(...SALES),
      sales: Number(own.filter(({ kind }) => SALES.includes(kind)).reduce((sum, { count }) => sum + count, 0n)),
      refunded: sumOf('refund', 'return'),
      chargedBack: sumOf('charge-back'),
      fees: sumOf('fee', 'fee-back') + vat,
      feeVat: -vat,
      // A payout that came back was no income before and is none now.
      other: own.filter(({ kind }) => !named.includes(kind)).reduce((sum, { amount }) => sum + amount, 0n),
    }
  })
}
