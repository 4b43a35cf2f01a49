import { ListFilter, ReceiptText, SearchX } from 'lucide-react'
import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { runningGateway } from '@/app/_glue/gateway'
import { ListSort } from '@/app/_glue/list-sort'
import { PurchaseRows } from '@/app/_glue/purchase-rows'
import { requirePerson } from '@/app/_glue/session'
import { listHref } from '@/app/operator/people/_parts/list-query'
import { ButtonLink } from '@/components/ui/button-link'
import { EmptyState } from '@/components/ui/empty-state'
import { ExportLink } from '@/components/ui/export-link'
import { LinkTabs } from '@/components/ui/link-tabs'
import { PageHeader } from '@/components/ui/page-header'
import { Pager } from '@/components/ui/pager'
import { SearchField } from '@/components/ui/search-field'
import { SortLinks } from '@/components/ui/sort-links'
import { publicId } from '@/lib/ids'
import { standings } from '@/lib/payments/payment'
import { PURCHASES, type RawPurchases, readPurchases } from './_parts/purchase-query'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('account.purchases')
  return { title: t('title') }
}

const PAGE = 20

/** Everything the shopper has bought. */
export default async function PurchasesPage({ searchParams }: { searchParams: Promise<RawPurchases> }) {
  const { q, state, sort, filter } = readPurchases(await searchParams)
  const [person, gateway, t, selling, shared] = await Promise.all([
    requirePerson(PURCHASES),
    runningGateway(),
    getTranslations('account.purchases'),
    getTranslations('selling.subscription'),
    getTranslations('shared'),
  ])
  const found = await gateway.payments.listOfShopper(person.id, { ...filter, limit: PAGE + 1 })
  const payments = found.slice(0, PAGE)
  const last = found.length > PAGE ? payments.at(-1) : undefined
  const isFiltered = q !== undefined || state !== undefined
  return (
    <>
      <PageHeader
        title={t('title')}
        actions={
          payments.length > 0 ? (
            <ExportLink href={listHref(`${PURCHASES}/export`, { q, state, sort })}>{shared('export')}</ExportLink>
          ) : null
        }
      />
      <LinkTabs
        label={t('title')}
        tabs={[
          { href: PURCHASES, label: t('title'), current: true },
          { href: '/account/subscriptions', label: selling('mine'), current: false },
        ]}
      />
      {payments.length > 0 || isFiltered ? (
        <div className="mb-2 flex flex-wrap items-center justify-between gap-3">
          <SearchField name="q" label={t('search')} {...(q && { defaultValue: q })} keep={{ state, sort }} />
          <ListSort order={sort} hrefOf={(wish) => listHref(PURCHASES, { q, state, sort: wish })} />
          <SortLinks
            icon={ListFilter}
            label={t('csv.state')}
            links={[undefined, ...standings].map((one) => ({
              href: listHref(PURCHASES, { q, state: one, sort }),
              label: one ? t(`state.${one}`) : t('all'),
              current: one === state,
            }))}
          />
        </div>
      ) : null}
      {payments.length > 0 ? (
        <PurchaseRows gateway={gateway} payments={payments} />
      ) : isFiltered ? (
        <EmptyState icon={SearchX} title={t('notFound')} action={<ButtonLink href={PURCHASES}>{t('all')}</ButtonLink>}>
          {t('notFoundText')}
        </EmptyState>
      ) : (
        <EmptyState icon={ReceiptText} title={t('empty')}>
          {t('emptyText')}
        </EmptyState>
      )}
      <Pager
        label={t('more')}
        {...(last && { nextHref: listHref(PURCHASES, { q, state, sort, before: publicId('pay', last.id) }) })}
      />
    </>
  )
}
