import { getTranslations } from 'next-intl/server'
import { notFound } from 'next/navigation'
import { noteDeed, requireDesk } from '@/app/_glue/desk'
import { csvAnswer } from '@/app/operator/_parts/csv-answer'
import { decimalText } from '@/components/i18n/format'
import { csvLine } from '@/lib/desk/csv'
import { publicId, readPublicId, type Uuid } from '@/lib/ids'
import { exponentOf } from '@/lib/money/currency'
import { lineKind } from '../../_parts/line-kind'

const ROWS = 1_000

/** The lines of one payout as a CSV file, read page by page. */
export async function GET(_request: Request, { params }: { params: Promise<{ payoutId: string }> }): Promise<Response> {
  const { payoutId } = await params
  const desk = await requireDesk('payout.see', `/merchant/payouts/${payoutId}`)
  const { gateway, merchant } = desk
  const id = readPublicId('po', payoutId)
  const payout = id && (await gateway.settlement.find(merchant.id, id))
  if (!payout) notFound()
  const t = await getTranslations('settlement')
  await noteDeed(desk, { action: 'payout.see', object: `${payoutId}.csv`, outcome: 'done' })
  const digits = exponentOf(payout.currency)
  let after: Uuid | undefined
  const heads = [t('lines.at'), t('lines.kind'), t('lines.payment'), t('lines.orderRef'), t('lines.order')]
  return csvAnswer(`${payoutId}.csv`, csvLine([...heads, t('amount'), t('currency')]), async () => {
    const page = await gateway.settlement.lines(payout, { after, limit: ROWS })
    after = page.at(-1)?.postingId
    const lines = page.map((line) =>
      csvLine([
        ...[line.at.toISOString(), t(`kind.${lineKind(line.kind)}`)],
        line.paymentId ? publicId('pay', line.paymentId) : '',
        ...[line.orderRef ?? '', line.orderName ?? '', decimalText(line.amount, digits), payout.currency],
      ]),
    )
    return { lines, isLast: page.length < ROWS }
  })
}
