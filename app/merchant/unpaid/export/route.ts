import { getTranslations } from 'next-intl/server'
import type { NextRequest } from 'next/server'
import { noteDeed, requireDesk } from '@/app/_glue/desk'
import { decimalText } from '@/components/i18n/format'
import { csvLine } from '@/lib/desk/csv'
import { publicId, type Uuid } from '@/lib/ids'
import { exponentOf } from '@/lib/money/currency'
import type { Unpaid } from '@/lib/unpaid/unpaid'
import { moduleWord } from '../_parts/module-word'
import { HERE, readUnpaidQuery } from '../_parts/unpaid-query'

// One reading of the database; only this many rows are held at a time, however long the list is.
const ROWS = 500

/** What is not paid yet as a CSV file, a line for each part that is awaited; sent as it is read. */
export async function GET(request: NextRequest): Promise<Response> {
  const desk = await requireDesk('unpaid.see', HERE)
  const { gateway, merchant } = desk
  const t = await getTranslations('merchant.unpaid')
  const { before: _, ...filters } = readUnpaidQuery(Object.fromEntries(request.nextUrl.searchParams))
  const linesOf = ({ paymentId, orderRef, orderName, currency, parts }: Unpaid) =>
    parts
      .map((part) =>
        csvLine([
          publicId('pay', paymentId),
          ...[orderRef, orderName, t(`module.${moduleWord(part.module)}`), part.payer ?? '', part.reference ?? ''],
          decimalText(part.amount, exponentOf(currency)),
          decimalText(part.received, exponentOf(currency)),
          ...[currency, part.dueAt?.toISOString() ?? '', String(part.demands)],
        ]),
      )
      .join('')
  const columns = ['payment', 'orderRef', 'orderName', 'module', 'payer', 'reference'] as const
  const figures = ['amount', 'received', 'currency', 'dueAt', 'demands'] as const
  const heading = csvLine([...columns, ...figures].map((name) => t(`csv.${name}`)))
  let before: Uuid | undefined
  const encoder = new TextEncoder()
  const body = new ReadableStream<Uint8Array>({
    // The mark makes spreadsheets read it as UTF-8.
    start: (stream) => stream.enqueue(encoder.encode(`\uFEFF${heading}`)),
    async pull(stream) {
      const page = await gateway.unpaid.page(merchant.id, { ...filters, limit: ROWS, ...(before && { before }) })
      if (page.length > 0) stream.enqueue(encoder.encode(page.map(linesOf).join('')))
      before = page.at(-1)?.paymentId
      if (page.length < ROWS) stream.close()
    },
  })
  await noteDeed(desk, { action: 'unpaid.see', object: 'unpaid.csv', outcome: 'done' })
  return new Response(body, {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': 'attachment; filename="unpaid.csv"',
      'cache-control': 'no-store',
    },
  })
}
