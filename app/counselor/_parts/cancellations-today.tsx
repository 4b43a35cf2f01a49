import { getTranslations } from 'next-intl/server'
import Link from 'next/link'
import type { Desk } from '@/app/_glue/desk'
import { formatDateTime } from '@/components/i18n/format'
import { Badge } from '@/components/ui/badge'
import { MoneyText } from '@/components/ui/money'
import { Panel, PanelHeader } from '@/components/ui/panel'
import { publicId } from '@/lib/ids'
import { refundTones } from '../../merchant/payments/[paymentId]/_parts/refund-list'

/** What was cancelled today, by whom and why: what was paid and went back, and what was only held. */
export async function CancellationsToday({ desk: { gateway, merchant, locale } }: { desk: Desk }) {
  const [t, states, today] = await Promise.all([
    getTranslations('counselor.today'),
    getTranslations('merchant.refundState'),
    gateway.statistics.startOfToday().then((since) => gateway.purchases.cancellations(merchant.id, since)),
  ])
  return (
    <Panel>
      <PanelHeader title={t('title', { count: today.length })} />
      {today.length === 0 ? <p className="text-sm text-ink-faint">{t('none')}</p> : null}
      <ul className="divide-y divide-line">
        {today.map((one) => (
          <li key={one.id}>
            <Link
              href={`/counselor/${publicId('pay', one.paymentId)}`}
              className="-mx-2 flex flex-wrap items-center justify-between gap-x-4 gap-y-1 rounded-md px-2 py-3 hover:bg-hover"
            >
              <span className="min-w-0">
                <span className="block text-sm font-medium text-ink">{one.orderName}</span>
                <span className="block text-xs text-ink-faint">
                  {one.by} · {one.reason} · {formatDateTime(one.at, locale)}
                </span>
              </span>
              <span className="flex items-center gap-3 text-sm font-semibold text-ink">
                <Badge tone={one.state === 'voided' ? 'neutral' : refundTones[one.state]}>
                  {one.state === 'voided' ? t('voided') : states(one.state)}
                </Badge>
                <MoneyText amount={one.amount} currency={one.currency} locale={locale} />
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </Panel>
  )
}
