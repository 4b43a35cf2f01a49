import { getLocale, getTranslations } from 'next-intl/server'
import type { NextRequest } from 'next/server'
import { runningGateway } from '@/app/_glue/gateway'
import { shopNames } from '@/app/_glue/names'
import { standingLook } from '@/app/_glue/purchase-look'
import { requirePerson } from '@/app/_glue/session'
import { csvAnswer } from '@/app/operator/_parts/csv-answer'
import { decimalText } from '@/components/i18n/format'
import { csvLine } from '@/lib/desk/csv'
import { publicId, type Uuid } from '@/lib/ids'
import { exponentOf } from '@/lib/money/currency'
import { PURCHASES, readPurchases } from '../_parts/purchase-query'

const ROWS = 500

/** What the shopper has bought as a CSV file, with the filters and in the order of the page it is asked from; sent as it is read. */
export async function GET(request: NextRequest): Promise<Response> {
  const [person, gateway, locale, t] = await Promise.all([
    requirePerson(PURCHASES),
    runningGateway(),
    getLocale(),
    getTranslations('account.purchases'),
  ])
  const { before: _, ...filter } = readPurchases(Object.fromEntries(request.nextUrl.searchParams)).filter
  let before: Uuid | undefined
  const heads = [t('csv.id'), t('csv.shop'), t('csv.order'), t('csv.amount'), t('csv.refunded'), t('csv.currency')]
  return csvAnswer('purchases.csv', csvLine([...heads, t('csv.state'), t('csv.at')]), async () => {
    const page = await gateway.payments.listOfShopper(person.id, { ...filter, limit: ROWS, ...(before && { before }) })
    before = page.at(-1)?.id
    const shops = page.map(({ merchantId }) => merchantId)
    const names = await shopNames(gateway, shops, locale)
    const lines = page.map((payment) => {
      const money = (amount: bigint) => decimalText(amount, exponentOf(payment.currency))
      return csvLine([
        ...[publicId('pay', payment.id), names.get(payment.merchantId) ?? '', payment.orderName],
        ...[money(payment.amount), money(payment.refundedAmount), payment.currency],
        ...[t(standingLook(payment).key), payment.createdAt.toISOString()],
      ])
    })
    return { lines, isLast: page.length < ROWS }
  })
}
