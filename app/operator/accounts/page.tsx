import { SearchX, Wallet } from 'lucide-react'
import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import Link from 'next/link'
import { ListSort } from '@/app/_glue/list-sort'
import { accountName, standingOf } from '@/app/_glue/own-accounts'
import { requireSystem } from '@/app/_glue/system'
import type { RawQuery } from '@/app/merchant/_parts/list-query'
import { formatDate, formatMoney } from '@/components/i18n/format'
import { Badge } from '@/components/ui/badge'
import { ButtonLink } from '@/components/ui/button-link'
import { EmptyState } from '@/components/ui/empty-state'
import { ExportLink } from '@/components/ui/export-link'
import { LinkTabs } from '@/components/ui/link-tabs'
import { PageHeader } from '@/components/ui/page-header'
import { Pager } from '@/components/ui/pager'
import { Panel } from '@/components/ui/panel'
import { SearchField } from '@/components/ui/search-field'
import { FigureCell, Table, TableCell, TableHead, TableRow } from '@/components/ui/table'
import { accountFilter, accountStates } from './_parts/account-query'
import { OpenAccountDialog } from './_parts/open-account-dialog'

const HERE = '/operator/accounts'
const PAGE = 50

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('operator.accounts')
  return { title: t('title') }
}

/** Every micro account: found by number, telephone, holder. */
export default async function AccountsPage({ searchParams }: { searchParams: Promise<RawQuery> }) {
  const desk = await requireSystem('system.see', HERE)
  const { text, state, order, filter } = accountFilter(await searchParams)
  const [t, shared, accounts] = await Promise.all([
    getTranslations('operator.accounts'),
    getTranslations('shared'),
    desk.gateway.accounts.list({ ...filter, limit: PAGE }),
  ])
  const last = accounts.length === PAGE ? accounts.at(-1) : undefined
  const here = (query: Record<string, string | undefined>, path = HERE) =>
    `${path}?${new URLSearchParams(Object.entries(query).filter((entry): entry is [string, string] => !!entry[1]))}`
  return (
    <>
      <PageHeader
        title={t('title')}
        description={t('text')}
        actions={
          <>
            {accounts.length > 0 ? (
              <ExportLink href={here({ q: text, state, sort: order }, `${HERE}/export`)}>{shared('export')}</ExportLink>
            ) : null}
            <ButtonLink href={`${HERE}/vouchers`}>{t('vouchers')}</ButtonLink>
            {desk.may('system.change') ? <OpenAccountDialog locale={desk.locale} /> : null}
          </>
        }
      />
      <div className="mb-4 flex flex-wrap items-center justify-between gap-3">
        <SearchField name="q" label={t('search')} {...(text && { defaultValue: text })} keep={{ state, sort: order }} />
        <ListSort order={order} hrefOf={(sort) => here({ q: text, state, sort })} />
      </div>
      <LinkTabs
        label={t('title')}
        tabs={[undefined, ...accountStates].map((each) => ({
          href: here({ q: text, state: each, sort: order }),
          label: t(`state.${each ?? 'all'}`),
          current: each === state,
        }))}
      />
      <Panel>
        {accounts.length === 0 ? (
          <EmptyState
            icon={text || state ? SearchX : Wallet}
            title={t('empty')}
            {...((text || state) && { action: <ButtonLink href={HERE}>{t('state.all')}</ButtonLink> })}
          >
            {t(text || state ? 'emptyFound' : 'emptyText')}
          </EmptyState>
        ) : (
          <Table aria-label={t('title')}>
            <thead>
              <tr>
                <TableHead>{t('number')}</TableHead>
                <TableHead>{t('kindOf')}</TableHead>
                <TableHead className="text-right">{t('balance')}</TableHead>
                <TableHead className="text-right">{t('used')}</TableHead>
                <TableHead>{t('standing')}</TableHead>
                <TableHead>{t('openedAt')}</TableHead>
              </tr>
            </thead>
            <tbody>
              {accounts.map((account) => {
                const { standing, tone } = standingOf(account)
                return (
                  <TableRow key={account.id}>
                    <TableCell>
                      <Link className="figures font-medium text-accent hover:underline" href={`${HERE}/${account.id}`}>
                        {account.masked}
                      </Link>
                      {account.nickname ? (
                        <span className="block text-xs text-ink-faint">{accountName(account)}</span>
                      ) : null}
                    </TableCell>
                    <TableCell>{t(`kind.${account.kind}`)}</TableCell>
                    <FigureCell>{formatMoney(account.balance, account.currency, desk.locale)}</FigureCell>
                    <FigureCell>{formatMoney(account.used.month, account.currency, desk.locale)}</FigureCell>
                    <TableCell>
                      <Badge tone={tone}>{t(`state.${standing}`)}</Badge>
                    </TableCell>
                    <TableCell className="whitespace-nowrap">{formatDate(account.createdAt, desk.locale)}</TableCell>
                  </TableRow>
                )
              })}
            </tbody>
          </Table>
        )}
        <Pager label={t('more')} {...(last && { nextHref: here({ q: text, state, sort: order, before: last.id }) })} />
      </Panel>
    </>
  )
}
