import { Download, RefreshCw, SearchX } from 'lucide-react'
import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import Link from 'next/link'
import { requireDesk } from '@/app/_glue/desk'
import { planPrice, showDay, subscriptionTones } from '@/app/_glue/plan-words'
import { listAddress, type RawQuery } from '@/app/merchant/_parts/list-query'
import { Badge } from '@/components/ui/badge'
import { ButtonLink } from '@/components/ui/button-link'
import { buttonLook } from '@/components/ui/button-look'
import { EmptyState } from '@/components/ui/empty-state'
import { LinkTabs } from '@/components/ui/link-tabs'
import { PageHeader } from '@/components/ui/page-header'
import { Pager } from '@/components/ui/pager'
import { SearchField } from '@/components/ui/search-field'
import { publicId } from '@/lib/ids'
import { filterOf, readSubscriptionQuery } from './subscription-query'
import { SubscriptionTabs } from './subscription-tabs'

const PAGE = 25
const HERE = '/merchant/subscriptions'
const STATES = ['active', 'trialing', 'past-due', 'paused', 'cancelled'] as const

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('selling.subscriptions')
  return { title: t('title') }
}

/** Who has agreed to be charged by the shop's plans, by how they stand. */
export default async function SubscriptionsPage({ searchParams }: { searchParams: Promise<RawQuery> }) {
  const query = readSubscriptionQuery(await searchParams)
  const { state, reference } = query
  const desk = await requireDesk('subscription.see', HERE)
  const { gateway, merchant, locale } = desk
  const { subscriptions, people } = gateway
  const [t, found] = await Promise.all([
    getTranslations('selling'),
    subscriptions.list({ merchantId: merchant.id }, { ...filterOf(query), limit: PAGE + 1 }),
  ])
  const rows = await Promise.all(
    found.slice(0, PAGE).map(async (subscription) => {
      const { planId, shopperId, id } = subscription
      const [plan, person] = await Promise.all([
        subscriptions.plans.find(merchant.id, planId),
        shopperId ? people.get(shopperId) : undefined,
      ])
      const price = plan ? await planPrice(plan, locale) : ''
      return { ...subscription, href: `${HERE}/${publicId('sub', id)}`, plan, price, who: person?.name ?? '' }
    }),
  )
  const last = found.length > PAGE ? rows.at(-1) : undefined
  const filters = { ...(state && { tab: state }), ...(reference && { orderRef: reference }) }
  return (
    <>
      <PageHeader
        title={t('subscriptions.title')}
        description={t('subscriptions.text')}
        actions={
          rows.length > 0 ? (
            <a href={listAddress(`${HERE}/export`, filters)} download className={buttonLook({})}>
              <Download aria-hidden />
              {t('subscriptions.export')}
            </a>
          ) : null
        }
      />
      <SubscriptionTabs current="subscribers" />
      <LinkTabs
        label={t('subscriptions.column.state')}
        tabs={[undefined, ...STATES].map((one) => ({
          href: listAddress(HERE, { ...filters, tab: one ?? '' }),
          label: one ? t(`state.${one}`) : t('subscriptions.all'),
          current: one === state,
        }))}
      />
      <div className="mb-4">
        <SearchField
          name="q"
          label={t('subscriptions.search')}
          {...(reference && { defaultValue: reference })}
          keep={{ tab: state }}
        />
      </div>
      {rows.length > 0 ? (
        <ul className="divide-y divide-line" aria-label={t('subscriptions.title')}>
          {rows.map(({ id, href, plan, price, who, state: stands, periodEnd, endsOn, reference: named }) => (
            <li key={id}>
              <Link href={href} className="-mx-2 flex items-center gap-4 rounded-md px-2 py-3.5 hover:bg-hover">
                <span className="min-w-0 flex-1">
                  <span className="block truncate font-medium text-ink">
                    {[plan?.name, who].filter(Boolean).join(' · ')}
                  </span>
                  <span className="block truncate text-xs text-ink-faint">
                    {[
                      named,
                      endsOn && stands !== 'cancelled'
                        ? t('subscription.endsOn', { on: showDay(endsOn, locale) })
                        : periodEnd && (stands === 'active' || stands === 'trialing')
                          ? `${t('subscription.next')} ${showDay(periodEnd, locale)}`
                          : '',
                    ]
                      .filter(Boolean)
                      .join(' · ')}
                  </span>
                </span>
                <span className="figures flex flex-col items-end gap-1 text-sm font-semibold text-ink">
                  {price}
                  <Badge tone={subscriptionTones[stands]}>{t(`state.${stands}`)}</Badge>
                </span>
              </Link>
            </li>
          ))}
        </ul>
      ) : state || reference ? (
        <EmptyState icon={SearchX} title={t('subscriptions.notFound')} />
      ) : (
        <EmptyState
          icon={RefreshCw}
          title={t('subscriptions.none')}
          action={<ButtonLink href={`${HERE}/plans`}>{t('plans.title')}</ButtonLink>}
        >
          {t('subscriptions.noneText')}
        </EmptyState>
      )}
      <Pager
        label={t('subscriptions.older')}
        {...(last && { nextHref: listAddress(HERE, { ...filters, before: publicId('sub', last.id) }) })}
      />
    </>
  )
}
