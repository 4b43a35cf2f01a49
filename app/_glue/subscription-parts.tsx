import { getTranslations } from 'next-intl/server'
import Link from 'next/link'
import { formatDateTime, formatMoney } from '@/components/i18n/format'
import { Badge } from '@/components/ui/badge'
import { MoneyText } from '@/components/ui/money'
import { Panel, PanelHeader } from '@/components/ui/panel'
import { Timeline } from '@/components/ui/timeline'
import { publicId } from '@/lib/ids'
import type { Locale } from '@/lib/payments/payment'
import type { ListedSubscription } from '@/lib/subscriptions/listed'
import type { Charge, SubscriptionEvent } from '@/lib/subscriptions/subscription'
import { planPrice, showDay, subscriptionTones } from './plan-words'

interface RowsProps {
  readonly label: string
  readonly rows: readonly ListedSubscription[]
  readonly locale: Locale
  /** Where a subscription leads, before its identifier. */
  readonly base: string
  /** What it is called, and what stands before its day. */
  readonly titleOf: (row: ListedSubscription) => string
  readonly noteOf: (row: ListedSubscription) => string | undefined
}

/** Subscriptions as rows that lead to each, with the day on which it goes on or ends. */
export async function SubscriptionRows({ label, rows, locale, base, titleOf, noteOf }: RowsProps) {
  const t = await getTranslations('selling')
  const prices = await Promise.all(rows.map(({ plan }) => planPrice(plan, locale)))
  const dayOf = ({ state, endsOn, periodEnd }: ListedSubscription) => {
    if (endsOn && state !== 'cancelled') return t('subscription.endsOn', { on: showDay(endsOn, locale) })
    const goesOn = state === 'active' || state === 'trialing'
    return goesOn && periodEnd ? `${t('subscription.next')} ${showDay(periodEnd, locale)}` : undefined
  }
  return (
    <ul className="divide-y divide-line" aria-label={label}>
      {rows.map((row, index) => (
        <li key={row.id}>
          <Link
            href={`${base}/${publicId('sub', row.id)}`}
            className="-mx-2 flex items-center gap-4 rounded-md px-2 py-3.5 hover:bg-hover"
          >
            <span className="min-w-0 flex-1">
              <span className="block truncate font-medium text-ink">{titleOf(row)}</span>
              <span className="block truncate text-xs text-ink-faint">
                {[noteOf(row), dayOf(row)].filter(Boolean).join(' · ')}
              </span>
            </span>
            <span className="figures flex flex-col items-end gap-1 text-sm font-semibold text-ink">
              {prices[index]}
              <Badge tone={subscriptionTones[row.state]}>{t(`state.${row.state}`)}</Badge>
            </span>
          </Link>
        </li>
      ))}
    </ul>
  )
}

const chargeTones = { open: 'info', paid: 'good', covered: 'good', failed: 'bad' } as const

/** What a subscription has charged, the latest first. */
export async function ChargeList({
  charges,
  base,
  locale,
}: {
  readonly charges: readonly Charge[]
  /** Where a payment leads, before its identifier. */
  readonly base: string
  readonly locale: string
}) {
  const t = await getTranslations('selling')
  return (
    <Panel>
      <PanelHeader title={t('subscription.charges')} />
      {charges.length === 0 ? (
        <p className="text-sm text-ink-faint">{t('subscription.noCharges')}</p>
      ) : (
        <ul className="divide-y divide-line" aria-label={t('subscription.charges')}>
          {charges.map(({ period, startsOn, endsOn, amount, currency, tries, paymentId, ...charge }) => {
            // Declined, and tried again: nothing is under way meanwhile.
            const isDeclined = charge.state === 'open' && tries > 0 && paymentId === undefined
            const state = isDeclined ? 'failed' : charge.state
            const span = t('subscription.periodOf', { from: showDay(startsOn, locale), to: showDay(endsOn, locale) })
            return (
              <li key={period} className="flex items-center justify-between gap-4 py-3 text-sm">
                {paymentId && state === 'paid' ? (
                  <Link
                    href={`${base}/${publicId('pay', paymentId)}`}
                    className="min-w-0 font-medium text-ink hover:underline"
                  >
                    {span}
                  </Link>
                ) : (
                  <span className="min-w-0 text-ink">{span}</span>
                )}
                <span className="flex flex-col items-end gap-1 font-semibold text-ink">
                  <MoneyText amount={amount} currency={currency} locale={locale} />
                  <Badge tone={chargeTones[state]}>{t(`chargeState.${state}`)}</Badge>
                </span>
              </li>
            )
          })}
        </ul>
      )}
    </Panel>
  )
}

const eventTones = { declined: 'bad', ended: 'neutral', started: 'good', renewed: 'good' } as const

/** What happened to a subscription, the latest first. */
export async function SubscriptionHistory({
  events,
  currency,
  locale,
}: {
  readonly events: readonly SubscriptionEvent[]
  readonly currency: Charge['currency']
  readonly locale: string
}) {
  const t = await getTranslations('selling')
  return (
    <Panel>
      <PanelHeader title={t('subscription.history')} />
      <Timeline
        label={t('subscription.history')}
        entries={events.map(({ id, kind, detail, by, at }) => {
          const tone = Object.entries(eventTones).find(([known]) => known === kind)?.[1]
          const amount = /^[0-9]+$/.test(detail['amount'] ?? '') ? BigInt(detail['amount'] ?? 0) : undefined
          const said = [
            by ? t(`subscription.by.${by.kind}`) : t('subscription.by.worker'),
            amount === undefined ? '' : formatMoney(amount, currency, locale),
          ]
          return {
            ...{ id, title: t(`event.${kind}`), at: formatDateTime(at, locale) },
            detail: said.filter(Boolean).join(' · '),
            ...(tone && { tone }),
          }
        })}
      />
    </Panel>
  )
}
