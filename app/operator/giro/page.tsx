import { Inbox } from 'lucide-react'
import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { requireSystem } from '@/app/_glue/system'
import { EmptyState } from '@/components/ui/empty-state'
import { ExportLink } from '@/components/ui/export-link'
import { PageHeader } from '@/components/ui/page-header'
import { Pager } from '@/components/ui/pager'
import { SearchField } from '@/components/ui/search-field'
import { publicId, readPublicId } from '@/lib/ids'
import type { RawQuery } from '../../merchant/_parts/list-query'
import { AdviceTable } from './_parts/advice-table'
import { CreditTable } from './_parts/credit-table'
import { ProposedReturns } from './_parts/proposed-returns'
import { Proposals } from './_parts/proposals'

const HERE = '/operator/giro'
const PAGE = 25
/** Files and odd lines are looked through at a sitting; older ones are in the database. */
const MOST = 30

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('operator.giro')
  return { title: t('title') }
}

/** Money that came by giro and that nobody's bill was found for, and the banks' credit advices. */
export default async function GiroPage({ searchParams }: { searchParams: Promise<RawQuery> }) {
  const { q, before: asked } = await searchParams
  const desk = await requireSystem('system.see', HERE)
  const { giro } = desk.gateway
  const search = typeof q === 'string' ? q.normalize('NFC').trim().slice(0, 100) : ''
  const before = typeof asked === 'string' ? readPublicId('gcr', asked) : undefined
  const [t, shared, found, files, odd, proposed, proposals] = await Promise.all([
    getTranslations('operator.giro'),
    getTranslations('shared'),
    giro.unassigned({ limit: PAGE + 1, ...(search && { search }), ...(before && { before }) }),
    giro.files(MOST),
    giro.odd(MOST),
    desk.gateway.returns.proposed(MOST),
    giro.proposals(MOST),
  ])
  const shown = found.slice(0, PAGE)
  const waiting = await giro.waiting(shown.map(({ id }) => id))
  const last = found.length > PAGE ? shown.at(-1) : undefined
  const kept = search ? `q=${encodeURIComponent(search)}&` : ''
  return (
    <>
      <PageHeader
        title={t('title')}
        description={t('text')}
        actions={
          shown.length > 0 ? (
            <ExportLink href={`${HERE}/export${search ? `?q=${encodeURIComponent(search)}` : ''}`}>
              {shared('export')}
            </ExportLink>
          ) : null
        }
      />
      <div className="mb-4">
        <SearchField name="q" label={t('search')} {...(search && { defaultValue: search })} />
      </div>
      <Proposals desk={desk} proposals={proposals} />
      <ProposedReturns desk={desk} proposed={proposed} />
      {shown.length === 0 ? (
        <EmptyState icon={Inbox} title={search ? t('notFound') : t('none')}>
          {t('noneText')}
        </EmptyState>
      ) : (
        <CreditTable desk={desk} credits={shown} waiting={waiting} />
      )}
      <Pager label={t('older')} {...(last && { nextHref: `${HERE}?${kept}before=${publicId('gcr', last.id)}` })} />
      <AdviceTable files={files} odd={odd} locale={desk.locale} />
    </>
  )
}
