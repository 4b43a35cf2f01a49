import { Check, X } from 'lucide-react'
import { getMessages, getTranslations } from 'next-intl/server'
import type { Desk } from '@/app/_glue/desk'
import { legName } from '@/app/_glue/pay-progress'
import { formatMoney } from '@/components/i18n/format'
import { DeedDialog } from '@/components/merchant/deed-dialog'
import { RefundDialog } from '@/components/merchant/refund-dialog'
import { Field, fieldControl } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { saidOf } from '@/lib/desk/cancellation-plan'
import { publicId, uuidAt } from '@/lib/ids'
import type { Payment } from '@/lib/payments/payment'
import { capturedLegs, refundableOf } from '@/lib/payments/refund-division'
import { leftOfItems } from '@/lib/payments/refund-items'
import { deedWords } from '../../../_parts/deed-words'
import { otherWaysFor } from '../../../_parts/other-way'
import { cancelPayment, capturePayment, previewRefund, refundPayment } from '../actions'

/** What can be done about a payment as it stands, for whoever may. */
export async function PaymentDeeds({ desk, payment }: { desk: Desk; payment: Payment }) {
  const { gateway, locale } = desk
  const [t, { merchant: texts, refunds: refundWords }] = await Promise.all([getTranslations('merchant'), getMessages()])
  const id = publicId('pay', payment.id)
  const token = uuidAt(gateway.clock.now())
  const left = payment.capturedAmount - payment.refundedAmount
  const money = (amount: bigint) => formatMoney(amount, payment.currency, locale)
  const isHeld = payment.state === 'authorized'
  const isOpen = payment.state === 'created'
  const canRefund = payment.state === 'paid' && left > 0n && desk.may('payment.refund')
  const taken = canRefund ? await gateway.refunds.takenItems(payment.merchantId, payment.id, false) : undefined
  const lines = taken ? leftOfItems(payment, taken).filter((line) => line.left > 0) : []
  const accounts = canRefund ? await otherWaysFor(desk, payment) : undefined
  // What is paid later, too: whatever has come in goes back.
  const isAwaiting = payment.state === 'awaiting'
  const plan = isHeld || isOpen || isAwaiting ? await gateway.deeds.plan(payment) : undefined
  return (
    <>
      {plan?.kind === 'cancellable' && desk.may('payment.cancel') ? (
        <DeedDialog
          icon={<X aria-hidden />}
          trigger={t('cancel.title')}
          title={t('cancel.title')}
          description={t(isHeld ? 'cancel.held' : isAwaiting ? 'cancel.awaiting' : 'cancel.open', {
            amount: money(payment.amount),
          })}
          words={await deedWords(t('cancel.confirm'))}
          isDangerous
          deed={cancelPayment.bind(null, id, saidOf(plan))}
        >
          <input type="hidden" name="token" value={token} />
          <Field id="cancel-reason" label={t('refund.reason')} hint={t('cancel.reasonHint')}>
            <Input
              {...fieldControl('cancel-reason', { hint: t('cancel.reasonHint') })}
              name="reason"
              required
              maxLength={200}
              autoComplete="off"
            />
          </Field>
        </DeedDialog>
      ) : null}
      {isHeld && desk.may('payment.capture') ? (
        <DeedDialog
          icon={<Check aria-hidden />}
          trigger={t('capture.title')}
          triggerLook={{ kind: 'primary' }}
          title={t('capture.title')}
          description={t('capture.text', { amount: money(payment.amount) })}
          words={await deedWords(t('capture.confirm', { amount: money(payment.amount) }))}
          deed={capturePayment.bind(null, id)}
        />
      ) : null}
      {canRefund ? (
        <RefundDialog
          words={texts.refund}
          dialog={await deedWords(t('refund.title'))}
          currency={payment.currency}
          locale={locale}
          left={left}
          legs={capturedLegs(payment)
            .filter((leg) => refundableOf(leg) > 0n)
            .map((leg) => ({
              leg: leg.leg,
              name: legName(gateway, leg, [], locale),
              left: refundableOf(leg),
            }))}
          token={token}
          lines={lines}
          {...(accounts && { otherWays: { words: refundWords.way, ask: refundWords.ask, accounts } })}
          preview={previewRefund.bind(null, id)}
          refund={refundPayment.bind(null, id)}
        />
      ) : null}
    </>
  )
}
