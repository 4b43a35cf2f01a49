import { getTranslations } from 'next-intl/server'
import Link from 'next/link'
import type { Desk } from '@/app/_glue/desk'
import { formatDate, formatMoney } from '@/components/i18n/format'
import { Badge } from '@/components/ui/badge'
import { showCreditorReference } from '@/lib/giro/creditor-reference'
import { publicId } from '@/lib/ids'
import type { Unpaid } from '@/lib/unpaid/unpaid'
import { moduleWord } from './module-word'
import { UnpaidDeeds } from './unpaid-deeds'

/** Orders that wait for money: what is to come by which means, until when, and what can be done about it. */
export async function UnpaidList({ desk, found }: { desk: Desk; found: readonly Unpaid[] }) {
  const { locale } = desk
  const t = await getTranslations('merchant.unpaid')
  return (
    <ul className="flex flex-col gap-4" aria-label={t('title')}>
      {found.map((unpaid) => {
        const money = (amount: bigint) => formatMoney(amount, unpaid.currency, locale)
        return (
          <li key={unpaid.paymentId} className="rounded-xl bg-raised p-5 ring-1 ring-line">
            <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-1">
              <div className="min-w-0">
                <Link
                  href={`/merchant/payments/${publicId('pay', unpaid.paymentId)}`}
                  className="block truncate font-semibold text-ink hover:underline"
                >
                  {unpaid.orderName}
                </Link>
                <span className="figures block truncate text-xs text-ink-faint">
                  {unpaid.orderRef} · {formatDate(unpaid.createdAt, locale)}
                </span>
              </div>
              <div className="text-right">
                <span className="figures block text-lg font-semibold text-ink">{money(unpaid.amount)}</span>
                {unpaid.taken > 0n ? (
                  <span className="figures block text-xs text-ink-faint">
                    {t('taken', { amount: money(unpaid.taken) })}
                  </span>
                ) : null}
              </div>
            </div>
            <ul className="mt-3 divide-y divide-line border-y border-line">
              {unpaid.parts.map((part, index) => (
                <li key={index} className="flex flex-wrap items-center justify-between gap-x-6 gap-y-1 py-2.5 text-sm">
                  <span className="min-w-0">
                    <span className="block font-medium text-ink">
                      {t(`module.${moduleWord(part.module)}`)}
                      {part.payer ? ` · ${part.payer}` : ''}
                    </span>
                    {part.reference ? (
                      <span className="figures block text-xs text-ink-faint">
                        {showCreditorReference(part.reference)}
                      </span>
                    ) : null}
                  </span>
                  <span className="flex flex-wrap items-center gap-2">
                    {part.demands > 0 ? <Badge tone="info">{t('demands', { count: part.demands })}</Badge> : null}
                    {part.dueAt ? (
                      <Badge tone={part.isOverdue ? 'warn' : 'neutral'}>
                        {part.isOverdue ? `${t('isOverdue')} · ` : `${t('due')} `}
                        {formatDate(part.dueAt, locale)}
                      </Badge>
                    ) : null}
                  </span>
                  <span className="figures ml-auto text-right font-semibold text-ink">
                    {money(part.amount - part.received)}
                    {part.received > 0n ? (
                      <span className="block text-xs font-normal text-ink-faint">
                        {t('received', { amount: money(part.received), total: money(part.amount) })}
                      </span>
                    ) : null}
                  </span>
                </li>
              ))}
            </ul>
            <div className="mt-3">
              <UnpaidDeeds desk={desk} unpaid={unpaid} />
            </div>
          </li>
        )
      })}
    </ul>
  )
}
