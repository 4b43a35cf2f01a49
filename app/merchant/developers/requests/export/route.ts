import { getTranslations } from 'next-intl/server'
import type { NextRequest } from 'next/server'
import { noteDeed, requireDesk } from '@/app/_glue/desk'
import { csvAnswer } from '@/app/operator/_parts/csv-answer'
import { csvLine } from '@/lib/desk/csv'
import type { RequestPlace } from '@/lib/operations/request-store'
import { callersOf } from '../_parts/callers'
import { HERE, readRequestQuery } from '../_parts/request-query'

// One reading of the database; only this many rows are held at a time, however long the log is.
const ROWS = 1_000
const COLUMNS = [
  'at',
  'method',
  'path',
  'status',
  'code',
  'correlation',
  'caller',
  'durationMs',
  'remoteAddress',
] as const

/** The API log as a CSV file, with the filters of the page it is asked from; sent as it is read. */
export async function GET(request: NextRequest): Promise<Response> {
  const desk = await requireDesk('api-log.see', HERE)
  const { gateway, merchant } = desk
  const [t, callers] = await Promise.all([getTranslations('merchant.requests.csv'), callersOf(desk)])
  const { query } = readRequestQuery(Object.fromEntries(request.nextUrl.searchParams), gateway.settings.TIME_ZONE)
  await noteDeed(desk, { action: 'api-log.see', object: 'api-log.csv', outcome: 'done' })
  let before: RequestPlace | undefined
  return csvAnswer('api-log.csv', csvLine(COLUMNS.map((name) => t(name))), async () => {
    const page = { ...query, limit: ROWS, ...(before && { before }) }
    const { requests, next } = await gateway.operations.requests.page(merchant.id, page)
    before = next
    const lines = requests.map((one) =>
      csvLine([
        ...[one.at.toISOString(), one.method, one.path, String(one.status), one.code ?? '', one.correlation],
        ...[(one.callerId && callers.get(one.callerId)?.name) ?? '', String(one.durationMs), one.remoteAddress ?? ''],
      ]),
    )
    return { lines, isLast: next === undefined }
  })
}
