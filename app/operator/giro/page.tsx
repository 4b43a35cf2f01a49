import { Inbox } from 'lucide-react'
import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { requireSystem } from '@/app/_glue/system'
import { EmptyState } from '@/components/ui/empty-state'
import { ExportLink } from '@/components/ui/export-link'
import { PageHeader } from '@/components/ui/page-header'
import { Pager } from '@/components/ui/pager'
import { SearchField } from '@/components/ui/search-field'
import type { RawQuery } from '../../merchant/_parts/list-query'
import { onePage } from '../_parts/one-page'
import { listHref } from '../people/_parts/list-query'
import { AdviceTable } from './_parts/advice-table'
import { CreditTable } from './_parts/credit-table'
import { GIRO, placeHref, readPlace } from './_parts/giro-query'
import { OddTable } from './_parts/odd-table'
import { ProposedReturns } from './_parts/proposed-returns'
import { Proposals } from './_parts/proposals'

const PAGE = 25

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('operator.giro')
  return { title: t('title') }
}

/** Money that came by giro and that nobody's bill was found for, and the banks' credit advices. */
export default async function GiroPage({ searchParams }: { searchParams: Promise<RawQuery> }) {
  const place = readPlace(await searchParams)
  const { search } = place
  const desk = await requireSystem('system.see', GIRO)
  const { giro } = desk.gateway
  const [t, shared, found, foundFiles, foundOdd, foundReturns, foundProposals] = await Promise.all([
    getTranslations('operator.giro'),
    getTranslations('shared'),
    giro.unassigned({ limit: PAGE + 1, ...(search && { search }), ...(place.credit && { before: place.credit }) }),
    giro.files({ before: place.file, limit: PAGE + 1 }),
    giro.odd({ after: place.odd, limit: PAGE + 1 }),
    desk.gateway.returns.proposed(PAGE + 1, place.transfer),
    giro.proposals(PAGE + 1, place.proposal),
  ])
  const { rows: shown, last } = onePage(found, PAGE)
  const [files, odd] = [onePage(foundFiles, PAGE), onePage(foundOdd, PAGE)]
  const [returns, proposals] = [onePage(foundReturns, PAGE), onePage(foundProposals, PAGE)]
  const waiting = await giro.waiting(shown.map(({ id }) => id))
  return (
    <>
      <PageHeader
        title={t('title')}
        description={t('text')}
        actions={
          shown.length > 0 ? (
            <ExportLink href={listHref(`${GIRO}/export`, { q: search })}>{shared('export')}</ExportLink>
          ) : null
        }
      />
      <div className="mb-4">
        <SearchField name="q" label={t('search')} {...(search && { defaultValue: search })} />
      </div>
      <Proposals desk={desk} proposals={proposals.rows}>
        <Pager
          label={t('proposalsOlder')}
          {...(proposals.last && { nextHref: placeHref({ ...place, proposal: proposals.last.id }) })}
        />
      </Proposals>
      <ProposedReturns desk={desk} proposed={returns.rows}>
        <Pager
          label={t('proposalsOlder')}
          {...(returns.last && { nextHref: placeHref({ ...place, transfer: returns.last.id }) })}
        />
      </ProposedReturns>
      {shown.length === 0 ? (
        <EmptyState icon={Inbox} title={search ? t('notFound') : t('none')}>
          {t('noneText')}
        </EmptyState>
      ) : (
        <CreditTable desk={desk} credits={shown} waiting={waiting} />
      )}
      <Pager label={t('older')} {...(last && { nextHref: placeHref({ ...place, credit: last.id }) })} />
      <AdviceTable files={files.rows} locale={desk.locale}>
        <Pager label={t('filesOlder')} {...(files.last && { nextHref: placeHref({ ...place, file: files.last }) })} />
      </AdviceTable>
      <OddTable odd={odd.rows} locale={desk.locale}>
        <Pager label={t('oddOlder')} {...(odd.last && { nextHref: placeHref({ ...place, odd: odd.last }) })} />
      </OddTable>
    </>
  )
}
