import { getTranslations } from 'next-intl/server'
import type { NextRequest } from 'next/server'
import { noteDeed, requireDesk } from '@/app/_glue/desk'
import { filterOf, readDisputeQuery } from '@/app/_glue/disputes/list-query'
import { csvAnswer } from '@/app/operator/_parts/csv-answer'
import { decimalText } from '@/components/i18n/format'
import { csvLine } from '@/lib/desk/csv'
import type { Dispute } from '@/lib/disputes/dispute'
import { publicId, type Uuid } from '@/lib/ids'
import { exponentOf } from '@/lib/money/currency'

const ROWS = 500
const COLUMNS = [
  ...(['id', 'payment', 'orderRef', 'orderName', 'reason', 'wanted', 'offer', 'granted', 'currency'] as const),
  ...(['state', 'outcome', 'createdAt', 'answeredAt', 'closedAt'] as const),
]

/** The list of disputes as a CSV file, with the filters of the page it is asked from. */
export async function GET(request: NextRequest): Promise<Response> {
  const desk = await requireDesk('portal.see', '/merchant/disputes')
  const { gateway, merchant } = desk
  const t = await getTranslations('disputes')
  const filter = filterOf(readDisputeQuery(Object.fromEntries(request.nextUrl.searchParams)))
  const rowOf = (dispute: Dispute) => {
    const money = (amount: bigint | undefined) =>
      amount === undefined ? '' : decimalText(amount, exponentOf(dispute.currency))
    const { granted, outcome } = dispute.state === 'decided' ? dispute : {}
    return csvLine([
      ...[publicId('dis', dispute.id), publicId('pay', dispute.paymentId), dispute.orderRef, dispute.orderName],
      ...[t(`reasons.${dispute.reason}`), money(dispute.wanted), money(dispute.offer), money(granted)],
      ...[dispute.currency, t(`state.${dispute.state}`), outcome ? t(`outcome.${outcome}`) : ''],
      ...[dispute.createdAt.toISOString(), dispute.answeredAt?.toISOString() ?? ''],
      dispute.closedAt?.toISOString() ?? '',
    ])
  }
  await noteDeed(desk, { action: 'portal.see', object: 'disputes.csv', outcome: 'done' })
  let before: Uuid | undefined
  return csvAnswer('disputes.csv', csvLine(COLUMNS.map((name) => t(`csv.${name}`))), async () => {
    const page = await gateway.disputes.list(merchant.id, { ...filter, limit: ROWS, ...(before && { before }) })
    before = page.at(-1)?.id
    return { lines: page.map(rowOf), isLast: page.length < ROWS }
  })
}
