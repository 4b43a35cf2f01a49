import { getTranslations } from 'next-intl/server'
import type { NextRequest } from 'next/server'
import { noteDeed, requireDesk } from '@/app/_glue/desk'
import { csvAnswer } from '@/app/operator/_parts/csv-answer'
import { decimalText } from '@/components/i18n/format'
import { csvLine } from '@/lib/desk/csv'
import type { PurchasePlace } from '@/lib/desk/purchases'
import { publicId } from '@/lib/ids'
import { exponentOf } from '@/lib/money/currency'
import type { Payment } from '@/lib/payments/payment'
import { statusOf } from '../../_parts/payment-status'
import { readPaymentQuery } from '../payment-query'

// One reading of the database; only this many rows are held at a time, however long the list is.
const ROWS = 500

/** The list of payments as a CSV file, with the filters of the page it is asked from; sent as it is read. */
export async function GET(request: NextRequest): Promise<Response> {
  const desk = await requireDesk('portal.see', '/merchant/payments')
  const { gateway, merchant } = desk
  const t = await getTranslations('merchant')
  const { filter } = readPaymentQuery(Object.fromEntries(request.nextUrl.searchParams), {
    currencies: merchant.currencies,
    zone: gateway.settings.TIME_ZONE,
  })
  const rowOf = (payment: Payment) => {
    const money = (amount: bigint) => decimalText(amount, exponentOf(payment.currency))
    return csvLine([
      publicId('pay', payment.id),
      payment.orderRef,
      payment.orderName,
      t(`status.${statusOf(payment)}`),
      money(payment.amount),
      money(payment.capturedAmount),
      money(payment.refundedAmount),
      payment.currency,
      payment.createdAt.toISOString(),
      payment.finishedAt?.toISOString() ?? '',
    ])
  }
  const columns = ['id', 'orderRef', 'orderName', 'status', 'amount', 'captured', 'refunded', 'currency'] as const
  const heading = csvLine([...columns, 'createdAt' as const, 'finishedAt' as const].map((name) => t(`csv.${name}`)))

  await noteDeed(desk, { action: 'portal.see', object: 'payments.csv', outcome: 'done' })
  let before: PurchasePlace | undefined
  return csvAnswer('payments.csv', heading, async () => {
    const page = await gateway.purchases.browse(merchant.id, { ...filter, limit: ROWS, ...(before && { before }) })
    before = page.next
    return { lines: page.payments.map(rowOf), isLast: page.next === undefined }
  })
}
