import { ChevronRight, ReceiptText } from 'lucide-react'
import type { Metadata } from 'next'
import { getLocale, getTranslations } from 'next-intl/server'
import Link from 'next/link'
import { runningGateway } from '@/app/_glue/gateway'
import { billMonths, billOf } from '@/app/_glue/phone-bills'
import { PhoneTabs } from '@/app/_glue/phone-tabs'
import { requirePerson } from '@/app/_glue/session'
import { formatMonth } from '@/components/i18n/format'
import { EmptyState } from '@/components/ui/empty-state'
import { PageHeader } from '@/components/ui/page-header'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('account.bills')
  return { title: t('title') }
}

/** What was put on the shopper's telephone bills, a row for each month. */
export default async function BillsPage() {
  const [person, gateway, locale, t] = await Promise.all([
    requirePerson('/account/bills'),
    runningGateway(),
    getLocale(),
    getTranslations('account.bills'),
  ])
  const reader = { gateway, person, locale }
  const months = await billMonths(reader)
  const bills = (await Promise.all(months.map((month) => billOf(reader, month)))).flatMap((bill) => bill ?? [])
  return (
    <>
      <PageHeader title={t('title')} description={t('text')} />
      <PhoneTabs current="bills" />
      {bills.length === 0 ? (
        <EmptyState icon={ReceiptText} title={t('empty')}>
          {t('emptyText')}
        </EmptyState>
      ) : (
        <ul className="divide-y divide-line" aria-label={t('months')}>
          {bills.map(({ month, at, total, lines }) => (
            <li key={month} className="relative flex items-center gap-4 py-4 hover:bg-hover">
              <div className="min-w-0 flex-1">
                <Link
                  href={`/account/bills/${month}`}
                  className="block font-semibold text-ink after:absolute after:inset-0"
                >
                  {formatMonth(at, locale)}
                </Link>
                <p className="text-sm text-ink-faint">
                  {t('purchases', { count: lines.reduce((count, { rows }) => count + rows.length, 0) })}
                </p>
              </div>
              <span className="figures font-semibold text-ink">{total}</span>
              <ChevronRight className="size-4 text-ink-faint" aria-hidden />
            </li>
          ))}
        </ul>
      )}
    </>
  )
}
