import { getTranslations } from 'next-intl/server'
import { MoneyText } from '@/components/ui/money'
import { FigureCell, Table, TableCell, TableHead, TableRow } from '@/components/ui/table'
import type { Currency } from '@/lib/money/currency'
import { type ProductRates, type ProductView, rateOf } from '@/lib/statistics/product-rates'

interface Props {
  readonly rates: readonly ProductRates[]
  readonly by: ProductView
  readonly currency: Currency
  readonly locale: 'ko' | 'en'
}

/** Products or groups with both rates, in the order they are given. */
export async function ProductTable({ rates, by, currency, locale }: Props) {
  const t = await getTranslations('refunds.products')
  const percent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 })
  const written = (rate: number | undefined) => (rate === undefined ? '–' : percent.format(rate))
  const money = (amount: bigint) => <MoneyText {...{ amount, currency, locale }} />
  return (
    <Table aria-label={t('title')}>
      <thead>
        <tr>
          <TableHead>{t(`by.${by}`)}</TableHead>
          {(['orders', 'pieces', 'piecesBack', 'sold', 'back', 'refundRate', 'dissatisfied'] as const).map((name) => (
            <TableHead key={name} className="text-right">
              {t(name)}
            </TableHead>
          ))}
        </tr>
      </thead>
      <tbody>
        {rates.map((one) => (
          <TableRow key={one.name}>
            <TableCell className="min-w-32 font-medium [overflow-wrap:anywhere]">{one.name || t('noGroup')}</TableCell>
            <FigureCell>{one.orders}</FigureCell>
            <FigureCell>{one.pieces}</FigureCell>
            <FigureCell>{one.piecesBack}</FigureCell>
            <FigureCell>{money(one.sold)}</FigureCell>
            <FigureCell>{money(one.back)}</FigureCell>
            <FigureCell className="font-semibold">{written(rateOf(one.back, one.sold))}</FigureCell>
            <FigureCell>
              {one.dissatisfied} · {written(rateOf(BigInt(one.dissatisfied), BigInt(one.orders)))}
            </FigureCell>
          </TableRow>
        ))}
      </tbody>
    </Table>
  )
}
