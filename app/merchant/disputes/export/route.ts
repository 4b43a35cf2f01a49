import type { NextRequest } from 'next/server'
import { noteDeed, requireDesk } from '@/app/_glue/desk'
import { disputeCells } from '@/app/_glue/disputes/dispute-csv'
import { filterOf, readDisputeQuery } from '@/app/_glue/disputes/list-query'
import { csvAnswer } from '@/app/operator/_parts/csv-answer'
import { csvLine } from '@/lib/desk/csv'
import type { Uuid } from '@/lib/ids'

const ROWS = 500

/** The list of disputes as a CSV file, with the filters of the page it is asked from. */
export async function GET(request: NextRequest): Promise<Response> {
  const desk = await requireDesk('portal.see', '/merchant/disputes')
  const { gateway, merchant } = desk
  const { heads, cellsOf } = await disputeCells()
  const filter = filterOf(readDisputeQuery(Object.fromEntries(request.nextUrl.searchParams)))
  await noteDeed(desk, { action: 'portal.see', object: 'disputes.csv', outcome: 'done' })
  let before: Uuid | undefined
  return csvAnswer('disputes.csv', csvLine(heads), async () => {
    const page = await gateway.disputes.list(merchant.id, { ...filter, limit: ROWS, ...(before && { before }) })
    before = page.at(-1)?.id
    return { lines: page.map((dispute) => csvLine(cellsOf(dispute))), isLast: page.length < ROWS }
  })
}
