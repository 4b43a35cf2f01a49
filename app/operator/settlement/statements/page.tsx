import type { Metadata } from 'next'
import { FileText } from 'lucide-react'
import { getTranslations } from 'next-intl/server'
import Link from 'next/link'
import { ListSort, readOrder } from '@/app/_glue/list-sort'
import { requireSystem } from '@/app/_glue/system'
import type { RawQuery } from '@/app/merchant/_parts/list-query'
import { formatDateTime } from '@/components/i18n/format'
import { EmptyState } from '@/components/ui/empty-state'
import { MoneyText } from '@/components/ui/money'
import { PageHeader } from '@/components/ui/page-header'
import { Pager } from '@/components/ui/pager'
import { Panel } from '@/components/ui/panel'
import { FigureCell, Table, TableCell, TableHead, TableRow } from '@/components/ui/table'
import { listHref } from '../../people/_parts/list-query'
import { partner } from '../_parts/partner'
import { SettlementTabs } from '../_parts/settlement-tabs'
import { StatementBadge } from '../_parts/statement-badge'

const HERE = '/operator/settlement/statements'
const PAGE = 25

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('settlement.statements')
  return { title: t('title') }
}

/** What banks say happened on our accounts, and how much of it is in our books. */
export default async function StatementsPage({ searchParams }: { searchParams: Promise<RawQuery> }) {
  const { bank, sort, before } = await searchParams
  const order = readOrder(sort)
  const { gateway, locale } = await requireSystem('settlement.see', HERE)
  const place = typeof bank === 'string' && typeof before === 'string' ? { bank, name: before } : undefined
  const [t, found] = await Promise.all([
    getTranslations('settlement'),
    gateway.statements.list({ order, before: place, limit: PAGE + 1 }),
  ])
  const shown = found.slice(0, PAGE)
  const last = found.length > PAGE ? shown.at(-1) : undefined
  return (
    <>
      <PageHeader title={t('operator.title')} description={t('statements.text')} />
      <SettlementTabs current="statements" />
      <Panel>
        <div className="mb-3 flex justify-end">
          <ListSort order={order} hrefOf={(wish) => listHref(HERE, { sort: wish })} />
        </div>
        {shown.length === 0 ? (
          <EmptyState icon={FileText} title={t('statements.none')}>
            {t('statements.noneText')}
          </EmptyState>
        ) : (
          <Table aria-label={t('statements.title')}>
            <thead>
              <tr>
                <TableHead>{t('statements.statement')}</TableHead>
                <TableHead>{t('stands')}</TableHead>
                <TableHead className="text-right">{t('statements.opening')}</TableHead>
                <TableHead className="text-right">{t('statements.closing')}</TableHead>
                <TableHead className="text-right">{t('statements.matched')}</TableHead>
                <TableHead className="text-right">{t('statements.listed')}</TableHead>
              </tr>
            </thead>
            <tbody>
              {shown.map((each) => (
                <TableRow key={`${each.bank}/${each.name}`}>
                  <TableCell>
                    <Link
                      href={`${HERE}/${encodeURIComponent(each.bank)}/${encodeURIComponent(each.name)}`}
                      className="font-medium hover:underline"
                    >
                      {partner(gateway, { link: 'bank', system: each.bank }, locale)}{' '}
                      {each.sequence === undefined ? each.name : t('statements.number', { number: each.sequence })}
                    </Link>
                    <span className="block text-xs text-ink-faint">
                      {each.day ?? formatDateTime(each.seenAt, locale)}
                    </span>
                  </TableCell>
                  <TableCell>
                    <StatementBadge state={each.state} listed={each.listed} />
                  </TableCell>
                  <FigureCell>
                    <MoneyText amount={each.opening} currency={each.currency} locale={locale} />
                  </FigureCell>
                  <FigureCell>
                    <MoneyText amount={each.closing} currency={each.currency} locale={locale} />
                  </FigureCell>
                  <FigureCell>
                    {each.matched} / {each.lines}
                  </FigureCell>
                  <FigureCell>{each.listed}</FigureCell>
                </TableRow>
              ))}
            </tbody>
          </Table>
        )}
        <Pager
          label={t('older')}
          {...(last && { nextHref: listHref(HERE, { sort: order, bank: last.bank, before: last.name }) })}
        />
      </Panel>
    </>
  )
}
