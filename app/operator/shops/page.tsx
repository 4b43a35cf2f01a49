import { Plus, Store } from 'lucide-react'
import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import Link from 'next/link'
import { ListSort } from '@/app/_glue/list-sort'
import { shopName } from '@/app/_glue/names'
import { requireSystem } from '@/app/_glue/system'
import { deedWords } from '@/app/merchant/_parts/deed-words'
import { formatDate } from '@/components/i18n/format'
import { DeedDialog } from '@/components/merchant/deed-dialog'
import { Badge } from '@/components/ui/badge'
import { EmptyState } from '@/components/ui/empty-state'
import { ExportLink } from '@/components/ui/export-link'
import { LinkTabs } from '@/components/ui/link-tabs'
import { PageHeader } from '@/components/ui/page-header'
import { Pager } from '@/components/ui/pager'
import { SearchField } from '@/components/ui/search-field'
import { Table, TableCell, TableHead, TableRow } from '@/components/ui/table'
import { publicId } from '@/lib/ids'
import { listHref, type ListQuery } from '../people/_parts/list-query'
import { shopFilter } from '../people/_parts/people-query'
import { openShop } from './actions'
import { ShopFields } from './_parts/shop-fields'

const HERE = '/operator/shops'
const PAGE = 50

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('operator.shops')
  return { title: t('title') }
}

/** Every shop. */
export default async function ShopsPage({ searchParams }: { searchParams: Promise<ListQuery> }) {
  const [query, desk, t] = await Promise.all([
    searchParams,
    requireSystem('people.see', HERE),
    getTranslations('operator.shops'),
  ])
  const { gateway, locale } = desk
  const { q, show, order, filter } = shopFilter(query)
  const [found, shared] = await Promise.all([
    gateway.directory.shops({ ...filter, limit: PAGE + 1 }),
    getTranslations('shared'),
  ])
  const shops = found.slice(0, PAGE)
  const last = found.length > PAGE ? shops.at(-1) : undefined
  return (
    <>
      <PageHeader
        title={t('title')}
        description={t('text')}
        actions={
          <>
            {shops.length > 0 ? (
              <ExportLink href={listHref(`${HERE}/export`, { q, show, sort: order })}>{shared('export')}</ExportLink>
            ) : null}
            {desk.may('people.change') ? (
              <DeedDialog
                trigger={
                  <>
                    <Plus aria-hidden />
                    {t('open')}
                  </>
                }
                triggerLook={{ kind: 'primary' }}
                title={t('openTitle')}
                description={t('openText')}
                words={await deedWords(t('open'))}
                deed={openShop}
              >
                <ShopFields locale={locale} />
              </DeedDialog>
            ) : null}
          </>
        }
      />
      <div className="mb-4 flex flex-wrap items-center justify-between gap-3">
        <SearchField name="q" label={t('search')} {...(q && { defaultValue: q })} keep={{ show, sort: order }} />
        <ListSort order={order} hrefOf={(sort) => listHref(HERE, { q, show, sort })} />
      </div>
      <LinkTabs
        label={t('title')}
        tabs={([undefined, 'suspended'] as const).map((tab) => ({
          href: listHref(HERE, { q, show: tab, sort: order }),
          label: t(`tab.${tab ?? 'all'}`),
          current: tab === show,
        }))}
      />
      {shops.length === 0 ? (
        <EmptyState icon={Store} title={t('none')}>
          {t('noneText')}
        </EmptyState>
      ) : (
        <Table aria-label={t('title')}>
          <thead>
            <tr>
              <TableHead>{t('shop')}</TableHead>
              <TableHead>{t('owners')}</TableHead>
              <TableHead>{t('people')}</TableHead>
              <TableHead>{t('means')}</TableHead>
              <TableHead>{t('opened')}</TableHead>
              <TableHead>{t('standing')}</TableHead>
            </tr>
          </thead>
          <tbody>
            {shops.map(({ merchant, owners, people }) => (
              <TableRow key={merchant.id}>
                <TableCell className="min-w-36">
                  <Link
                    className="font-medium text-accent hover:underline"
                    href={`${HERE}/${publicId('mer', merchant.id)}`}
                  >
                    {shopName(merchant, locale)}
                  </Link>
                  <span className="block text-xs text-ink-faint">{merchant.currencies.join(', ')}</span>
                </TableCell>
                <TableCell className="whitespace-nowrap">
                  {owners.length > 0 ? (
                    owners.map(({ name }) => name).join(', ')
                  ) : (
                    <Badge tone="warn">{t('noOwner')}</Badge>
                  )}
                </TableCell>
                <TableCell className="whitespace-nowrap">{t('peopleCount', { count: people })}</TableCell>
                <TableCell className="whitespace-nowrap">
                  {t('meansCount', { count: merchant.modules.length })}
                </TableCell>
                <TableCell className="figures whitespace-nowrap text-ink-soft">
                  {formatDate(merchant.createdAt, locale)}
                </TableCell>
                <TableCell>
                  <Badge tone={merchant.suspendedAt ? 'bad' : 'good'}>
                    {t(merchant.suspendedAt ? 'suspended' : 'active')}
                  </Badge>
                </TableCell>
              </TableRow>
            ))}
          </tbody>
        </Table>
      )}
      <Pager
        label={t('more')}
        {...(last && { nextHref: listHref(HERE, { q, show, sort: order, before: publicId('mer', last.merchant.id) }) })}
      />
    </>
  )
}
