import { getTranslations } from 'next-intl/server'
import type { NextRequest } from 'next/server'
import { noteDeed, requireDesk } from '@/app/_glue/desk'
import { csvAnswer } from '@/app/operator/_parts/csv-answer'
import { csvLine } from '@/lib/desk/csv'
import { publicId, type Uuid } from '@/lib/ids'
import type { SentMessage } from '@/lib/messages/messages'
import { filterOf, HERE, readMessageQuery } from '../_parts/message-query'

// One reading of the database; only this many rows are held at a time, however long the list is.
const ROWS = 500
const COLUMNS = ['id', 'at', 'kind', 'topic', 'state', 'payment', 'tries', 'lastStatus', 'sentAt'] as const

/** Webhooks and mails as a CSV file, with the filters of the page it is asked from; sent as it is read. */
export async function GET(request: NextRequest): Promise<Response> {
  const desk = await requireDesk('message.see', HERE)
  const { gateway, merchant } = desk
  const t = await getTranslations('merchant.messages')
  const { after: _, ...query } = readMessageQuery(Object.fromEntries(request.nextUrl.searchParams))
  const filter = filterOf(query)
  await noteDeed(desk, { action: 'message.see', object: 'messages.csv', outcome: 'done' })
  const lineOf = ({ id, createdAt, kind, topic, state, paymentId, tries, deliveries, sentAt }: SentMessage) =>
    csvLine([
      ...[publicId('msg', id), createdAt.toISOString(), t(`kind.${kind}`), topic, t(`state.${state}`)],
      ...[paymentId ? publicId('pay', paymentId) : '', String(tries)],
      ...[String(deliveries.at(-1)?.status ?? ''), sentAt?.toISOString() ?? ''],
    ])
  let after: Uuid | undefined
  return csvAnswer('messages.csv', csvLine(COLUMNS.map((name) => t(`csv.${name}`))), async () => {
    const page = filter
      ? await gateway.messages.list(merchant.id, { ...filter, limit: ROWS, ...(after && { after }) })
      : []
    after = page.at(-1)?.id
    return { lines: page.map(lineOf), isLast: page.length < ROWS }
  })
}
