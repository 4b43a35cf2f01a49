import type { Metadata } from 'next'
import { SearchX } from 'lucide-react'
import { getTranslations } from 'next-intl/server'
import { requireSystem } from '@/app/_glue/system'
import { formatPercent } from '@/components/i18n/format'
import { EmptyState } from '@/components/ui/empty-state'
import { PageHeader } from '@/components/ui/page-header'
import { Pager } from '@/components/ui/pager'
import { SearchField } from '@/components/ui/search-field'
import { FigureCell, Table, TableCell, TableHead, TableRow } from '@/components/ui/table'
import { publicId } from '@/lib/ids'
import { ContractDialog } from '../_parts/contract-dialog'
import { PhoneTabs } from '../_parts/phone-tabs'
import { listAddress, type RawQuery, readQuery } from '../_parts/typed-query'

const HERE = '/operator/phone-bill/shops'
const PAGE = 50

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('operator.phoneBill.shops')
  return { title: t('title') }
}

/** When each shop has the money for what was put on phone bills: agreed with it, and changed here. */
export default async function PhoneShopsPage({ searchParams }: { searchParams: Promise<RawQuery> }) {
  const { text, after } = readQuery(await searchParams, 'mer')
  const desk = await requireSystem('system.see', HERE)
  const [t, found] = await Promise.all([
    getTranslations('operator.phoneBill.shops'),
    desk.gateway.billing.contracts.shops({ text, limit: PAGE + 1, ...(after && { after }) }),
  ])
  const shops = found.slice(0, PAGE)
  const last = found.length > PAGE ? shops.at(-1) : undefined
  return (
    <>
      <PageHeader title={t('title')} description={t('text')} />
      <PhoneTabs current="shops" />
      <div className="mb-4">
        <SearchField name="q" label={t('search')} defaultValue={text} />
      </div>
      {shops.length === 0 ? (
        <EmptyState icon={SearchX} title={t('none')}>
          {t('noneText')}
        </EmptyState>
      ) : (
        <Table aria-label={t('title')}>
          <thead>
            <tr>
              <TableHead>{t('shop')}</TableHead>
              <TableHead>{t('payout')}</TableHead>
              <TableHead className="text-right">{t('reserve')}</TableHead>
              <TableHead>
                <span className="sr-only">{t('change')}</span>
              </TableHead>
            </tr>
          </thead>
          <tbody>
            {shops.map((shop) => {
              const isAdvance = shop.payout === 'advance'
              return (
                <TableRow key={shop.id}>
                  <TableCell>
                    <span className="block font-medium">
                      {desk.locale === 'en' ? shop.nameEn || shop.name : shop.name}
                    </span>
                    <span className="hidden font-mono text-xs text-ink-faint sm:block">{publicId('mer', shop.id)}</span>
                  </TableCell>
                  <TableCell>{t(isAdvance ? 'advance' : 'collection')}</TableCell>
                  <FigureCell>{isAdvance ? formatPercent(shop.reserveBps / 10_000, desk.locale, 2) : '–'}</FigureCell>
                  <TableCell className="text-right">
                    {desk.may('system.change') ? <ContractDialog desk={desk} shop={shop} /> : null}
                  </TableCell>
                </TableRow>
              )
            })}
          </tbody>
        </Table>
      )}
      <Pager
        label={t('more')}
        {...(last && { nextHref: listAddress(HERE, { q: text, after: publicId('mer', last.id) }) })}
      />
    </>
  )
}
