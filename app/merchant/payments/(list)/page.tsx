import type { Metadata } from 'next'
import { Download, ReceiptText, SearchX } from 'lucide-react'
import { getTranslations } from 'next-intl/server'
import { requireDesk } from '@/app/_glue/desk'
import { boundedCount } from '@/components/i18n/format'
import { buttonLook } from '@/components/ui/button-look'
import { ButtonLink } from '@/components/ui/button-link'
import { EmptyState } from '@/components/ui/empty-state'
import { LinkTabs } from '@/components/ui/link-tabs'
import { PageHeader } from '@/components/ui/page-header'
import { Pager } from '@/components/ui/pager'
import { SearchField } from '@/components/ui/search-field'
import { purchaseTabs } from '@/lib/desk/purchase-tab'
import { MOST_COUNTED } from '@/lib/desk/purchases'
import { publicId } from '@/lib/ids'
import { listAddress, type RawQuery, readListQuery } from '../../_parts/list-query'
import { PaymentList } from '../../_parts/payment-list'

const PAGE = 25
const HERE = '/merchant/payments'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('merchant.payments')
  return { title: t('title') }
}

/** Every payment of the shop by how it stands; the address says which, so it can be shared and gone back to. */
export default async function PaymentsPage({ searchParams }: { searchParams: Promise<RawQuery> }) {
  const query = readListQuery(await searchParams)
  const { tab, orderRef } = query
  const desk = await requireDesk('portal.see', listAddress(HERE, query))
  const { gateway, merchant, locale } = desk
  const [t, found, counts] = await Promise.all([
    getTranslations('merchant'),
    gateway.purchases.page(merchant.id, { ...query, limit: PAGE + 1 }),
    // Of all payments: beside the few that a search has found they would say nothing.
    orderRef === undefined ? gateway.purchases.counts(merchant.id) : undefined,
  ])
  const payments = found.slice(0, PAGE)
  const last = found.length > PAGE ? payments.at(-1) : undefined
  const filters = { ...(tab && { tab }), ...(orderRef && { orderRef }) }
  const isFiltered = tab !== undefined || orderRef !== undefined
  return (
    <>
      <PageHeader
        title={t('payments.title')}
        actions={
          payments.length > 0 ? (
            <a href={listAddress(`${HERE}/export`, filters)} download className={buttonLook({})}>
              <Download aria-hidden />
              {t('payments.export')}
            </a>
          ) : null
        }
      />
      <LinkTabs
        label={t('column.status')}
        tabs={[undefined, ...purchaseTabs].map((one) => ({
          href: listAddress(HERE, { ...filters, tab: one ?? '' }),
          label: t(`tab.${one ?? 'all'}`),
          ...(one && counts && { count: boundedCount(counts[one], MOST_COUNTED, locale) }),
          current: one === tab,
        }))}
      />
      <div className="mb-4">
        <SearchField
          name="q"
          label={t('payments.search')}
          {...(orderRef && { defaultValue: orderRef })}
          keep={{ tab }}
        />
      </div>
      {payments.length > 0 ? (
        <PaymentList payments={payments} locale={locale} label={t('payments.title')} base={HERE} />
      ) : isFiltered ? (
        <EmptyState
          icon={SearchX}
          title={t('payments.notFound.title')}
          action={<ButtonLink href={HERE}>{t('payments.notFound.action')}</ButtonLink>}
        >
          {t(orderRef ? 'payments.notFound.text' : 'payments.notFound.tab')}
        </EmptyState>
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
        label={t('payments.older')}
        {...(last && { nextHref: listAddress(HERE, { ...filters, before: publicId('pay', last.id) }) })}
      />
    </>
  )
}
