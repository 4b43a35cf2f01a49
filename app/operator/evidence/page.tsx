import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { EvidenceList } from '@/app/merchant/payments/[paymentId]/_parts/evidence-list'
import { shopName } from '@/app/_glue/names'
import { requireSystem } from '@/app/_glue/system'
import { formatDateTime, formatMoney } from '@/components/i18n/format'
import { Fact, Facts } from '@/components/ui/facts'
import { PageHeader } from '@/components/ui/page-header'
import { Panel } from '@/components/ui/panel'
import { SearchField } from '@/components/ui/search-field'
import type { Gateway } from '@/lib/gateway'
import { readPublicId, type Uuid } from '@/lib/ids'

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
  const kept = await keptOf(gateway, readPublicId('pay', id))
  return (
    <>
      <PageHeader title={t('title')} description={t('text')} />
      <SearchField name="payment" label={t('search')} defaultValue={id} />
      {kept ? (
        <div className="mt-5 grid items-start gap-5 lg:grid-cols-3">
          <Panel className="lg:order-last">
            <Facts>
              <Fact name={t('shop')}>{shopName(kept.merchant, locale)}</Fact>
              <Fact name={t('order')}>{kept.payment.orderName}</Fact>
              <Fact name={t('orderNumber')}>
                <span className="font-mono text-xs break-all">{kept.payment.orderRef}</span>
              </Fact>
              <Fact name={t('amount')}>{formatMoney(kept.payment.amount, kept.payment.currency, locale)}</Fact>
              <Fact name={t('when')}>{formatDateTime(kept.payment.createdAt, locale)}</Fact>
            </Facts>
          </Panel>
          <Panel className="lg:col-span-2">
            <EvidenceList
              evidence={kept.evidence}
              locale={locale}
              file={`/operator/evidence/export?payment=${id}`}
              description={t('kept')}
            />
          </Panel>
        </div>
      ) : (
        <Panel className="mt-5">
          <p className="text-sm text-ink-faint">{id === '' ? t('ask') : t('none')}</p>
        </Panel>
      )}
    </>
  )
}

/** What is kept of any shop's payment, and what it was about. */
async function keptOf({ evidence, merchants, payments }: Gateway, paymentId: Uuid | undefined) {
  const merchantId = paymentId && (await evidence.merchantOf(paymentId))
  if (!paymentId || !merchantId) return undefined
  const [merchant, payment, list] = await Promise.all([
    merchants.get(merchantId),
    payments.find(merchantId, paymentId),
    evidence.list(merchantId, paymentId),
  ])
  return merchant && payment && { merchant, payment, evidence: list }
}
