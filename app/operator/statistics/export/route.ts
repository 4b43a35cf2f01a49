import { getTranslations } from 'next-intl/server'
import type { NextRequest } from 'next/server'
import { shopName } from '@/app/_glue/names'
import { noteSystemDeed, requireSystem } from '@/app/_glue/system'
import { decimalText } from '@/components/i18n/format'
import { csvLine } from '@/lib/desk/csv'
import { publicId } from '@/lib/ids'
import { exponentOf, isCurrency } from '@/lib/money/currency'
import { csvAnswer } from '../../_parts/csv-answer'
import { readDayQuery } from '../_parts/day-query'

const COLUMNS = ['day', 'hour', 'merchant', 'shop', 'means', 'result', 'reason', 'count', 'amount', 'currency'] as const

/** A day's figures as a CSV file: codes, not words, so that programs can read it. */
export async function GET(request: NextRequest): Promise<Response> {
  const desk = await requireSystem('system.see', '/operator/statistics')
  const { daily } = desk.gateway
  const query = readDayQuery(Object.fromEntries(request.nextUrl.searchParams), await daily.today())
  const [t, shops, lines] = await Promise.all([
    getTranslations('operator.statistics.csv'),
    daily.shops(),
    daily.lines({ first: query.day, last: query.day, ...(query.merchantId && { merchantId: query.merchantId }) }),
  ])
  const names = new Map(shops.map((shop) => [shop.id, shopName(shop, desk.locale)]))
  await noteSystemDeed(desk, { action: 'system.see', object: `statistics-${query.day}.csv`, outcome: 'done' })
  const heading = csvLine(COLUMNS.map((name) => t(name)))
  return csvAnswer(`statistics-${query.day}.csv`, heading, () =>
    Promise.resolve({
      isLast: true,
      lines: lines.map((line) =>
        csvLine([
          ...[line.day, String(line.hour), publicId('mer', line.merchantId), names.get(line.merchantId) ?? ''],
          ...[line.module, line.result, line.reason, String(line.count)],
          isCurrency(line.currency) ? decimalText(line.amount, exponentOf(line.currency)) : String(line.amount),
          line.currency,
        ]),
      ),
    }),
  )
}
