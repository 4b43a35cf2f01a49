import { renderToBuffer } from '@react-pdf/renderer'
import { getLocale, getTranslations } from 'next-intl/server'
import { runningGateway } from '@/app/_glue/gateway'
import { billOf } from '@/app/_glue/phone-bills'
import { requirePerson } from '@/app/_glue/session'
import { billDocument } from '@/components/account/bill-document'
import { formatDate, formatDateTime, formatMonth } from '@/components/i18n/format'

interface Context {
  params: Promise<{ month: string }>
}

/** A month's phone bill as a PDF, in the reader's language. */
export async function GET(_request: Request, { params }: Context): Promise<Response> {
  const { month } = await params
  const [person, gateway, locale, t, shared] = await Promise.all([
    requirePerson(`/account/bills/${month}`),
    runningGateway(),
    getLocale(),
    getTranslations('account.bills'),
    getTranslations('shared'),
  ])
  const bill = await billOf({ gateway, person, locale }, month)
  if (!bill) return new Response(null, { status: 404, headers: { 'cache-control': 'no-store' } })
  const pdf = await renderToBuffer(
    billDocument({
      locale,
      title: t('title'),
      month: formatMonth(bill.at, locale),
      holder: t('holder', { name: person.name }),
      issued: t('issued', { time: formatDateTime(gateway.clock.now(), locale) }),
      total: { label: t('total', { month: formatMonth(bill.at, locale) }), amount: bill.total },
      headings: { date: t('date'), shop: t('shop'), what: t('what'), status: t('status'), amount: t('amount') },
      lines: bill.lines.map((line) => ({
        id: line.id,
        name: `${line.name} ${line.masked}`,
        subtotal: { label: t('subtotal', { name: line.name }), amount: line.total },
        rows: line.rows.map((row) => ({
          id: row.paymentId,
          date: formatDate(row.purchasedAt, locale),
          shop: row.shop,
          what: row.description,
          status: t(`state.${row.state}`),
          amount: row.amount,
          ...(row.givenBack && { givenBack: t('givenBack', { amount: row.givenBack }) }),
        })),
      })),
      note: `${t('zone', { zone: shared('timeZone') })} ${t('note')}`,
    }),
  )
  const file = encodeURIComponent(t('file', { month }))
  return new Response(new Uint8Array(pdf), {
    headers: {
      'content-type': 'application/pdf',
      'content-disposition': `attachment; filename="bill-${month}.pdf"; filename*=UTF-8''${file}`,
      'cache-control': 'no-store',
    },
  })
}
