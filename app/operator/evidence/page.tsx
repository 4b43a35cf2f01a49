import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { EvidenceList } from '@/app/merchant/payments/[paymentId]/_parts/evidence-list'
import { requireSystem } from '@/app/_glue/system'
import { PageHeader } from '@/components/ui/page-header'
import { Panel } from '@/components/ui/panel'
import { SearchField } from '@/components/ui/search-field'
import { readPublicId } from '@/lib/ids'

interface Props {
  searchParams: Promise<{ payment?: string | string[] }>
}

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('operator.evidence')
  return { title: t('title') }
}

/** The signed messages of any payment, for the auditor: checked again while they are shown (M-222). */
export default async function EvidencePage({ searchParams }: Props) {
  const [{ payment }, { gateway, locale }, t] = await Promise.all([
    searchParams,
    requireSystem('evidence.see', '/operator/evidence'),
    getTranslations('operator.evidence'),
  ])
  const id = typeof payment === 'string' ? payment.trim().toLowerCase() : ''
  const paymentId = readPublicId('pay', id)
  const merchantId = paymentId && (await gateway.evidence.merchantOf(paymentId))
  return (
    <>
      <PageHeader title={t('title')} description={t('text')} />
      <SearchField name="payment" label={t('search')} defaultValue={id} />
      <Panel className="mt-5">
        {paymentId && merchantId ? (
          <EvidenceList
            evidence={await gateway.evidence.list(merchantId, paymentId)}
            locale={locale}
            file={`/operator/evidence/export?payment=${id}`}
          />
        ) : (
          <p className="text-sm text-ink-faint">{id === '' ? t('ask') : t('none')}</p>
        )}
      </Panel>
    </>
  )
}
