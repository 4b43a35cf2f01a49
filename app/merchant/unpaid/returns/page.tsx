import { ListFilter, SearchX, Undo2 } from 'lucide-react'
import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { requireDesk } from '@/app/_glue/desk'
import { ButtonLink } from '@/components/ui/button-link'
import { EmptyState } from '@/components/ui/empty-state'
import { ExportLink } from '@/components/ui/export-link'
import { PageHeader } from '@/components/ui/page-header'
import { Pager } from '@/components/ui/pager'
import { SortLinks } from '@/components/ui/sort-links'
import { publicId } from '@/lib/ids'
import { returnStates } from '@/lib/returns/return-transfer'
import type { RawQuery } from '../../_parts/list-query'
import { readReturnQuery, returnAddress, RETURNS } from '../_parts/return-query'
import { ReturnTable } from '../_parts/return-table'
import { UnpaidTabs } from '../_parts/unpaid-tabs'

const PAGE = 25

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('refunds.transfers')
  return { title: t('title') }
}

/** Money on its way back to payers by transfer: refunds of direct debits, and what came and is not ours. */
export default async function ReturnsPage({ searchParams }: { searchParams: Promise<RawQuery> }) {
  const filter = readReturnQuery(await searchParams)
  const desk = await requireDesk('unpaid.see', RETURNS)
  const [t, unpaid, found] = await Promise.all([
    getTranslations('refunds.transfers'),
    getTranslations('merchant.unpaid'),
    desk.gateway.returns.list(desk.merchant.id, { ...filter, limit: PAGE + 1 }),
  ])
  const shown = found.slice(0, PAGE)
  const last = found.length > PAGE ? shown.at(-1) : undefined
  const { state } = filter
  return (
    <>
      <PageHeader
        title={t('title')}
        description={t('text')}
        actions={
          shown.length > 0 ? (
            <ExportLink href={returnAddress(`${RETURNS}/export`, { ...(state && { state }) })}>
              {t('export')}
            </ExportLink>
          ) : null
        }
      />
      <UnpaidTabs current="returns" />
      <div className="mb-4 flex">
        <SortLinks
          icon={ListFilter}
          label={t('stands')}
          links={[undefined, ...returnStates].map((one) => ({
            href: returnAddress(RETURNS, { ...(one && { state: one }) }),
            label: one ? t(`state.${one}`) : unpaid('all'),
            current: one === state,
          }))}
        />
      </div>
      {shown.length === 0 && state ? (
        <EmptyState
          icon={SearchX}
          title={t('notFound')}
          action={<ButtonLink href={RETURNS}>{unpaid('showAll')}</ButtonLink>}
        >
          {t('notFoundText')}
        </EmptyState>
      ) : shown.length === 0 ? (
        <EmptyState icon={Undo2} title={t('none')}>
          {t('noneText')}
        </EmptyState>
      ) : (
        <ReturnTable desk={desk} transfers={shown} />
      )}
      <Pager
        label={t('older')}
        {...(last && {
          nextHref: returnAddress(RETURNS, { ...(state && { state }), before: publicId('ret', last.id) }),
        })}
      />
    </>
  )
}
