import { getTranslations } from 'next-intl/server'
import type { NextRequest } from 'next/server'
import { readOrder } from '@/app/_glue/list-sort'
import { noteSystemDeed, requireSystem } from '@/app/_glue/system'
import { decimalText } from '@/components/i18n/format'
import { csvLine } from '@/lib/desk/csv'
import { publicId, type Uuid } from '@/lib/ids'
import { exponentOf } from '@/lib/money/currency'
import { csvAnswer } from '../../_parts/csv-answer'
import { differenceKind } from '../_parts/difference-kind'
import { partner } from '../_parts/partner'

const ROWS = 500
const STATES = ['open', 'explained', 'closed'] as const

/** What does not agree with the books of others as a CSV file, with the filters of the page it is asked from. */
export async function GET(request: NextRequest): Promise<Response> {
  const desk = await requireSystem('settlement.see', '/operator/settlement')
  const { gateway, locale } = desk
  const t = await getTranslations('settlement')
  const query = request.nextUrl.searchParams
  const state = STATES.find((one) => one === query.get('state'))
  const order = readOrder(query.get('sort') ?? undefined)
  await noteSystemDeed(desk, { action: 'settlement.see', object: 'differences.csv', outcome: 'done' })
  let before: Uuid | undefined
  const heads = [t('id'), t('difference.with'), t('difference.what'), t('difference.about'), t('stands')]
  const money = [t('difference.ours'), t('difference.theirs'), t('currency'), t('difference.blocks')]
  const rest = [t('difference.words'), t('difference.since'), t('difference.changed')]
  return csvAnswer('differences.csv', csvLine([...heads, ...money, ...rest]), async () => {
    const page = await gateway.reconciliation.differences({ state, order, before, limit: ROWS })
    before = page.at(-1)?.id
    const lines = page.map((each) => {
      const digits = exponentOf(each.currency)
      return csvLine([
        ...[publicId('dif', each.id), partner(gateway, each, locale)],
        ...[t(`difference.kind.${differenceKind(each.kind)}`), each.reference, t(`difference.state.${each.state}`)],
        ...[decimalText(each.ours, digits), each.theirs === undefined ? '' : decimalText(each.theirs, digits)],
        ...[each.currency, String(each.blocked), each.words ?? ''],
        ...[each.createdAt.toISOString(), each.changedAt.toISOString()],
      ])
    })
    return { lines, isLast: page.length < ROWS }
  })
}
