import { SearchX } from 'lucide-react'
import { getTranslations } from 'next-intl/server'
import { redirect } from 'next/navigation'
import { FocusFirstLink } from '@/components/counselor/focus-first-link'
import { DeskSearch } from '@/components/counselor/desk-search'
import { EmptyState } from '@/components/ui/empty-state'
import { PageHeader } from '@/components/ui/page-header'
import { Panel, PanelHeader } from '@/components/ui/panel'
import { requireDesk } from '@/app/_glue/desk'
import { PaymentList } from '@/app/merchant/_parts/payment-list'
import { publicId } from '@/lib/ids'
import { CancellationsToday } from '../_parts/cancellations-today'

const LONGEST = 200

/** The desk of whoever answers the phone: find the purchase, and see what was cancelled today. */
export default async function CounselorPage({ searchParams }: { searchParams: Promise<{ q?: string | string[] }> }) {
  const { q } = await searchParams
  const typed = typeof q === 'string' ? q.trim().slice(0, LONGEST) : ''
  const desk = await requireDesk('payment.cancel', '/counselor')
  const { gateway, merchant, locale } = desk
  const [t, found] = await Promise.all([
    getTranslations('counselor'),
    typed === '' ? [] : gateway.purchases.search(merchant.id, typed),
  ])
  const [only] = found
  if (only && found.length === 1) redirect(`/counselor/${publicId('pay', only.id)}`)
  return (
    <>
      <PageHeader title={t('title')} description={t('text')} />
      <DeskSearch
        words={{ label: t('search'), hint: t('searchHint'), submit: t('find') }}
        value={typed}
        takesFocus={found.length === 0}
      />
      {typed === '' ? null : found.length === 0 ? (
        <div className="mb-5" role="status">
          <EmptyState icon={SearchX} title={t('none')}>
            {t('noneText')}
          </EmptyState>
        </div>
      ) : (
        <Panel className="mb-5">
          <PanelHeader title={t('found', { count: found.length })} description={t('foundText')} />
          <FocusFirstLink key={typed}>
            <PaymentList
              payments={found}
              locale={locale}
              label={t('found', { count: found.length })}
              base="/counselor"
            />
          </FocusFirstLink>
        </Panel>
      )}
      <CancellationsToday desk={desk} />
    </>
  )
}
