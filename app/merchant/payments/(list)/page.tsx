import type { Metadata } from 'next'
import { Download, ReceiptText, SearchX } from 'lucide-react'
import { getTranslations } from 'next-intl/server'
import { requireDesk } from '@/app/_glue/desk'
import { boundedCount } from '@/components/i18n/format'
import { buttonLook } from '@/components/ui/button-look'
import { ButtonLink } from '@/components/ui/button-link'
import { EmptyState } from '@/components/ui/empty-state'
import { LinkTabs } from '@/components/ui/link-tabs'
import { Notice } from '@/components/ui/notice'
import { PageHeader } from '@/components/ui/page-header'
import { Pager } from '@/components/ui/pager'
import { SearchField } from '@/components/ui/search-field'
import { SortLinks } from '@/components/ui/sort-links'
import { purchaseTabs } from '@/lib/desk/purchase-tab'
import { MOST_COUNTED, purchaseOrders } from '@/lib/desk/purchases'
import type { RawQuery } from '../../_parts/list-query'
import { PaymentList } from '../../_parts/payment-list'
import { paymentsAddress, placeWord, readPaymentQuery } from '../payment-query'
import { PaymentFilters } from './payment-filters'

const PAGE = 25
const HERE = '/merchant/payments'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('merchant.payments')
  return { title: t('title') }
}

/** Every payment of the shop by how it stands; the address says which, so it can be shared and gone back to. */
export default async function PaymentsPage({ searchParams }: { searchParams: Promise<RawQuery> }) {
  const raw = await searchParams
  const desk = await requireDesk('portal.see', paymentsAddress(HERE, raw))
  const { gateway, merchant, locale } = desk
  const query = readPaymentQuery(raw, { currencies: merchant.currencies, zone: gateway.settings.TIME_ZONE })
  const { words, filter, order, narrowed } = query
  const { tab, orderRef } = filter
  const [t, sorts, { payments, next, lookedThrough }, counts] = await Promise.all([
    getTranslations('merchant'),
    getTranslations('shared.sort'),
    gateway.purchases.browse(merchant.id, { ...filter, limit: PAGE }),
    // Of all payments: beside the few that a search has found they would say nothing.
    orderRef === undefined && narrowed === 0 ? gateway.purchases.counts(merchant.id) : undefined,
  ])
  const isFiltered = tab !== undefined || orderRef !== undefined || narrowed > 0 || filter.currency !== undefined
  const main = merchant.currencies.length > 1 ? (filter.currency ?? merchant.currencies[0]) : undefined
  const { q: _, ...kept } = words
  return (
    <>
      <PageHeader
        title={t('payments.title')}
        actions={
          payments.length > 0 ? (
            <a href={paymentsAddress(`${HERE}/export`, words)} download className={buttonLook({})}>
              <Download aria-hidden />
              {t('payments.export')}
            </a>
          ) : null
        }
      />
      <LinkTabs
        label={t('column.status')}
        tabs={[undefined, ...purchaseTabs].map((one) => ({
          href: paymentsAddress(HERE, { ...words, tab: one }),
          label: t(`tab.${one ?? 'all'}`),
          ...(one && counts && { count: boundedCount(counts[one], MOST_COUNTED, locale) }),
          current: one === tab,
        }))}
      />
      <div className="mb-3 flex flex-wrap items-center justify-between gap-3">
        <SearchField name="q" label={t('payments.search')} {...(orderRef && { defaultValue: orderRef })} keep={kept} />
        <SortLinks
          label={sorts('label')}
          links={purchaseOrders.map((one) => ({
            href: paymentsAddress(HERE, { ...words, sort: one === 'newest' ? undefined : one }),
            label: main && (one === 'largest' || one === 'smallest') ? `${sorts(one)} (${main})` : sorts(one),
            current: one === order,
          }))}
        />
      </div>
      <PaymentFilters desk={desk} query={query} here={HERE} />
      {lookedThrough ? (
        <Notice tone="info" className="mb-4">
          {t('payments.looked', { count: lookedThrough, found: payments.length })}
        </Notice>
      ) : null}
      {payments.length > 0 ? (
        <PaymentList payments={payments} locale={locale} label={t('payments.title')} base={HERE} />
      ) : isFiltered ? (
        lookedThrough ? null : (
          <EmptyState
            icon={SearchX}
            title={t('payments.notFound.title')}
            action={<ButtonLink href={HERE}>{t('payments.notFound.action')}</ButtonLink>}
          >
            {t(
              narrowed > 0 ? 'payments.notFound.filter' : orderRef ? 'payments.notFound.text' : 'payments.notFound.tab',
            )}
          </EmptyState>
        )
      ) : (
        <EmptyState
          icon={ReceiptText}
          title={t('payments.none.title')}
          action={<ButtonLink href="/merchant/developers">{t('payments.none.action')}</ButtonLink>}
        >
          {t('payments.none.text')}
        </EmptyState>
      )}
      <Pager
        label={t(lookedThrough ? 'payments.further' : order === 'newest' ? 'payments.older' : 'payments.more')}
        {...(next && { nextHref: paymentsAddress(HERE, { ...words, before: placeWord(next) }) })}
      />
    </>
  )
}
