import { Download, RefreshCw, SearchX } from 'lucide-react'
import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { requireDesk } from '@/app/_glue/desk'
import { ListSort } from '@/app/_glue/list-sort'
import { SubscriptionRows } from '@/app/_glue/subscription-parts'
import { listAddress, type RawQuery } from '@/app/merchant/_parts/list-query'
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
  const { state, reference, order } = query
  const desk = await requireDesk('subscription.see', HERE)
  const { gateway, merchant, locale } = desk
  const [t, found] = await Promise.all([
    getTranslations('selling'),
    gateway.subscriptions.list({ merchantId: merchant.id }, { ...filterOf(query), limit: PAGE + 1 }),
  ])
  const rows = found.slice(0, PAGE)
  const last = found.length > PAGE ? rows.at(-1) : undefined
  const filters = { ...(state && { tab: state }), ...(reference && { orderRef: reference }), sort: order }
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
      <div className="mb-4 flex flex-wrap items-center justify-between gap-3">
        <SearchField
          name="q"
          label={t('subscriptions.search')}
          {...(reference && { defaultValue: reference })}
          keep={{ tab: state, sort: order }}
        />
        <ListSort order={order} hrefOf={(sort) => listAddress(HERE, { ...filters, sort })} />
      </div>
      {rows.length > 0 ? (
        <SubscriptionRows
          label={t('subscriptions.title')}
          base={HERE}
          {...{ rows, locale }}
          titleOf={({ plan, subscriber }) => [plan.name, subscriber].filter(Boolean).join(' · ')}
          noteOf={({ reference: named }) => named}
        />
      ) : state || reference ? (
        <EmptyState
          icon={SearchX}
          title={t('subscriptions.notFound')}
          action={<ButtonLink href={HERE}>{t('subscriptions.all')}</ButtonLink>}
        >
          {t('subscriptions.notFoundText')}
        </EmptyState>
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
