import { Check, X } from 'lucide-react'
import { getMessages, getTranslations } from 'next-intl/server'
import Link from 'next/link'
import type { Desk } from '@/app/_glue/desk'
import { legName } from '@/app/_glue/pay-progress'
import { formatDateTime, formatMoney } from '@/components/i18n/format'
import { DeedDialog } from '@/components/merchant/deed-dialog'
import { RefundDialog } from '@/components/merchant/refund-dialog'
import { Badge } from '@/components/ui/badge'
import { Field, fieldControl } from '@/components/ui/field'
import { MoneyText } from '@/components/ui/money'
import { Panel } from '@/components/ui/panel'
import { TextArea } from '@/components/ui/text-area'
import { DAY_MS } from '@/lib/clock'
import { publicId, uuidAt } from '@/lib/ids'
import type { Payment } from '@/lib/payments/payment'
import { capturedLegs, refundableOf } from '@/lib/payments/refund-division'
import type { RefundRequest } from '@/lib/refund-requests/refund-request'
import { deedWords } from '../../_parts/deed-words'
import { otherWaysFor } from '../../_parts/other-way'
import { approveRequest, declineRequest, previewApproval } from '../actions'

const TONES = { open: 'warn', approved: 'good', declined: 'bad', withdrawn: 'neutral', closed: 'neutral' } as const

/** One request: who asks for what and why, for how long already, and what can be said to it. */
export async function RequestCard({ desk, request }: { desk: Desk; request: RefundRequest }) {
  const { gateway, locale, merchant } = desk
  const [t, payment] = await Promise.all([
    getTranslations('refunds'),
    gateway.payments.find(merchant.id, request.paymentId),
  ])
  const id = publicId('rrq', request.id)
  const days = Math.floor((gateway.clock.now().getTime() - request.createdAt.getTime()) / DAY_MS)
  const address = `${desk.may('portal.see') ? '/merchant/payments' : '/counselor'}/${publicId('pay', request.paymentId)}`
  const lines = request.items?.map(({ item, quantity }) => `${payment?.items?.[item - 1]?.name ?? item} × ${quantity}`)
  return (
    <Panel>
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-4">
        <div className="min-w-0 flex-1 basis-72">
          <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <MoneyText
              className="text-lg font-semibold text-ink"
              amount={request.amount}
              currency={request.currency}
              locale={locale}
            />
            <Badge tone={TONES[request.state]}>{t(`states.${request.state}`)}</Badge>
            {request.state === 'open' ? (
              <span className="text-sm text-ink-faint">{t('queue.waits', { days })}</span>
            ) : null}
          </p>
          <p className="mt-1 text-sm">
            <Link href={address} className="font-medium text-ink hover:underline">
              {request.orderName}
            </Link>{' '}
            <span className="text-ink-faint">{request.orderRef}</span>
          </p>
          <p className="text-sm text-ink-soft">
            {t('queue.asked', { name: request.askedBy.name, at: formatDateTime(request.createdAt, locale) })}
          </p>
          <p className="mt-2 text-sm text-ink [overflow-wrap:anywhere]">
            {t(`reasons.${request.reason}`)}
            {request.words ? ` — “${request.words}”` : null}
          </p>
          {lines ? (
            <p className="text-sm text-ink-soft [overflow-wrap:anywhere]">
              {t('queue.lines')}: {lines.join(', ')}
            </p>
          ) : null}
          {request.answer ? (
            <p className="mt-2 text-sm text-ink-soft [overflow-wrap:anywhere]">“{request.answer}”</p>
          ) : null}
          {request.proposed && request.state === 'open' ? (
            <p className="mt-2 text-sm text-warn">
              {t('queue.proposed', {
                name: request.proposed.by.name,
                amount: formatMoney(request.proposed.amount, request.currency, locale),
              })}
            </p>
          ) : null}
        </div>
        {request.state === 'open' && payment && desk.may('refund-request.decide') ? (
          <div className="flex flex-wrap gap-2">
            <DeedDialog
              icon={<X aria-hidden />}
              trigger={t('queue.decline')}
              title={t('queue.declineTitle')}
              words={await deedWords(t('queue.decline'))}
              isDangerous
              deed={declineRequest.bind(null, id)}
            >
              <Field id={`no-${id}`} label={t('queue.answer')} hint={t('queue.answerHint')}>
                <TextArea
                  {...fieldControl(`no-${id}`, { hint: t('queue.answerHint') })}
                  name="answer"
                  required
                  maxLength={500}
                  rows={3}
                />
              </Field>
            </DeedDialog>
            <Approve {...{ desk, request, payment, id }} />
          </div>
        ) : null}
      </div>
    </Panel>
  )
}

interface ApproveProps {
  readonly desk: Desk
  readonly request: RefundRequest
  readonly payment: Payment
  readonly id: string
}

async function Approve({ desk, request, payment, id }: ApproveProps) {
  const { gateway, locale } = desk
  const [t, { merchant: texts, refunds: words }, accounts] = await Promise.all([
    getTranslations('refunds.queue'),
    getMessages(),
    otherWaysFor(desk, payment),
  ])
  const left = payment.capturedAmount - payment.refundedAmount
  return (
    <RefundDialog
      words={texts.refund}
      dialog={await deedWords(t('approve'))}
      currency={payment.currency}
      locale={locale}
      left={request.amount < left ? request.amount : left}
      {...(request.proposed && { amount: request.proposed.amount })}
      legs={capturedLegs(payment)
        .filter((leg) => refundableOf(leg) > 0n)
        .map((leg) => ({ leg: leg.leg, name: legName(gateway, leg, [], locale), left: refundableOf(leg) }))}
      token={uuidAt(gateway.clock.now())}
      preview={previewApproval.bind(null, id)}
      refund={approveRequest.bind(null, id)}
      opens={{
        trigger: (
          <>
            <Check aria-hidden />
            {t('approve')}
          </>
        ),
        title: t('approveTitle'),
      }}
      asksReason={false}
      {...(accounts && { otherWays: { words: words.way, ask: words.ask, accounts } })}
    />
  )
}
