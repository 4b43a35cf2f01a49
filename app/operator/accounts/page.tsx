import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import Link from 'next/link'
import { ListSort, readOrder } from '@/app/_glue/list-sort'
import { accountName, standingOf } from '@/app/_glue/own-accounts'
import { requireSystem } from '@/app/_glue/system'
import { isUuid } from '@/app/_glue/uuid'
import { formatDate, formatMoney } from '@/components/i18n/format'
import { Badge } from '@/components/ui/badge'
import { ButtonLink } from '@/components/ui/button-link'
import { LinkTabs } from '@/components/ui/link-tabs'
import { PageHeader } from '@/components/ui/page-header'
import { Pager } from '@/components/ui/pager'
import { Panel } from '@/components/ui/panel'
import { SearchField } from '@/components/ui/search-field'
import { FigureCell, Table, TableCell, TableHead, TableRow } from '@/components/ui/table'
import { OpenAccountDialog } from './_parts/open-account-dialog'

const HERE = '/operator/accounts'
const PAGE = 50
const STATES = ['usable', 'suspended', 'lost', 'expired'] as const

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('operator.accounts')
  return { title: t('title') }
}

interface Props {
  searchParams: Promise<{ q?: string; state?: string; sort?: string; before?: string }>
}

/** Every micro account: found by number, telephone, holder; the newest first. */
export default async function AccountsPage({ searchParams }: Props) {
  const desk = await requireSystem('system.see', HERE)
  const { q, state: wanted, sort, before } = await searchParams
  const order = readOrder(sort)
  const state = STATES.find((each) => each === wanted)
  const text = q?.trim().slice(0, 100)
  const [t, accounts] = await Promise.all([
    getTranslations('operator.accounts'),
    desk.gateway.accounts.list({
      limit: PAGE,
      order,
      ...(text && { text }),
      ...(state && { state }),
      ...(before && isUuid(before) && { before }),
    }),
  ])
  const last = accounts.length === PAGE ? accounts.at(-1) : undefined
  const here = (query: Record<string, string | undefined>) =>
    `${HERE}?${new URLSearchParams(Object.entries(query).filter((entry): entry is [string, string] => !!entry[1]))}`
  return (
    <>
      <PageHeader
        title={t('title')}
        description={t('text')}
        actions={
          <>
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
        tabs={[undefined, ...STATES].map((each) => ({
          href: here({ q: text, state: each, sort: order }),
          label: t(`state.${each ?? 'all'}`),
          current: each === state,
        }))}
      />
      <Panel>
        {accounts.length === 0 ? (
          <p className="text-sm text-ink-faint">{t('empty')}</p>
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
