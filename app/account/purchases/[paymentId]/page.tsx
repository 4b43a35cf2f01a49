import { Download } from 'lucide-react'
import type { Metadata } from 'next'
import { getLocale, getMessages, getTranslations } from 'next-intl/server'
import { notFound } from 'next/navigation'
import { runningGateway } from '@/app/_glue/gateway'
import { paperOf } from '@/app/_glue/giro-statement'
import { itemLines } from '@/app/_glue/item-lines'
import { shopName } from '@/app/_glue/names'
import { ownPurchase } from '@/app/_glue/own-purchase'
import { latestLegs, legName } from '@/app/_glue/pay-progress'
import { standingLook } from '@/app/_glue/purchase-look'
import { requirePerson } from '@/app/_glue/session'
import { formatDateTime, formatMoney } from '@/components/i18n/format'
import { PayTo } from '@/components/giro/pay-to'
import { Badge } from '@/components/ui/badge'
import { buttonLook } from '@/components/ui/button-look'
import { CopyButton } from '@/components/ui/copy-button'
import { Fact, Facts } from '@/components/ui/facts'
import { ItemLines } from '@/components/ui/item-lines'
import { PageHeader } from '@/components/ui/page-header'
import { Panel, PanelHeader } from '@/components/ui/panel'
import { PrintButton } from '@/components/ui/print-button'
import { SeriesDot, StackedBar } from '@/components/ui/stacked-bar'
import { Timeline } from '@/components/ui/timeline'
import { statementUrl } from '@/lib/giro/statement-key'
import { approvalCodeOfLeg, approvalCodeOfVCard } from '@/lib/payments/approval-code'
import { type HistoryEntry, type Leg, verdictOf } from '@/lib/payments/payment'
import { DeliveryPanel } from './_parts/delivery-panel'
import { DisputePanel } from './_parts/dispute-panel'
import { RefundPanel } from './_parts/refund-panel'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('account.purchases')
  return { title: t('title') }
}

interface Props {
  params: Promise<{ paymentId: string }>
}

const GOOD: readonly HistoryEntry['event'][] = [
  'allAuthorized',
  'allHeld',
  'allCaptured',
  'confirmed',
  'refundFinished',
]
const BAD: readonly HistoryEntry['event'][] = ['notAllAuthorized', 'notConfirmed', 'holdLost', 'refused', 'timedOut']
const toneOf = (event: HistoryEntry['event']) =>
  GOOD.includes(event) ? 'good' : BAD.includes(event) ? 'bad' : 'neutral'

