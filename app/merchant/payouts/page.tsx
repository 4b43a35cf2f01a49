import type { Metadata } from 'next'
import { Landmark } from 'lucide-react'
import { getTranslations } from 'next-intl/server'
import { requireDesk } from '@/app/_glue/desk'
import { ListSort } from '@/app/_glue/list-sort'
import { listHref } from '@/app/operator/people/_parts/list-query'
import { EmptyState } from '@/components/ui/empty-state'
import { ExportLink } from '@/components/ui/export-link'
import { LinkTabs } from '@/components/ui/link-tabs'
import { Notice } from '@/components/ui/notice'
import { PageHeader } from '@/components/ui/page-header'
import { Pager } from '@/components/ui/pager'
import { Panel } from '@/components/ui/panel'
import { publicId } from '@/lib/ids'
import type { RawQuery } from '../_parts/list-query'
import { AccountPanel } from './_parts/account-panel'
import { OutlookTiles } from './_parts/outlook-tiles'
import { PAYOUTS, readPayoutQuery } from './_parts/payout-query'
import { PayoutTable } from './_parts/payout-table'
import { PayoutTabs } from './_parts/payout-tabs'

const PAGE = 25
const FILTERS = [undefined, 'paid', 'filed', 'waiting', 'blocked', 'rejected', 'carried'] as const

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('settlement')
  return { title: t('title') }
}

/** What the shop is paid out, when and where to. */
export default async function PayoutsPage({ searchParams }: { searchParams: Promise<RawQuery> }) {
  const { state, order, before } = readPayoutQuery(await searchParams)
  const desk = await requireDesk('payout.see', PAYOUTS)
  const { gateway, merchant, locale } = desk
  const { settlement } = gateway
  const [t, outlook, accounts, terms, found] = await Promise.all([
    getTranslations('settlement'),
    settlement.outlook(merchant.id),
    settlement.accounts(merchant.id),
    settlement.terms(merchant.id),
    settlement.list(merchant.id, { state, order, before, limit: PAGE + 1 }),
  ])
  const payouts = found.slice(0, PAGE)
  const last = found.length > PAGE ? payouts.at(-1) : undefined
  return (
    <>
      <PageHeader
        title={t('title')}
        description={t('text')}
        actions={
          payouts.length > 0 ? (
            <ExportLink href={listHref(`${PAYOUTS}/export`, { state, sort: order })}>{t('export')}</ExportLink>
          ) : null
        }
      />
      <PayoutTabs current="payouts" />
      {terms.length === 0 ? (
        <Notice tone="info" className="mb-5">
          {t('noTerms')}
        </Notice>
      ) : null}
      <OutlookTiles outlook={outlook} locale={locale} />
      {terms.map((one) => (
        <p key={one.currency} className="mb-4 text-sm text-ink-soft">
          {t(`schedule.${one.schedule.every}`, {
            currency: one.currency,
            day: one.schedule.every === 'day' ? 0 : one.schedule.day,
            delay: one.delayDays,
          })}
        </p>
      ))}
      <AccountPanel desk={desk} accounts={accounts} />
      <Panel>
        <LinkTabs
          label={t('stands')}
          tabs={FILTERS.map((one) => ({
            href: listHref(PAYOUTS, { state: one, sort: order }),
            label: one ? t(`state.${one}`) : t('all'),
            current: one === state,
          }))}
        />
        <div className="mb-3 flex justify-end">
          <ListSort order={order} hrefOf={(wish) => listHref(PAYOUTS, { state, sort: wish })} />
        </div>
        {payouts.length === 0 ? (
          <EmptyState icon={Landmark} title={t('none')}>
            {t('noneText')}
          </EmptyState>
        ) : (
          <PayoutTable payouts={payouts} locale={locale} />
        )}
        <Pager
          label={t('older')}
          {...(last && { nextHref: listHref(PAYOUTS, { state, sort: order, before: publicId('po', last.id) }) })}
        />
      </Panel>
    </>
  )
}
