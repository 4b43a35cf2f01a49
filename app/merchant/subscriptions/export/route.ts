import type { NextRequest } from 'next/server'
import { noteDeed, requireDesk } from '@/app/_glue/desk'
import { decimalText } from '@/components/i18n/format'
import { csvLine } from '@/lib/desk/csv'
import { publicId, type Uuid } from '@/lib/ids'
import { exponentOf } from '@/lib/money/currency'
import type { ListedSubscription } from '@/lib/subscriptions/listed'
import { filterOf, readSubscriptionQuery } from '../subscription-query'

// One reading of the database; only this many rows are held at a time, however long the list is.
const ROWS = 500

/** The list of subscriptions as a CSV file, with the filters of the page it is asked from; sent as it is read. */
export async function GET(request: NextRequest): Promise<Response> {
  const desk = await requireDesk('subscription.see', '/merchant/subscriptions')
  const { gateway, merchant } = desk
  const { subscriptions } = gateway
  const filter = filterOf(readSubscriptionQuery(Object.fromEntries(request.nextUrl.searchParams)))
  function rowOf({ id, plan, state, reference, period, periodEnd, endsOn, createdAt }: ListedSubscription) {
    return csvLine([
      ...[publicId('sub', id), reference ?? '', plan.name, state],
      ...[decimalText(plan.amount, exponentOf(plan.currency)), plan.currency, plan.unit, String(plan.every)],
      ...[String(period), periodEnd ?? '', endsOn ?? '', createdAt.toISOString()],
    ])
  }
  const columns = ['id', 'reference', 'plan', 'state', 'amount', 'currency', 'unit', 'every']
  const heading = csvLine([...columns, 'period', 'periodEnd', 'endsOn', 'createdAt'])
  let before: Uuid | undefined
  const encoder = new TextEncoder()
  const body = new ReadableStream<Uint8Array>({
    // The mark makes spreadsheets read it as UTF-8.
    start: (stream) => stream.enqueue(encoder.encode(`\uFEFF${heading}`)),
    async pull(stream) {
      const page = await subscriptions.list(
        { merchantId: merchant.id },
        { ...filter, limit: ROWS, ...(before && { before }) },
      )
      const rows = page.map(rowOf)
      if (rows.length > 0) stream.enqueue(encoder.encode(rows.join('')))
      before = page.at(-1)?.id
      if (page.length < ROWS) stream.close()
    },
  })
  await noteDeed(desk, { action: 'subscription.see', object: 'subscriptions.csv', outcome: 'done' })
  return new Response(body, {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': 'attachment; filename="subscriptions.csv"',
      'cache-control': 'no-store',
    },
  })
}
