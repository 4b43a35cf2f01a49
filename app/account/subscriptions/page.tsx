import { RefreshCw } from 'lucide-react'
import type { Metadata } from 'next'
import { getLocale, getTranslations } from 'next-intl/server'
import { runningGateway } from '@/app/_glue/gateway'
import { shopName } from '@/app/_glue/names'
import { requirePerson } from '@/app/_glue/session'
import { SubscriptionRows } from '@/app/_glue/subscription-parts'
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
  const rows = found.slice(0, PAGE)
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
        <SubscriptionRows
          label={t('subscription.mine')}
          base={HERE}
          {...{ rows, locale }}
          titleOf={({ plan }) => plan.name}
          noteOf={({ shop }) => shopName(shop, locale)}
        />
      )}
      <Pager
        label={t('subscriptions.older')}
        {...(last && { nextHref: `${HERE}?before=${publicId('sub', last.id)}` })}
      />
    </>
  )
}
