import { getTranslations } from 'next-intl/server'
import type { NextRequest } from 'next/server'
import { noteDeed, requireDesk } from '@/app/_glue/desk'
import { decimalText } from '@/components/i18n/format'
import { csvLine } from '@/lib/desk/csv'
import { publicId, type Uuid } from '@/lib/ids'
import { exponentOf } from '@/lib/money/currency'
import type { RefundRequest } from '@/lib/refund-requests/refund-request'
import { readQueueQuery } from '../_parts/queue-query'

// One reading of the database; only this many rows are held at a time, however long the list is.
const ROWS = 500

const COLUMNS = [
  ...(['id', 'payment', 'orderRef', 'orderName', 'amount', 'currency'] as const),
  ...(['reason', 'words', 'state', 'answer', 'createdAt', 'decidedAt'] as const),
]

/** The queue as a CSV file, with the filters of the page it is asked from; sent as it is read. */
export async function GET(request: NextRequest): Promise<Response> {
  const desk = await requireDesk('portal.see', '/merchant/refund-requests')
  const { gateway, merchant } = desk
  const t = await getTranslations('refunds')
  const filter = readQueueQuery(Object.fromEntries(request.nextUrl.searchParams))
  const rowOf = (one: RefundRequest) =>
    csvLine([
      publicId('rrq', one.id),
      publicId('pay', one.paymentId),
      ...[one.orderRef, one.orderName, decimalText(one.amount, exponentOf(one.currency)), one.currency],
      ...[t(`reasons.${one.reason}`), one.words, t(`states.${one.state}`), one.answer ?? ''],
      ...[one.createdAt.toISOString(), one.decidedAt?.toISOString() ?? ''],
    ])
  const heading = csvLine(COLUMNS.map((name) => t(`queue.csv.${name}`)))

  let before: Uuid | undefined
  const encoder = new TextEncoder()
  const body = new ReadableStream<Uint8Array>({
    // The mark makes spreadsheets read it as UTF-8.
    start: (stream) => stream.enqueue(encoder.encode(`\uFEFF${heading}`)),
    async pull(stream) {
      const page = await gateway.refundRequests.list(merchant.id, {
        ...filter,
        limit: ROWS,
        ...(before && { before }),
      })
      if (page.length > 0) stream.enqueue(encoder.encode(page.map(rowOf).join('')))
      before = page.at(-1)?.id
      if (page.length < ROWS) stream.close()
    },
  })
  await noteDeed(desk, { action: 'portal.see', object: 'refund-requests.csv', outcome: 'done' })
  return new Response(body, {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': 'attachment; filename="refund-requests.csv"',
      'cache-control': 'no-store',
    },
  })
}
