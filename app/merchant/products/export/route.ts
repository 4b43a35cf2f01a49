import { getTranslations } from 'next-intl/server'
import { noteDeed, requireDesk } from '@/app/_glue/desk'
import { csvAnswer } from '@/app/operator/_parts/csv-answer'
import { decimalText } from '@/components/i18n/format'
import { csvLine } from '@/lib/desk/csv'
import { exponentOf } from '@/lib/money/currency'
import { rateOf } from '@/lib/statistics/product-rates'
import { inOrder, PRODUCTS, readProductQuery, readProductSort } from '../_parts/product-query'

/** Products with both rates as a CSV file; rates are parts of one. */
export async function GET(request: Request): Promise<Response> {
  const desk = await requireDesk('product-rates.see', PRODUCTS)
  const { gateway, merchant } = desk
  const query = Object.fromEntries(new URL(request.url).searchParams)
  const question = readProductQuery(query, await gateway.daily.today(), merchant.currencies)
  const { by, currency, first, last } = question
  const t = await getTranslations('refunds.products')
  await noteDeed(desk, { action: 'product-rates.see', object: 'products.csv', outcome: 'done' })
  const names = ['first', 'last', 'orders', 'pieces', 'piecesBack', 'sold', 'back', 'currency', 'refundRate'] as const
  const heads = [t(`by.${by}`), ...names.map((name) => t(name)), t('dissatisfied'), t('dissatisfactionRate')]
  const rates = inOrder(await gateway.productFigures.rates(merchant.id, question), readProductSort(query))
  const digits = exponentOf(currency)
  return csvAnswer('products.csv', csvLine(heads), () => {
    const lines = rates.map((one) =>
      csvLine([
        ...[one.name, first, last, String(one.orders), String(one.pieces), String(one.piecesBack)],
        ...[decimalText(one.sold, digits), decimalText(one.back, digits), currency],
        ...[String(rateOf(one.back, one.sold) ?? ''), String(one.dissatisfied)],
        String(rateOf(BigInt(one.dissatisfied), BigInt(one.orders)) ?? ''),
      ]),
    )
    return Promise.resolve({ lines, isLast: true })
  })
}
