import { PackageCheck, SearchX } from 'lucide-react'
import { getTranslations } from 'next-intl/server'
import type { RawQuery } from '@/app/merchant/_parts/list-query'
import { EmptyState } from '@/components/ui/empty-state'
import { PageHeader } from '@/components/ui/page-header'
import { Pager } from '@/components/ui/pager'
import { SearchField } from '@/components/ui/search-field'
import { requireDesk } from '../_glue/desk'
import { CashInHand } from './_parts/cash-in-hand'
import { placeHref, readPlace } from './_parts/courier-query'
import { OpenDelivery } from './_parts/open-delivery'
import { ShopCash } from './_parts/shop-cash'

const PAGE = 20

/** What is to be delivered and paid at the door, for couriers, and for the shop that wants to know (M-110 … M-112). */
export default async function CourierPage({ searchParams }: { searchParams: Promise<RawQuery> }) {
  const place = readPlace(await searchParams)
  const { search, open } = place
  const desk = await requireDesk('delivery.see', '/courier')
  const { gateway, merchant } = desk
  const [t, found] = await Promise.all([
    getTranslations('courier'),
    gateway.couriers.list(merchant.id, {
      ...{ state: 'open' as const, limit: PAGE + 1 },
      ...(search && { search }),
      ...(open && { after: open }),
    }),
  ])
  const shown = found.slice(0, PAGE)
  const last = found.length > PAGE ? shown.at(-1) : undefined
  return (
    <>
      <PageHeader title={t('title')} {...(desk.may('delivery.collect') && { description: t('text') })} />
      {desk.may('delivery.collect') ? <CashInHand desk={desk} /> : null}
      {desk.may('delivery.settle') ? <ShopCash desk={desk} place={place} /> : null}
      <section aria-label={t('open')}>
        <div className="mb-4 flex flex-col gap-3 sm:flex-row sm:items-center sm:justify-between">
          <h2 className="text-xl font-bold text-ink">{t('open')}</h2>
          <SearchField name="q" label={t('search')} {...(search && { defaultValue: search })} />
        </div>
        {shown.length === 0 ? (
          <EmptyState icon={search ? SearchX : PackageCheck} title={search ? t('notFound') : t('none')}>
            {search ? t('notFoundText') : t('noneText')}
          </EmptyState>
        ) : (
          <ul className="grid gap-3 lg:grid-cols-2">
            {shown.map((delivery) => (
              <OpenDelivery key={delivery.id} desk={desk} delivery={delivery} />
            ))}
          </ul>
        )}
        <Pager label={t('more')} {...(last && { nextHref: placeHref({ ...place, open: last.id }) })} />
      </section>
    </>
  )
}
