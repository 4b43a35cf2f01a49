import { getTranslations } from 'next-intl/server'
import type { NextRequest } from 'next/server'
import { noteDeed, requireDesk } from '@/app/_glue/desk'
import { decimalText } from '@/components/i18n/format'
import { csvLine } from '@/lib/desk/csv'
import { publicId, type Uuid } from '@/lib/ids'
import { exponentOf } from '@/lib/money/currency'
import type { Payment } from '@/lib/payments/payment'
import { readListQuery } from '../../_parts/list-query'
import { statusOf } from '../../_parts/payment-status'

// One reading of the database; only this many rows are held at a time, however long the list is.
const ROWS = 500

/** The list of payments as a CSV file, with the filters of the page it is asked from; sent as it is read. */
export async function GET(request: NextRequest): Promise<Response> {
  const desk = await requireDesk('portal.see', '/merchant/payments')
  const { gateway, merchant } = desk
  const t = await getTranslations('merchant')
  const filter = readListQuery(Object.fromEntries(request.nextUrl.searchParams))
  const rowOf = (payment: Payment) => {
    const money = (amount: bigint) => decimalText(amount, exponentOf(payment.currency))
    return csvLine([
      publicId('pay', payment.id),
      payment.orderRef,
      payment.orderName,
      t(`status.${statusOf(payment)}`),
      money(payment.amount),
      money(payment.capturedAmount),
      money(payment.refundedAmount),
      payment.currency,
      payment.createdAt.toISOString(),
      payment.finishedAt?.toISOString() ?? '',
    ])
  }
  const columns = ['id', 'orderRef', 'orderName', 'status', 'amount', 'captured', 'refunded', 'currency'] as const
  const heading = csvLine([...columns, 'createdAt' as const, 'finishedAt' as const].map((name) => t(`csv.${name}`)))

  let before: Uuid | undefined
  const encoder = new TextEncoder()
  const body = new ReadableStream<Uint8Array>({
    // The mark makes spreadsheets read it as UTF-8.
    start: (stream) => stream.enqueue(encoder.encode(`\uFEFF${heading}`)),
    async pull(stream) {
      const page = await gateway.purchases.page(merchant.id, { ...filter, limit: ROWS, ...(before && { before }) })
      if (page.length > 0) stream.enqueue(encoder.encode(page.map(rowOf).join('')))
      before = page.at(-1)?.id
      if (page.length < ROWS) stream.close()
    },
  })
  await noteDeed(desk, { action: 'portal.see', object: 'payments.csv', outcome: 'done' })
  return new Response(body, {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': 'attachment; filename="payments.csv"',
      'cache-control': 'no-store',
    },
  })
}
