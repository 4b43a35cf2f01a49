import { Download } from 'lucide-react'
import type { Metadata } from 'next'
import { getLocale, getTranslations } from 'next-intl/server'
import Link from 'next/link'
import { notFound } from 'next/navigation'
import { runningGateway } from '@/app/_glue/gateway'
import { billOf } from '@/app/_glue/phone-bills'
import { requirePerson } from '@/app/_glue/session'
import { formatDate, formatMonth } from '@/components/i18n/format'
import { Badge } from '@/components/ui/badge'
import { buttonLook } from '@/components/ui/button-look'
import { PageHeader } from '@/components/ui/page-header'
import { Panel, PanelHeader } from '@/components/ui/panel'
import { PrintButton } from '@/components/ui/print-button'
import { publicId } from '@/lib/ids'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('account.bills')
  return { title: t('title') }
}

interface Props {
  params: Promise<{ month: string }>
}

/** A month's phone bill: every purchase with how it stands, line by line; prints as it is. */
export default async function BillPage({ params }: Props) {
  const { month } = await params
  const [person, gateway, locale, t, shared] = await Promise.all([
    requirePerson(`/account/bills/${month}`),
    runningGateway(),
    getLocale(),
    getTranslations('account.bills'),
    getTranslations('shared'),
  ])
  const bill = await billOf({ gateway, person, locale }, month)
  if (!bill) notFound()
  const name = formatMonth(bill.at, locale)
  return (
    <>
      <PageHeader
        title={name}
        description={t('zone', { zone: shared('timeZone') })}
        back={{ href: '/account/bills', label: t('title') }}
        actions={
          <>
            {/* A file, not a page. */}
            <a className={buttonLook({})} href={`/account/bills/${month}/pdf`} download>
              <Download aria-hidden />
              {t('pdf')}
            </a>
            <PrintButton label={t('print')} />
          </>
        }
      />
      <p className="text-sm text-ink-faint">{t('total', { month: name })}</p>
      <p className="figures mb-6 text-3xl font-bold text-ink">{bill.total}</p>
      <div className="flex flex-col gap-5">
        {bill.lines.map((line) => (
          <Panel key={line.id}>
            <PanelHeader
              title={line.name}
              description={<span className="figures">{line.masked}</span>}
              actions={<span className="figures text-lg font-semibold text-ink">{line.total}</span>}
            />
            <ul className="divide-y divide-line">
              {line.rows.map((row) => (
                <li key={row.paymentId} className="relative flex items-center gap-4 py-3 hover:bg-hover">
                  <div className="min-w-0 flex-1">
                    <Link
                      href={`/account/purchases/${publicId('pay', row.paymentId)}`}
                      className="block truncate font-medium text-ink after:absolute after:inset-0"
                    >
                      {row.description}
                    </Link>
                    <p className="truncate text-xs text-ink-faint">
                      {row.shop} · {formatDate(row.purchasedAt, locale)}
                    </p>
                  </div>
                  <div className="flex shrink-0 flex-col items-end gap-1">
                    <span className="figures font-semibold text-ink">{row.amount}</span>
                    {row.givenBack ? (
                      <span className="figures text-xs text-ink-faint">
                        {t('givenBack', { amount: row.givenBack })}
                      </span>
                    ) : null}
                    <Badge tone={row.tone}>{t(`state.${row.state}`)}</Badge>
                  </div>
                </li>
              ))}
            </ul>
          </Panel>
        ))}
      </div>
      <p className="mt-5 text-sm text-ink-faint">{t('note')}</p>
    </>
  )
}
