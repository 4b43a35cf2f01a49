import { getTranslations } from 'next-intl/server'
import { noteDeed, requireDesk } from '@/app/_glue/desk'
import { csvAnswer } from '@/app/operator/_parts/csv-answer'
import { decimalText } from '@/components/i18n/format'
import type { CreditMark } from '@/lib/billing/credit-store'
import { csvLine } from '@/lib/desk/csv'
import { publicId } from '@/lib/ids'
import { exponentOf } from '@/lib/money/currency'

const ROWS = 500

/** What has been paid out by hand, as a CSV file. */
export async function GET(): Promise<Response> {
  const desk = await requireDesk('portal.see', '/merchant/phone-bill/payouts')
  const { gateway, merchant } = desk
  const t = await getTranslations('merchant.phoneBill.csv')
  const columns = [
    'payment',
    'orderRef',
    'orderName',
    'amount',
    'currency',
    'by',
    'named',
    'paidOn',
    'notedBy',
  ] as const
  let before: CreditMark | undefined
  await noteDeed(desk, { action: 'portal.see', object: 'paid-out.csv', outcome: 'done' })
  return csvAnswer('paid-out.csv', csvLine([...columns, 'notedAt' as const].map((name) => t(name))), async () => {
    const page = await gateway.billing.credits.paid(merchant.id, ROWS, before)
    const last = page.at(-1)
    if (last) before = { at: last.notedAt, reference: last.reference }
    const lines = page.map(({ paymentId, amount, currency, notedAt, ...payout }) =>
      csvLine([
        ...[publicId('pay', paymentId), payout.orderRef, payout.orderName],
        ...[decimalText(amount, exponentOf(currency)), currency, payout.by, payout.named, payout.paidOn],
        ...[payout.notedBy, notedAt.toISOString()],
      ]),
    )
    return { lines, isLast: page.length < ROWS }
  })
}
