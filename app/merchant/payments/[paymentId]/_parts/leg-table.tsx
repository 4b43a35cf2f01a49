import { getTranslations } from 'next-intl/server'
import type { Desk } from '@/app/_glue/desk'
import { latestLegs, legName } from '@/app/_glue/pay-progress'
import { Badge, type Tone } from '@/components/ui/badge'
import { MoneyText } from '@/components/ui/money'
import { SeriesDot, StackedBar } from '@/components/ui/stacked-bar'
import { approvalCodeOfLeg } from '@/lib/payments/approval-code'
import type { LegState } from '@/lib/payments/leg-moves'
import type { Leg, Payment } from '@/lib/payments/payment'

const TONES: Readonly<Record<LegState, Tone>> = {
  authorizing: 'warn',
  authorized: 'accent',
  capturing: 'warn',
  captured: 'good',
  awaiting: 'accent',
  voiding: 'warn',
  voided: 'neutral',
  returning: 'warn',
  returned: 'neutral',
  declined: 'bad',
}

/** Which means carries what, and how it went; earlier tries are folded away. */
export async function LegTable({ desk, payment }: { desk: Desk; payment: Payment }) {
  const t = await getTranslations('merchant.payment')
  const legs = latestLegs(payment)
  const earlier = payment.legs.filter(({ attempt }) => attempt !== payment.attempt)
  if (payment.legs.length === 0) return <p className="text-sm text-ink-faint">{t('noLegs')}</p>
  return (
    <>
      {legs.length > 1 ? (
        <StackedBar
          className="mb-2"
          label={t('legs')}
          parts={legs.map(({ leg, amount }) => ({ id: String(leg), label: String(leg), value: Number(amount) }))}
        />
      ) : null}
      <LegRows {...{ desk, payment, legs }} hasDots={legs.length > 1} />
      {earlier.length > 0 ? (
        <details className="mt-4 text-sm">
          <summary className="w-fit rounded-sm text-ink-soft hover:text-ink">
            {t('earlier', { count: earlier.length })}
          </summary>
          <LegRows {...{ desk, payment, legs: earlier }} />
        </details>
      ) : null}
    </>
  )
}

interface RowsProps {
  readonly desk: Desk
  readonly payment: Payment
  readonly legs: readonly Leg[]
  readonly hasDots?: boolean
}

async function LegRows({ desk: { gateway, locale }, payment, legs, hasDots = false }: RowsProps) {
  const [t, shared] = await Promise.all([getTranslations('merchant'), getTranslations('shared.receipt')])
  return (
    <ul className="divide-y divide-line">
      {legs.map((leg, index) => (
        <li
          key={`${leg.attempt} ${leg.leg}`}
          className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 py-3"
        >
          <div className="min-w-0">
            <p className="flex items-center gap-2 text-sm font-medium text-ink">
              {hasDots ? <SeriesDot index={index} /> : null}
              {legName(gateway, leg, [], locale)}
            </p>
            {approvalCodeOfLeg(leg) ? (
              <p className="figures text-xs text-ink-faint">
                {shared('approved', { code: approvalCodeOfLeg(leg) ?? '' })}
              </p>
            ) : null}
            {leg.reason ? <p className="text-sm text-ink-soft">{t(`reason.${leg.reason}`)}</p> : null}
          </div>
          <div className="flex w-full items-center justify-between gap-3 text-sm sm:w-auto">
            <Badge tone={TONES[leg.state]}>{t(`leg.${leg.state}`)}</Badge>
            <span className="text-right">
              <MoneyText
                className="font-semibold text-ink"
                amount={leg.amount}
                currency={payment.currency}
                locale={locale}
              />
              {leg.refundedAmount > 0n ? (
                <span className="block text-xs text-ink-faint">
                  {t('payment.back')}{' '}
                  <MoneyText amount={leg.refundedAmount} currency={payment.currency} locale={locale} />
                </span>
              ) : null}
            </span>
          </div>
        </li>
      ))}
    </ul>
  )
}
