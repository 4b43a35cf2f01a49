import { RefreshCw } from 'lucide-react'
import type { Metadata } from 'next'
import { getLocale, getTranslations } from 'next-intl/server'
import Link from 'next/link'
import { runningGateway } from '@/app/_glue/gateway'
import { shopName } from '@/app/_glue/names'
import { planPrice, showDay, subscriptionTones } from '@/app/_glue/plan-words'
import { requirePerson } from '@/app/_glue/session'
import { Badge } from '@/components/ui/badge'
import { EmptyState } from '@/components/ui/empty-state'
import { LinkTabs } from '@/components/ui/link-tabs'
import { PageHeader } from '@/components/ui/page-header'
import { Pager } from '@/components/ui/pager'
import { publicId, readPublicId } from '@/lib/ids'

const PAGE = 20
const HERE = '/account/subscriptions'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('selling.subscription')
  return { title: t('mine') }
}

/** Everything the shopper has agreed to be charged for again and again. */
export default async function SubscriptionsPage({ searchParams }: { searchParams: Promise<{ before?: string }> }) {
  const before = readPublicId('sub', (await searchParams).before ?? '')
  const [person, gateway, locale, t] = await Promise.all([
    requirePerson(HERE),
    runningGateway(),
    getLocale(),
    getTranslations('selling'),
  ])
  const page = { limit: PAGE + 1, ...(before && { before }) }
  const found = await gateway.subscriptions.list({ shopperId: person.id }, page)
  const rows = await Promise.all(
    found.slice(0, PAGE).map(async (subscription) => {
      const [plan, merchant] = await Promise.all([
        gateway.subscriptions.plans.find(subscription.merchantId, subscription.planId),
        gateway.merchants.get(subscription.merchantId),
      ])
      const price = plan ? await planPrice(plan, locale) : ''
      return { ...subscription, plan, price, shop: merchant ? shopName(merchant, locale) : '' }
    }),
  )
  const last = found.length > PAGE ? rows.at(-1) : undefined
  return (
    <>
      <PageHeader title={t('subscription.mine')} />
      <LinkTabs
        label={t('subscription.mine')}
        tabs={[
          { href: '/account/purchases', label: t('subscription.purchases'), current: false },
          { href: HERE, label: t('subscription.mine'), current: true },
        ]}
      />
      {rows.length === 0 ? (
        <EmptyState icon={RefreshCw} title={t('subscription.none')}>
          {t('subscription.noneText')}
        </EmptyState>
      ) : (
        <ul className="divide-y divide-line" aria-label={t('subscription.mine')}>
          {rows.map(({ id, plan, price, shop, state, endsOn, periodEnd }) => (
            <li key={id}>
              <Link
                href={`${HERE}/${publicId('sub', id)}`}
                className="-mx-2 flex items-center gap-4 rounded-md px-2 py-3.5 hover:bg-hover"
              >
                <span className="min-w-0 flex-1">
                  <span className="block truncate font-medium text-ink">{plan?.name}</span>
                  <span className="block truncate text-xs text-ink-faint">
                    {[
                      shop,
                      endsOn && state !== 'cancelled'
                        ? t('subscription.endsOn', { on: showDay(endsOn, locale) })
                        : periodEnd && (state === 'active' || state === 'trialing')
                          ? `${t('subscription.next')} ${showDay(periodEnd, locale)}`
                          : '',
                    ]
                      .filter(Boolean)
                      .join(' · ')}
                  </span>
                </span>
                <span className="figures flex flex-col items-end gap-1 text-sm font-semibold text-ink">
                  {price}
                  <Badge tone={subscriptionTones[state]}>{t(`state.${state}`)}</Badge>
                </span>
              </Link>
            </li>
          ))}
        </ul>
      )}
      <Pager
        label={t('subscriptions.older')}
        {...(last && { nextHref: `${HERE}?before=${publicId('sub', last.id)}` })}
      />
    </>
  )
}
