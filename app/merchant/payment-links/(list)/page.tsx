import { Download, Link2, SearchX } from 'lucide-react'
import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import Link from 'next/link'
import { requireDesk } from '@/app/_glue/desk'
import { ListSort } from '@/app/_glue/list-sort'
import { listAddress, type RawQuery } from '@/app/merchant/_parts/list-query'
import { formatDate } from '@/components/i18n/format'
import { Badge } from '@/components/ui/badge'
import { ButtonLink } from '@/components/ui/button-link'
import { buttonLook } from '@/components/ui/button-look'
import { EmptyState } from '@/components/ui/empty-state'
import { LinkTabs } from '@/components/ui/link-tabs'
import { PageHeader } from '@/components/ui/page-header'
import { Pager } from '@/components/ui/pager'
import { SearchField } from '@/components/ui/search-field'
import { FigureCell, Table, TableCell, TableHead, TableRow } from '@/components/ui/table'
import { publicId } from '@/lib/ids'
import { linkStates } from '@/lib/payment-links/payment-link'
import { linkTones, priceText } from '../link-look'
import { readLinkQuery } from '../link-query'
import { LinkMaker } from './link-maker'

const PAGE = 25
const HERE = '/merchant/payment-links'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('selling.links')
  return { title: t('title') }
}

/** The shop's payment links, by name and by how they stand. */
export default async function PaymentLinksPage({ searchParams }: { searchParams: Promise<RawQuery> }) {
  const query = readLinkQuery(await searchParams)
  const { state, text, order } = query
  const desk = await requireDesk('link.see', HERE)
  const { gateway, merchant, locale } = desk
  const [t, found] = await Promise.all([
    getTranslations('selling.links'),
    gateway.paymentLinks.list(merchant.id, { ...query, limit: PAGE + 1 }),
  ])
  const filters = { ...(state && { tab: state }), ...(text && { orderRef: text }), sort: order }
  const last = found.length > PAGE ? found[PAGE - 1] : undefined
  const rows = found.slice(0, PAGE).map((link) => ({
    ...link,
    href: `${HERE}/${publicId('plk', link.id)}`,
    badge: <Badge tone={linkTones[link.state]}>{t(`state.${link.state}`)}</Badge>,
    cost: priceText(link, locale, (bounds) => t('range', bounds)),
    sold: link.stock === undefined ? String(link.taken) : t('ofStock', { taken: link.taken, stock: link.stock }),
  }))
  return (
    <>
      <PageHeader
        title={t('title')}
        description={t('text')}
        actions={
          <>
            {rows.length > 0 ? (
              <a href={listAddress(`${HERE}/export`, filters)} download className={buttonLook({})}>
                <Download aria-hidden />
                {t('export')}
              </a>
            ) : null}
            {desk.may('link.change') ? <LinkMaker desk={desk} /> : null}
          </>
        }
      />
      <LinkTabs
        label={t('tab.label')}
        tabs={[undefined, ...linkStates].map((one) => ({
          href: listAddress(HERE, { ...filters, tab: one ?? '' }),
          label: one ? t(`state.${one}`) : t('tab.all'),
          current: one === state,
        }))}
      />
      <div className="mb-4 flex flex-wrap items-center justify-between gap-3">
        <SearchField
          name="q"
          label={t('search')}
          {...(text && { defaultValue: text })}
          keep={{ tab: state, sort: order }}
        />
        <ListSort order={order} hrefOf={(sort) => listAddress(HERE, { ...filters, sort })} />
      </div>
      {rows.length > 0 ? (
        <>
          <ul className="divide-y divide-line sm:hidden" aria-label={t('title')}>
            {rows.map(({ id, href, name, badge, cost, sold }) => (
              <li key={id}>
                <Link href={href} className="-mx-2 flex items-center gap-4 rounded-md px-2 py-3.5 hover:bg-hover">
                  <span className="min-w-0 flex-1">
                    <span className="block truncate font-medium text-ink">{name}</span>
                    <span className="figures block truncate text-xs text-ink-faint">
                      {t('column.sold')} {sold}
                    </span>
                  </span>
                  <span className="figures flex flex-col items-end gap-1 font-semibold text-ink">
                    {cost}
                    {badge}
                  </span>
                </Link>
              </li>
            ))}
          </ul>
          <div className="hidden sm:block">
            <Table aria-label={t('title')}>
              <thead>
                <tr>
                  <TableHead>{t('column.name')}</TableHead>
                  <TableHead>{t('column.state')}</TableHead>
                  <TableHead>{t('column.at')}</TableHead>
                  <TableHead className="text-right">{t('column.sold')}</TableHead>
                  <TableHead className="text-right">{t('column.price')}</TableHead>
                </tr>
              </thead>
              <tbody>
                {rows.map(({ id, href, name, badge, cost, sold, createdAt }) => (
                  <TableRow key={id}>
                    <TableCell className="max-w-80">
                      <Link href={href} className="block truncate font-medium hover:underline">
                        {name}
                      </Link>
                    </TableCell>
                    <TableCell>{badge}</TableCell>
                    <TableCell className="figures whitespace-nowrap text-ink-soft">
                      {formatDate(createdAt, locale)}
                    </TableCell>
                    <FigureCell>{sold}</FigureCell>
                    <FigureCell className="font-semibold">{cost}</FigureCell>
                  </TableRow>
                ))}
              </tbody>
            </Table>
          </div>
        </>
      ) : state || text ? (
        <EmptyState
          icon={SearchX}
          title={t('notFound.title')}
          action={<ButtonLink href={HERE}>{t('notFound.action')}</ButtonLink>}
        >
          {t('notFound.text')}
        </EmptyState>
      ) : (
        <EmptyState icon={Link2} title={t('none.title')}>
          {t('none.text')}
        </EmptyState>
      )}
      <Pager
        label={t('older')}
        {...(last && { nextHref: listAddress(HERE, { ...filters, before: publicId('plk', last.id) }) })}
      />
    </>
  )
}
