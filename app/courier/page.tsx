import { PackageCheck, SearchX } from 'lucide-react'
import { getTranslations } from 'next-intl/server'
import { z } from 'zod'
import { EmptyState } from '@/components/ui/empty-state'
import { PageHeader } from '@/components/ui/page-header'
import { Pager } from '@/components/ui/pager'
import { SearchField } from '@/components/ui/search-field'
import { requireDesk } from '../_glue/desk'
import { CashInHand } from './_parts/cash-in-hand'
import { OpenDelivery } from './_parts/open-delivery'
import { ShopCash } from './_parts/shop-cash'

const PAGE = 20
const LONGEST = 100

interface Props {
  searchParams: Promise<{ q?: string | string[]; after?: string | string[] }>
}

/** What is to be delivered and paid at the door, for couriers, and for the shop that wants to know (M-110 … M-112). */
export default async function CourierPage({ searchParams }: Props) {
  const { q, after } = await searchParams
  const search = typeof q === 'string' ? q.trim().slice(0, LONGEST) : ''
  const mark = z.uuid().safeParse(after)
  const desk = await requireDesk('delivery.see', '/courier')
  const { gateway, merchant } = desk
  const [t, found] = await Promise.all([
    getTranslations('courier'),
    gateway.couriers.list(merchant.id, {
      ...{ state: 'open' as const, limit: PAGE + 1 },
      ...(search && { search }),
      ...(mark.success && { after: mark.data }),
    }),
  ])
  const shown = found.slice(0, PAGE)
  const last = found.length > PAGE ? shown.at(-1) : undefined
  const further = new URLSearchParams({ ...(search && { q: search }), ...(last && { after: last.id }) })
  return (
    <>
      <PageHeader title={t('title')} {...(desk.may('delivery.collect') && { description: t('text') })} />
      {desk.may('delivery.collect') ? <CashInHand desk={desk} /> : null}
      {desk.may('delivery.settle') ? <ShopCash desk={desk} /> : null}
      <section aria-label={t('open')}>
        <div className="mb-4 flex flex-col gap-3 sm:flex-row sm:items-center sm:justify-between">
          <h2 className="text-xl font-bold text-ink">{t('open')}</h2>
          <SearchField name="q" label={t('search')} defaultValue={search} />
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
        <Pager label={t('more')} {...(last && { nextHref: `/courier?${further}` })} />
      </section>
    </>
  )
}
