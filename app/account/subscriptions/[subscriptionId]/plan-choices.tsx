import { getTranslations } from 'next-intl/server'
import { planPrice, showDay } from '@/app/_glue/plan-words'
import { ConfirmDeed } from '@/components/account/confirm-deed'
import { formatMoney } from '@/components/i18n/format'
import { Button } from '@/components/ui/button'
import { Panel, PanelHeader } from '@/components/ui/panel'
import type { Person } from '@/lib/auth/person'
import type { Gateway } from '@/lib/gateway'
import { publicId } from '@/lib/ids'
import type { Plan } from '@/lib/subscriptions/plan'
import type { Subscription } from '@/lib/subscriptions/subscription'
import { changePlan } from '../actions'

const MOST = 10

/** The shop's other plans, and what moving to each would charge when. */
export async function PlanChoices({
  gateway,
  person,
  subscription,
  plan,
  locale,
  id,
}: {
  readonly gateway: Gateway
  readonly person: Person
  readonly subscription: Subscription
  readonly plan: Plan
  readonly locale: 'ko' | 'en'
  readonly id: string
}) {
  const [t, shared, others] = await Promise.all([
    getTranslations('selling.subscription'),
    getTranslations('shared'),
    gateway.subscriptions.plans.list(plan.merchantId, { isOpen: true, limit: MOST }),
  ])
  const owner = { shopperId: person.id }
  const offers = await Promise.all(
    others
      .filter((other) => other.id !== plan.id && other.currency === plan.currency)
      .map(async (other) => ({
        other,
        price: await planPrice(other, locale),
        change: await gateway.subscriptions.previewPlan(owner, subscription.id, other.id),
      })),
  )
  if (offers.length === 0) return null
  return (
    <Panel>
      <PanelHeader title={t('changePlan')} />
      <ul className="divide-y divide-line">
        {offers.map(({ other, price, change }) =>
          change ? (
            <li key={other.id} className="flex flex-wrap items-center justify-between gap-3 py-3">
              <span className="min-w-0">
                <span className="block font-medium break-words text-ink">{other.name}</span>
                <span className="figures block text-sm text-ink-faint">{price}</span>
              </span>
              <ConfirmDeed
                trigger={<Button size="small">{t('changeTo')}</Button>}
                title={`${other.name} · ${price}`}
                text={t('changePlanText', {
                  on: showDay(change.nextOn, locale),
                  amount: formatMoney(change.nextAmount, other.currency, locale),
                  price,
                })}
                words={{ confirm: t('changeTo'), keep: shared('cancel'), close: shared('close') }}
                deed={changePlan.bind(null, id, publicId('pln', other.id))}
              />
            </li>
          ) : null,
        )}
      </ul>
    </Panel>
  )
}
