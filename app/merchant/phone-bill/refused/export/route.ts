import { getTranslations } from 'next-intl/server'
import { noteDeed, requireDesk } from '@/app/_glue/desk'
import { csvAnswer } from '@/app/operator/_parts/csv-answer'
import { decimalText } from '@/components/i18n/format'
import type { RefusedQuery } from '@/lib/billing/file-store'
import { csvLine } from '@/lib/desk/csv'
import { publicId } from '@/lib/ids'
import { exponentOf, isCurrency } from '@/lib/money/currency'

const ROWS = 500

/** Purchases that a billing centre would not put on a bill, as a CSV file. */
export async function GET(): Promise<Response> {
  const desk = await requireDesk('portal.see', '/merchant/phone-bill/refused')
  const { gateway, merchant } = desk
  const t = await getTranslations('merchant.phoneBill.csv')
  const columns = ['payment', 'orderRef', 'orderName', 'amount', 'currency', 'line', 'reason', 'file', 'at'] as const
  let before: RefusedQuery['before']
  await noteDeed(desk, { action: 'portal.see', object: 'not-billed.csv', outcome: 'done' })
  return csvAnswer('not-billed.csv', csvLine(columns.map((name) => t(name))), async () => {
    const page = await gateway.billingFiles.refused({ limit: ROWS, merchantId: merchant.id, ...(before && { before }) })
    const last = page.at(-1)
    if (last) before = { at: last.changedAt, paymentId: last.paymentId }
    const lines = page.map(({ amount, currency, ...charge }) =>
      csvLine([
        ...[publicId('pay', charge.paymentId), charge.orderRef, charge.orderName],
        ...[isCurrency(currency) ? decimalText(amount, exponentOf(currency)) : amount.toString(), currency],
        ...[charge.masked, charge.reason, `${charge.centre} ${charge.sequence}/${charge.record}`],
        charge.changedAt.toISOString(),
      ]),
    )
    return { lines, isLast: page.length < ROWS }
  })
}
