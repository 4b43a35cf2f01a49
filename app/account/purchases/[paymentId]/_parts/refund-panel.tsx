import { getMessages, getTranslations } from 'next-intl/server'
import { formatDateTime, formatMoney } from '@/components/i18n/format'
import { DeedDialog } from '@/components/merchant/deed-dialog'
import { RefundAsker } from '@/components/refund/refund-asker'
import { Badge } from '@/components/ui/badge'
import { Panel, PanelHeader } from '@/components/ui/panel'
import type { Gateway } from '@/lib/gateway'
import { publicId, uuidAt } from '@/lib/ids'
import { sum } from '@/lib/money/money'
import type { Payment } from '@/lib/payments/payment'
import { leftOfItems } from '@/lib/payments/refund-items'
import { deedWords } from '@/app/merchant/_parts/deed-words'
import { askForRefund, withdrawRequest } from '../refund-actions'

const TONES = { open: 'warn', approved: 'good', declined: 'bad', withdrawn: 'neutral', closed: 'neutral' } as const

/** What the shopper has asked to have back, what the shop said to it, and the way to ask. */
export async function RefundPanel({
  gateway,
  payment,
  locale,
}: {
  gateway: Gateway
  payment: Payment
  locale: 'ko' | 'en'
}) {
  if (payment.state !== 'paid') return null
  const [all, refusal, taken, t, { refunds: words }] = await Promise.all([
    gateway.refundRequests.ofPayment(payment.merchantId, payment.id),
    gateway.refundRequests.askable(payment),
    gateway.refunds.takenItems(payment.merchantId, payment.id, true),
    getTranslations('refunds'),
    getMessages(),
  ])
  const id = publicId('pay', payment.id)
  // What the shop's own people propose is between them.
  const requests = all.filter(({ askedBy }) => askedBy.kind === 'shopper')
  const asked = sum(all.filter(({ state }) => state === 'open').map(({ amount }) => amount))
  const left = payment.capturedAmount - payment.refundedAmount - asked
  if (left <= 0n && requests.length === 0) return null
  const money = (amount: bigint) => formatMoney(amount, payment.currency, locale)
  const lines = leftOfItems(payment, taken).filter((line) => line.left > 0 && line.unitAmount <= left)
  const dialog = await deedWords(t('ask.button'))
  return (
    <Panel className="print:hidden">
      <PanelHeader title={t('ask.history')} />
      {requests.length > 0 ? (
        <ul className="mb-4 divide-y divide-line">
          {requests.map((request) => (
            <li key={request.id} className="flex flex-wrap items-start justify-between gap-3 py-3 text-sm">
              <div className="min-w-0">
                <p className="flex flex-wrap items-center gap-2">
                  <span className="figures font-semibold text-ink">{money(request.amount)}</span>
                  <Badge tone={TONES[request.state]}>{t(`states.${request.state}`)}</Badge>
                </p>
                <p className="text-ink-soft">
                  {t(`reasons.${request.reason}`)} · {formatDateTime(request.createdAt, locale)}
                </p>
                {request.answer ? (
                  <p className="mt-1 text-ink [overflow-wrap:anywhere]">
                    {t('ask.answer')}: {request.answer}
                  </p>
                ) : null}
              </div>
              {request.state === 'open' ? (
                <DeedDialog
                  trigger={t('ask.withdraw')}
                  title={t('ask.withdraw')}
                  description={t('ask.withdrawText')}
                  words={{ ...dialog, confirm: t('ask.withdraw') }}
                  deed={withdrawRequest.bind(null, id, publicId('rrq', request.id))}
                />
              ) : null}
            </li>
          ))}
        </ul>
      ) : null}
      {left <= 0n ? null : refusal ? (
        <p className="text-sm text-ink-soft">
          {t(`ask.why.${refusal === 'window-over' || refusal === 'by-hand-only' ? refusal : 'forbidden-by-policy'}`)}
        </p>
      ) : (
        <RefundAsker
          words={words.ask}
          reasons={words.reasons}
          dialog={dialog}
          currency={payment.currency}
          locale={locale}
          left={left}
          lines={lines}
          token={uuidAt(gateway.clock.now())}
          ask={askForRefund.bind(null, id)}
        />
      )}
    </Panel>
  )
}
