import { z } from 'zod'
import { currencyCodes } from '../../money/currency'
import { faultOfPeriod, MOST_PRODUCTS, productViews, type ProductRates, rateOf } from '../../statistics/product-rates'
import { ApiError } from '../errors'
import { wrongMember } from '../field-errors'
import { amountOut, text } from '../fields'
import { type Reply, route } from '../route'

const rate = z.number().min(0).optional()

const ratesView = z
  .strictObject({
    name: z.string().meta({ description: 'Of the product or group; empty for products without a group.' }),
    orders: z.int().meta({ description: 'Paid orders of the period that hold it.' }),
    pieces: z.int(),
    piecesBack: z.int().meta({ description: 'Named in refunds, or gone back with the whole order.' }),
    sold: amountOut,
    back: amountOut.meta({ description: 'With its part of refunds that named no lines.' }),
    refundRate: rate.meta({ description: '`back` of `sold`: 0.25 is a quarter.' }),
    dissatisfied: z.int().meta({
      description:
        'Orders in which it was asked back, or the payment disputed, because it did not come, was damaged, not as described or another thing.',
    }),
    dissatisfactionRate: rate.meta({ description: '`dissatisfied` of `orders`.' }),
  })
  .meta({ id: 'ProductRates' })

function viewRates({ sold, back, ...row }: ProductRates): z.input<typeof ratesView> {
  const refundRate = rateOf(back, sold)
  const dissatisfactionRate = rateOf(BigInt(row.dissatisfied), BigInt(row.orders))
  return {
    ...{ ...row, sold: String(sold), back: String(back) },
    ...(refundRate === undefined ? {} : { refundRate }),
    ...(dissatisfactionRate === undefined ? {} : { dissatisfactionRate }),
  }
}

export const listProductRates = route(
  'GET /api/v1/product-rates',
  {
    caller: 'merchant',
    may: 'product-rates.see',
    summary: 'How often products come back, and how often people are not satisfied with them',
    description: `Of orders of the period that named their lines; at most ${MOST_PRODUCTS} rows, most given back first.`,
    query: z.strictObject({
      currency: z.enum(currencyCodes),
      first: z.iso.date().meta({ description: 'The first day of the period.' }),
      last: z.iso.date().meta({ description: 'In the period too; at most 366 days.' }),
      by: z.enum(productViews).optional().meta({ description: 'product when absent.' }),
      search: text(100).optional().meta({ description: 'A part of the name.' }),
    }),
    answers: {
      200: {
        description: 'A row for each product or group',
        schema: z.strictObject({ products: z.array(ratesView) }).meta({ id: 'ProductRatesList' }),
      },
    },
    errors: ['invalid-input'],
  },
  async ({ gateway, caller: { merchant }, query: { by = 'product', ...query } }): Promise<Reply> => {
    const fault = faultOfPeriod(query)
    if (fault) throw new ApiError('invalid-input', { errors: [wrongMember([fault], 'too-small')] })
    const found = await gateway.productFigures.rates(merchant.id, { by, ...query })
    return { status: 200, body: { products: found.map(viewRates) } }
  },
)
