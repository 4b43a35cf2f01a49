import type { NextRequest } from 'next/server'
import { noteDeed, requireDesk } from '@/app/_glue/desk'
import { disputeCells } from '@/app/_glue/disputes/dispute-csv'
import { csvAnswer } from '@/app/operator/_parts/csv-answer'
import { csvLine } from '@/lib/desk/csv'
import type { Uuid } from '@/lib/ids'
import { QUEUE, readQueue } from '../_parts/queue-query'

const ROWS = 500

/** What waits for a decision as a CSV file, searched and in the order of the page it is asked from; sent as it is read. */
export async function GET(request: NextRequest): Promise<Response> {
  const desk = await requireDesk('dispute.decide', QUEUE)
  const { gateway, merchant } = desk
  const { heads, cellsOf } = await disputeCells()
  const { before: _, ...filter } = readQueue(Object.fromEntries(request.nextUrl.searchParams)).filter
  await noteDeed(desk, { action: 'dispute.decide', object: 'disputes.csv', outcome: 'done' })
  let before: Uuid | undefined
  return csvAnswer('disputes.csv', csvLine(heads), async () => {
    const page = await gateway.disputes.list(merchant.id, { ...filter, limit: ROWS, ...(before && { before }) })
    before = page.at(-1)?.id
    return { lines: page.map((dispute) => csvLine(cellsOf(dispute))), isLast: page.length < ROWS }
  })
}
