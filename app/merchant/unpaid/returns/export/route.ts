import { getTranslations } from 'next-intl/server'
import type { NextRequest } from 'next/server'
import { noteDeed, requireDesk } from '@/app/_glue/desk'
import { decimalText } from '@/components/i18n/format'
import { csvLine } from '@/lib/desk/csv'
import { publicId, type Uuid } from '@/lib/ids'
import { exponentOf } from '@/lib/money/currency'
import type { ReturnTransfer } from '@/lib/returns/return-transfer'
import { readReturnQuery, RETURNS } from '../../_parts/return-query'

// One reading of the database; only this many rows are held at a time, however long the list is.
const ROWS = 500

const COLUMNS = [
  ...(['id', 'payment', 'for', 'payer', 'account', 'amount', 'currency'] as const),
  ...(['stands', 'reason', 'named', 'on'] as const),
]

/** Transfers back as a CSV file, with the filter of the page it is asked from; sent as it is read. */
export async function GET(request: NextRequest): Promise<Response> {
  const desk = await requireDesk('unpaid.see', RETURNS)
  const { gateway, merchant } = desk
  const t = await getTranslations('refunds.transfers')
  const { state } = readReturnQuery(Object.fromEntries(request.nextUrl.searchParams))
  const rowOf = ({ amount: { amount, currency }, ...each }: ReturnTransfer) =>
    csvLine([
      ...[publicId('ret', each.id), each.paymentId ? publicId('pay', each.paymentId) : ''],
      ...[t(`source.${each.source}`), each.payerName, each.lastFour],
      ...[decimalText(amount, exponentOf(currency)), currency],
      ...[t(`state.${each.state}`), each.reason ?? '', each.named ?? '', each.createdAt.toISOString()],
    ])
  const heading = csvLine(COLUMNS.map((name) => t(`csv.${name}`)))
  let before: Uuid | undefined
  const encoder = new TextEncoder()
  const body = new ReadableStream<Uint8Array>({
    // The mark makes spreadsheets read it as UTF-8.
    start: (stream) => stream.enqueue(encoder.encode(`\uFEFF${heading}`)),
    async pull(stream) {
      const page = await gateway.returns.list(merchant.id, { state, before, limit: ROWS })
      if (page.length > 0) stream.enqueue(encoder.encode(page.map(rowOf).join('')))
      before = page.at(-1)?.id
      if (page.length < ROWS) stream.close()
    },
  })
  await noteDeed(desk, { action: 'unpaid.see', object: 'transfers-back.csv', outcome: 'done' })
  return new Response(body, {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': 'attachment; filename="transfers-back.csv"',
      'cache-control': 'no-store',
    },
  })
}
