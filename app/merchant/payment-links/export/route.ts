import { getTranslations } from 'next-intl/server'
import type { NextRequest } from 'next/server'
import { noteDeed, requireDesk } from '@/app/_glue/desk'
import { decimalText } from '@/components/i18n/format'
import { csvLine } from '@/lib/desk/csv'
import { publicId, type Uuid } from '@/lib/ids'
import { exponentOf } from '@/lib/money/currency'
import type { PaymentLink } from '@/lib/payment-links/payment-link'
import { readLinkQuery } from '../link-query'

// One reading of the database; only this many rows are held at a time, however long the list is.
const ROWS = 500

/** The list of payment links as a CSV file, with the filters of the page it is asked from; sent as it is read. */
export async function GET(request: NextRequest): Promise<Response> {
  const desk = await requireDesk('link.see', '/merchant/payment-links')
  const { gateway, merchant } = desk
  const t = await getTranslations('selling.links')
  const filter = readLinkQuery(Object.fromEntries(request.nextUrl.searchParams))
  const rowOf = ({ id, name, state, price, currency, stock, taken, createdAt, expiresAt, url }: PaymentLink) => {
    const money = (amount: bigint) => decimalText(amount, exponentOf(currency))
    const [least, most] = price.kind === 'fixed' ? [price.amount, price.amount] : [price.least, price.most]
    return csvLine([
      ...[publicId('plk', id), name, t(`state.${state}`), money(least), money(most), currency],
      ...[stock === undefined ? '' : String(stock), String(taken), createdAt.toISOString()],
      ...[expiresAt?.toISOString() ?? '', url],
    ])
  }
  const heading = csvLine([
    'id',
    'name',
    'state',
    'least',
    'most',
    'currency',
    'stock',
    'taken',
    'createdAt',
    'expiresAt',
    'url',
  ])
  let before: Uuid | undefined
  const encoder = new TextEncoder()
  const body = new ReadableStream<Uint8Array>({
    // The mark makes spreadsheets read it as UTF-8.
    start: (stream) => stream.enqueue(encoder.encode(`\uFEFF${heading}`)),
    async pull(stream) {
      const page = await gateway.paymentLinks.list(merchant.id, { ...filter, limit: ROWS, ...(before && { before }) })
      if (page.length > 0) stream.enqueue(encoder.encode(page.map(rowOf).join('')))
      before = page.at(-1)?.id
      if (page.length < ROWS) stream.close()
    },
  })
  await noteDeed(desk, { action: 'link.see', object: 'payment-links.csv', outcome: 'done' })
  return new Response(body, {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': 'attachment; filename="payment-links.csv"',
      'cache-control': 'no-store',
    },
  })
}
