import { getTranslations } from 'next-intl/server'
import type { Desk } from '@/app/_glue/desk'
import { legName } from '@/app/_glue/pay-progress'
import { formatDateTime } from '@/components/i18n/format'
import { Badge, type Tone } from '@/components/ui/badge'
import { MoneyText } from '@/components/ui/money'
import type { RefundLegState, RefundState } from '@/lib/payments/leg-moves'
import type { Payment, Refund } from '@/lib/payments/payment'

export const refundTones: Readonly<Record<RefundState | RefundLegState, Tone>> = {
  queued: 'warn',
  refunding: 'warn',
  refunded: 'good',
  'partly-refunded': 'warn',
  refused: 'bad',
}

/** What went back, when, over which leg, who asked and why. */
export async function RefundList({
  desk: { gateway, locale },
  payment,
  refunds,
}: {
  desk: Desk
  payment: Payment
  refunds: readonly Refund[]
}) {
  const t = await getTranslations('merchant')
  const money = (amount: bigint) => <MoneyText amount={amount} currency={payment.currency} locale={locale} />
  return (
    <ul className="divide-y divide-line">
      {refunds.toReversed().map((refund) => (
        <li key={refund.id} className="py-4 first:pt-0 last:pb-0">
          <div className="flex flex-wrap items-center justify-between gap-3 text-sm">
            <p className="flex items-center gap-2 font-medium text-ink">
              {t(`refundKind.${refund.kind}`)}
              <Badge tone={refundTones[refund.state]}>{t(`refundState.${refund.state}`)}</Badge>
            </p>
            <span className="font-semibold text-ink">{money(refund.amount)}</span>
          </div>
          <p className="mt-1 text-sm text-ink-soft">{refund.reason}</p>
          <p className="figures text-xs text-ink-faint">
            {refund.requestedBy.name} · {formatDateTime(refund.createdAt, locale)}
          </p>
          {refund.state === 'queued' ? <p className="mt-1 text-sm text-warn">{t('refundQueued')}</p> : null}
          {refund.releasedBy ? (
            <p className="figures text-xs text-ink-faint">{t('refundReleased', { name: refund.releasedBy.name })}</p>
          ) : null}
          <ul className="mt-2 border-l-2 border-line pl-3 text-sm text-ink-soft">
            {refund.legs.map((share) => {
              const leg = payment.legs.find(({ attempt, leg: no }) => attempt === share.attempt && no === share.leg)
              return (
                <li key={`${share.attempt} ${share.leg}`} className="flex flex-wrap justify-between gap-x-4 py-1">
                  <span>
                    {leg ? legName(gateway, leg, [], locale) : null}
                    {share.reason ? <span className="block text-xs">{t(`reason.${share.reason}`)}</span> : null}
                  </span>
                  <span className="flex items-center gap-3">
                    <Badge tone={refundTones[share.state]}>{t(`refundState.${share.state}`)}</Badge>
                    {money(share.amount)}
                  </span>
                </li>
              )
            })}
          </ul>
        </li>
      ))}
    </ul>
  )
}
