import { getTranslations } from 'next-intl/server'
import type { NextRequest } from 'next/server'
import { noteSystemDeed, requireSystem } from '@/app/_glue/system'
import { csvLine } from '@/lib/desk/csv'
import { publicId } from '@/lib/ids'
import type { LoggedMessage, MessagePlace } from '@/lib/operations/message-store'
import { csvAnswer } from '../../_parts/csv-answer'
import { readLogQuery } from '../_parts/log-query'

// One reading of the database; only this many rows are held at a time, however long the log is.
const ROWS = 1_000

const COLUMNS = ['at', 'process', 'link', 'system', 'direction', 'operation', 'reference', 'payment', 'result'] as const

/** The transaction log as a CSV file, with the filters of the page it is asked from; sent as it is read. */
export async function GET(request: NextRequest): Promise<Response> {
  const desk = await requireSystem('system.see', '/operator/messages')
  const { clock, operations, settings } = desk.gateway
  const t = await getTranslations('operator.messages.csv')
  const { query } = readLogQuery(Object.fromEntries(request.nextUrl.searchParams), clock.now(), settings.TIME_ZONE)
  await noteSystemDeed(desk, { action: 'system.see', object: 'transaction-log.csv', outcome: 'done' })

  let before: MessagePlace | undefined
  return csvAnswer(
    'transaction-log.csv',
    csvLine([...COLUMNS, 'durationMs' as const, 'body' as const].map((name) => t(name))),
    async () => {
      const { messages, next } = await operations.searchMessages({ ...query, limit: ROWS, ...(before && { before }) })
      before = next
      return { lines: messages.map(rowOf), isLast: next === undefined }
    },
  )
}

function rowOf(message: LoggedMessage): string {
  return csvLine([
    message.at.toISOString(),
    message.process,
    message.link,
    message.system,
    message.direction,
    message.operation,
    message.correlation ?? '',
    message.paymentId ? publicId('pay', message.paymentId) : '',
    message.result ?? '',
    message.durationMs === null ? '' : String(message.durationMs),
    message.body ?? '',
  ])
}
