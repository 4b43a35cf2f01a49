import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { requireDesk, requirePayment } from '@/app/_glue/desk'
import { DeskSearch } from '@/components/counselor/desk-search'
import { Badge } from '@/components/ui/badge'
import { MoneyText } from '@/components/ui/money'
import { PageHeader } from '@/components/ui/page-header'
import { Panel, PanelHeader } from '@/components/ui/panel'
import { statusOf, statusTones } from '../../merchant/_parts/payment-status'
import { LegTable } from '../../merchant/payments/[paymentId]/_parts/leg-table'
import { PaymentFacts } from '../../merchant/payments/[paymentId]/_parts/payment-facts'
import { PaymentHistory } from '../../merchant/payments/[paymentId]/_parts/payment-history'
import { RefundList } from '../../merchant/payments/[paymentId]/_parts/refund-list'
import { CancelPanel } from './_parts/cancel-panel'
import { CancelResult } from './_parts/cancel-result'

interface Props {
  params: Promise<{ paymentId: string }>
  searchParams: Promise<{ result?: string | string[] }>
}

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('counselor')
  return { title: t('purchase') }
}

/** The purchase on the left, what can be done about it on the right. */
export default async function PurchasePage({ params, searchParams }: Props) {
  const [{ paymentId: id }, { result }] = await Promise.all([params, searchParams])
  const desk = await requireDesk('payment.cancel', `/counselor/${id}`)
  const payment = await requirePayment(desk, id)
  const { gateway, merchant, locale } = desk
  const [t, texts, refunds, requests, history] = await Promise.all([
    getTranslations('counselor'),
    getTranslations('merchant'),
    gateway.refunds.listOfPayment(merchant.id, payment.id),
    gateway.refundRequests.ofPayment(merchant.id, payment.id),
    gateway.payments.history(merchant.id, payment.id),
  ])
  const status = statusOf(payment)
  return (
    <>
      <DeskSearch words={{ label: t('search'), hint: t('searchHint'), submit: t('find') }} />
      <PageHeader
        title={payment.orderName}
        description={
          <span className="mt-1 flex flex-wrap items-center gap-x-3 gap-y-1">
            <MoneyText
              className="text-lg font-semibold text-ink"
              amount={payment.amount}
              currency={payment.currency}
              locale={locale}
            />
            <Badge tone={statusTones[status]}>{texts(`status.${status}`)}</Badge>
          </span>
        }
      />
      <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,1fr)_25rem]">
        <div className="order-2 flex min-w-0 flex-col gap-5 lg:order-1">
          <Panel>
            <PanelHeader title={texts('payment.legs')} />
            <LegTable desk={desk} payment={payment} />
          </Panel>
          {refunds.length > 0 ? (
            <Panel>
              <PanelHeader title={texts('payment.refunds')} />
              <RefundList desk={desk} payment={payment} refunds={refunds} />
            </Panel>
          ) : null}
          <Panel>
            <PanelHeader title={texts('payment.facts')} />
            <PaymentFacts payment={payment} locale={locale} />
          </Panel>
          <Panel>
            <PanelHeader title={texts('payment.history')} />
            <PaymentHistory history={history} locale={locale} />
          </Panel>
        </div>
        <div className="order-1 min-w-0 lg:sticky lg:top-6 lg:order-2">
          {typeof result === 'string' ? (
            <CancelResult {...{ desk, payment, refunds, requests, result }} />
          ) : (
            <CancelPanel desk={desk} payment={payment} refunds={refunds} />
          )}
        </div>
      </div>
    </>
  )
}
