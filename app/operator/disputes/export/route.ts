import { getTranslations } from 'next-intl/server'
import type { NextRequest } from 'next/server'
import { disputeCells } from '@/app/_glue/disputes/dispute-csv'
import { filterOf, readDisputeQuery } from '@/app/_glue/disputes/list-query'
import { shopNames } from '@/app/_glue/names'
import { noteSystemDeed, requireSystem } from '@/app/_glue/system'
import { csvLine } from '@/lib/desk/csv'
import type { Uuid } from '@/lib/ids'
import { csvAnswer } from '../../_parts/csv-answer'

const ROWS = 500

/** The disputes of every shop as a CSV file, with the filters of the page it is asked from. */
export async function GET(request: NextRequest): Promise<Response> {
  const desk = await requireSystem('system.see', '/operator/disputes')
  const { gateway, locale } = desk
  const [t, { heads, cellsOf }] = await Promise.all([getTranslations('operator.shops'), disputeCells()])
  const filter = filterOf(readDisputeQuery(Object.fromEntries(request.nextUrl.searchParams)))
  await noteSystemDeed(desk, { action: 'system.see', object: 'disputes.csv', outcome: 'done' })
  let before: Uuid | undefined
  return csvAnswer('disputes.csv', csvLine([t('shop'), ...heads]), async () => {
    const page = await gateway.disputes.listEverywhere({ ...filter, limit: ROWS, ...(before && { before }) })
    before = page.at(-1)?.id
    const names = await shopNames(
      gateway,
      page.map(({ merchantId }) => merchantId),
      locale,
    )
    const lines = page.map((dispute) => csvLine([names.get(dispute.merchantId) ?? '', ...cellsOf(dispute)]))
    return { lines, isLast: page.length < ROWS }
  })
}
