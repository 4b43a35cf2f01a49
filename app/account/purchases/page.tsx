import { ReceiptText } from 'lucide-react'
import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { runningGateway } from '@/app/_glue/gateway'
import { ListSort, readOrder } from '@/app/_glue/list-sort'
import { PurchaseRows } from '@/app/_glue/purchase-rows'
import { requirePerson } from '@/app/_glue/session'
import { EmptyState } from '@/components/ui/empty-state'
import { ExportLink } from '@/components/ui/export-link'
import { LinkTabs } from '@/components/ui/link-tabs'
import { PageHeader } from '@/components/ui/page-header'
import { Pager } from '@/components/ui/pager'
import { publicId, readPublicId } from '@/lib/ids'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('account.purchases')
  return { title: t('title') }
}

const PAGE = 20
const HERE = '/account/purchases'

interface Props {
  searchParams: Promise<{ sort?: string; before?: string }>
}

/** Everything the shopper has bought. */
export default async function PurchasesPage({ searchParams }: Props) {
  const { sort, before: asked } = await searchParams
  const order = readOrder(sort)
  const before = readPublicId('pay', asked ?? '')
  const [person, gateway, t, selling, shared] = await Promise.all([
    requirePerson(HERE),
    runningGateway(),
    getTranslations('account.purchases'),
    getTranslations('selling.subscription'),
    getTranslations('shared'),
  ])
  const payments = await gateway.payments.listOfShopper(person.id, { order, limit: PAGE, ...(before && { before }) })
  const last = payments.length === PAGE ? payments.at(-1) : undefined
  return (
    <>
      <PageHeader
        title={t('title')}
        actions={
          payments.length > 0 ? (
            <ExportLink href={`${HERE}/export${order ? `?sort=${order}` : ''}`}>{shared('export')}</ExportLink>
          ) : null
        }
      />
      <LinkTabs
        label={t('title')}
        tabs={[
          { href: HERE, label: t('title'), current: true },
          { href: '/account/subscriptions', label: selling('mine'), current: false },
        ]}
      />
      {payments.length === 0 ? (
        <EmptyState icon={ReceiptText} title={t('empty')}>
          {t('emptyText')}
        </EmptyState>
      ) : (
        <>
          <div className="mb-1 flex justify-end">
            <ListSort order={order} hrefOf={(wish) => (wish ? `${HERE}?sort=${wish}` : HERE)} />
          </div>
          <PurchaseRows gateway={gateway} payments={payments} />
        </>
      )}
      <Pager
        label={t('more')}
        {...(last && { nextHref: `${HERE}?${order ? `sort=${order}&` : ''}before=${publicId('pay', last.id)}` })}
      />
    </>
  )
}