/** One purchase: what was bought, which cards carried it, what happened when; prints as a receipt. */
export default async function PurchasePage({ params }: Props) {
  const { paymentId } = await params
  const [person, gateway, locale, t, messages] = await Promise.all([
    requirePerson(`/account/purchases/${paymentId}`),
    runningGateway(),
    getLocale(),
    getTranslations('account'),
    getMessages(),
  ])
  const payment = await ownPurchase(gateway, person, paymentId)
  if (!payment) notFound()
  const [merchant, history, wallet] = await Promise.all([
    gateway.merchants.get(payment.merchantId),
    gateway.payments.history(payment.merchantId, payment.id),
    gateway.cards.list(person.id),
  ])
  const money = (amount: bigint) => formatMoney(amount, payment.currency, locale)
  const { tone, key } = standingLook(payment)
  const legs = latestLegs(payment).map((leg) => ({ ...leg, name: legName(gateway, leg, wallet, locale) }))
  const { refundedAmount } = payment
  const vcardCode = approvalCodeOfVCard(payment)
  const items = await itemLines(payment, locale)
  const [bill] = payment.state === 'awaiting' ? await gateway.giro.billsOf(payment.merchantId, payment.id) : []
  const statement = bill && (await paperOf(gateway, bill, locale))
  return (
    <>
      <PageHeader
        title={
          <span className="flex flex-wrap items-center gap-3">
            {payment.orderName}
            <Badge tone={tone}>{t(`purchases.${key}`)}</Badge>
          </span>
        }
        back={{ href: '/account/purchases', label: t('purchase.back') }}
        actions={
          <>
            {verdictOf(payment) === 'paid' ? (
              <a className={buttonLook({})} href={`/account/purchases/${paymentId}/pdf`} download>
                <Download aria-hidden />
                {messages.shared.receipt.pdf}
              </a>
            ) : null}
            <PrintButton label={t('purchase.receipt')} />
          </>
        }
      />
      <div className="grid items-start gap-5 xl:grid-cols-2">
        <Panel>
          <p className="hidden text-sm font-semibold text-ink-faint print:block">{t('purchase.receiptTitle')}</p>
          <p className="figures text-3xl font-bold text-ink">{money(payment.amount)}</p>
          <Facts className="mt-3">
            <Fact name={t('purchase.shop')}>{merchant ? shopName(merchant, locale) : ''}</Fact>
            <Fact name={t('purchase.order')}>{payment.orderRef}</Fact>
            <Fact name={t('purchase.when')}>
              {formatDateTime(payment.finishedAt ?? payment.createdAt, locale)} ({messages.shared.timeZone})
            </Fact>
            {refundedAmount > 0n ? (
              <>
                <Fact name={t('purchase.refundedTotal')}>{money(refundedAmount)}</Fact>
                <Fact name={t('purchase.net')}>{money(payment.capturedAmount - refundedAmount)}</Fact>
              </>
            ) : null}
            {vcardCode ? (
              <Fact name={messages.shared.receipt.vcardApproval}>
                <span className="font-mono text-xs">{vcardCode}</span>
              </Fact>
            ) : null}
            <Fact name={t('purchase.number')}>
              <span className="flex items-center justify-end gap-1">
                <span className="font-mono text-xs break-all">{paymentId}</span>
                <span className="print:hidden">
                  <CopyButton
                    text={paymentId}
                    label={t('purchase.copyNumber')}
                    done={messages.shared.copied}
                    iconOnly
                  />
                </span>
              </span>
            </Fact>
          </Facts>
        </Panel>
        {bill && statement ? (
          <Panel className="print:hidden">
            <PanelHeader
              title={messages.shared.giro.panel}
              description={messages.shared.giro.panelText}
              actions={
                <a
                  className={buttonLook({ size: 'small' })}
                  href={statementUrl(gateway.settings, bill.merchantId, bill.id).replace('?', '/pdf?')}
                >
                  {messages.shared.giro.pdf}
                </a>
              }
            />
            <PayTo
              paper={statement}
              reference={bill.reference}
              words={{ copy: messages.shared.giro.copy, copied: messages.shared.copied }}
            />
          </Panel>
        ) : null}
        {items ? (
          <Panel>
            <PanelHeader title={items.title} />
            <ItemLines {...items} />
          </Panel>
        ) : null}
        {legs.length > 0 ? (
          <Panel>
            <PanelHeader title={t('purchase.legs')} />
            <StackedBar
              className="h-5"
              label={legs.map((leg) => `${leg.name} ${money(leg.amount)}`).join(', ')}
              parts={legs.map((leg) => ({ id: String(leg.leg), label: leg.name, value: Number(leg.amount) }))}
            />
            <ul className="mt-3 divide-y divide-line">
              {legs.map((leg, index) => (
                <li key={leg.leg} className="flex items-center justify-between gap-4 py-2.5 text-sm">
                  <span className="flex min-w-0 items-center gap-2">
                    <SeriesDot index={index} />
                    <span className="min-w-0">
                      <span className="figures block truncate font-medium text-ink">{leg.name}</span>
                      <span className="block text-xs text-ink-faint">
                        {leg.refundedAmount > 0n
                          ? t('purchase.refunded', { amount: money(leg.refundedAmount) })
                          : messages.checkout.leg[leg.state]}
                        <ApprovalCode leg={leg} label={messages.shared.receipt.approval} />
                      </span>
                    </span>
                  </span>
                  <span className="figures font-semibold text-ink">{money(leg.amount)}</span>
                </li>
              ))}
            </ul>
          </Panel>
        ) : null}
        <DeliveryPanel gateway={gateway} payment={payment} locale={locale} />
        <RefundPanel gateway={gateway} payment={payment} locale={locale} />
        <DisputePanel payment={payment} paymentId={paymentId} />
        <Panel className="print:hidden">
          <PanelHeader title={t('purchase.timeline')} />
          <Timeline
            label={t('purchase.timeline')}
            entries={history.toReversed().map(({ version, event, at }) => ({
              id: String(version),
              title: t(`purchase.event.${event}`),
              at: formatDateTime(at, locale),
              tone: toneOf(event),
            }))}
          />
        </Panel>
      </div>
    </>
  )
}

/** What the card's issuer said yes with. */
function ApprovalCode({ leg, label }: { leg: Leg; label: string }) {
  const code = leg.state === 'captured' ? approvalCodeOfLeg(leg) : undefined
  return code ? <span className="figures ml-2">{`${label} ${code}`}</span> : null
}
