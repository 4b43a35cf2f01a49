import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { requireDesk, requirePayment } from '@/app/_glue/desk'
import { itemLines } from '@/app/_glue/item-lines'
import { ReloadWhile } from '@/components/ui/reload-while'
import { Badge } from '@/components/ui/badge'
import { ItemLines } from '@/components/ui/item-lines'
import { MoneyText } from '@/components/ui/money'
import { Notice } from '@/components/ui/notice'
import { PageHeader } from '@/components/ui/page-header'
import { Panel, PanelHeader } from '@/components/ui/panel'
import { publicId } from '@/lib/ids'
import { statusOf, statusTones } from '../../_parts/payment-status'
import { MessageList } from '../../_parts/message-list'
import { ApprovalPanel } from './_parts/approval-panel'
import { EvidenceList } from './_parts/evidence-list'
import { GiroPanel } from './_parts/giro-panel'
import { LegTable } from './_parts/leg-table'
import { PaymentDeeds } from './_parts/payment-deeds'
import { PaymentFacts } from './_parts/payment-facts'
import { PaymentHistory } from './_parts/payment-history'
import { RefundList } from './_parts/refund-list'
import { ShippingPanel } from './_parts/shipping-panel'

interface Props {
  params: Promise<{ paymentId: string }>
}

const MESSAGES = 50

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('merchant.payment')
  return { title: t('title') }
}

/** Everything about one payment: facts, legs, refunds, messages, evidence, and what happened when. */
export default async function PaymentPage({ params }: Props) {
  const { paymentId: id } = await params
  const desk = await requireDesk('portal.see', `/merchant/payments/${id}`)
  const payment = await requirePayment(desk, id)
  const { gateway, merchant, locale } = desk
  const [t, history, refunds, evidence, messages, endpoints] = await Promise.all([
    getTranslations('merchant'),
    gateway.payments.history(merchant.id, payment.id),
    gateway.refunds.listOfPayment(merchant.id, payment.id),
    gateway.evidence.list(merchant.id, payment.id),
    gateway.messages.list(merchant.id, { paymentId: payment.id, limit: MESSAGES }),
    gateway.endpoints.list(merchant.id),
  ])
  const items = await itemLines(payment, locale)
  const status = statusOf(payment)
  const isSettling = status === 'being-checked' || refunds.some(({ state }) => state === 'refunding')
  return (
    <>
      <PageHeader
        back={{ href: '/merchant/payments', label: t('payments.title') }}
        title={<MoneyText amount={payment.amount} currency={payment.currency} locale={locale} />}
        description={
          <span className="mt-1 flex flex-wrap items-center gap-x-3 gap-y-1">
            {payment.orderName}
            <Badge tone={statusTones[status]}>{t(`status.${status}`)}</Badge>
          </span>
        }
        actions={<PaymentDeeds desk={desk} payment={payment} />}
      />
      {isSettling ? (
        <>
          <ReloadWhile />
          <Notice tone="warn" title={t('payment.settling')} className="mb-5" live>
            {t('payment.settlingText')}
          </Notice>
        </>
      ) : null}
      <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,1fr)_22rem]">
        <div className="flex min-w-0 flex-col gap-5">
          <Panel>
            <PanelHeader title={t('payment.legs')} description={t('payment.legsText')} />
            <LegTable desk={desk} payment={payment} />
          </Panel>
          {items ? (
            <Panel>
              <PanelHeader title={items.title} />
              <ItemLines {...items} />
            </Panel>
          ) : null}
          {refunds.length > 0 ? (
            <Panel>
              <PanelHeader title={t('payment.refunds')} />
              <RefundList desk={desk} payment={payment} refunds={refunds} />
            </Panel>
          ) : null}
          <Panel>
            <PanelHeader title={t('messages.title')} description={t('messages.ofPayment')} />
            {messages.length === 0 ? (
              <p className="text-sm text-ink-faint">{t('messages.noneOfPayment')}</p>
            ) : (
              <MessageList
                desk={desk}
                messages={messages}
                endpoints={new Map(endpoints.map((endpoint) => [publicId('we', endpoint.id), endpoint.url]))}
              />
            )}
          </Panel>
          <Panel>
            <EvidenceList evidence={evidence} locale={locale} file={`/merchant/payments/${id}/evidence`} />
          </Panel>
        </div>
        <div className="flex min-w-0 flex-col gap-5">
          <Panel>
            <PanelHeader title={t('payment.facts')} />
            <PaymentFacts payment={payment} locale={locale} />
          </Panel>
          <GiroPanel desk={desk} payment={payment} />
          <ApprovalPanel desk={desk} payment={payment} />
          <ShippingPanel desk={desk} payment={payment} />
          <Panel>
            <PanelHeader title={t('payment.history')} description={t('payment.zone')} />
            <PaymentHistory history={history} locale={locale} />
          </Panel>
        </div>
      </div>
    </>
  )
}
