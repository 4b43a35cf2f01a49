'use server'

import { getTranslations } from 'next-intl/server'
import { z } from 'zod'
import { type Desk, noteDeed, requireDesk, requirePayment } from '@/app/_glue/desk'
import { legName } from '@/app/_glue/pay-progress'
import { typedLines } from '@/app/_glue/typed-lines'
import { formatMoney } from '@/components/i18n/format'
import type { DeedAnswer } from '@/components/merchant/deed-dialog'
import type { Preview } from '@/components/merchant/refund-dialog'
import type { DeskCancelled, DeskRefunded } from '@/lib/desk/deeds'
import { readPublicId } from '@/lib/ids'
import type { Payment } from '@/lib/payments/payment'
import { otherWayFrom, typedWay } from '../../_parts/other-way'
import { refundAwaitsSecond, refundMade } from '../../_parts/queued-refund'
import { amount, fieldsOf, line, strategy } from '../../_parts/typed'

const DONE: DeedAnswer = { kind: 'done' }

const refundForm = z.object({ amount, strategy, reason: line(200), token: z.uuid(), lines: typedLines, ...typedWay })
const cancelForm = z.object({ reason: line(200), token: z.uuid() })
const previewForm = z.object({ amount, strategy })

/** What would go back over each leg. */
export async function previewRefund(id: string, typedAmount: string, typedStrategy: string): Promise<Preview> {
  const desk = await requireDesk('payment.refund', `/merchant/payments/${id}`)
  const payment = await requirePayment(desk, id)
  const typed = previewForm.safeParse({ amount: typedAmount, strategy: typedStrategy })
  const shares =
    typed.success &&
    (await desk.gateway.refunds.preview(desk.merchant.id, payment.id, typed.data.amount, typed.data.strategy))
  if (!shares) return { kind: 'impossible' }
  return {
    kind: 'shares',
    legs: shares.map((share) => ({
      leg: share.leg,
      name: nameOf(desk, payment, share),
      amount: formatMoney(share.amount, payment.currency, desk.locale),
    })),
  }
}

function nameOf({ gateway, locale }: Desk, payment: Payment, share: { attempt: number; leg: number }): string {
  const found = payment.legs.find(({ attempt, leg }) => attempt === share.attempt && leg === share.leg)
  return found ? legName(gateway, found, [], locale) : ''
}

export async function refundPayment(id: string, form: FormData): Promise<DeedAnswer> {
  const desk = await requireDesk('payment.see', `/merchant/payments/${id}`)
  const payment = await requirePayment(desk, id)
  const t = await getTranslations('merchant.refused')
  const typed = refundForm.safeParse(fieldsOf(form))
  if (!typed.success) return { kind: 'refused', message: t(firstFault(typed.error)) }
  const { lines, back, reference, ...wish } = typed.data
  const way = await otherWayFrom(desk, payment, { back, reference })
  if (way === 'unreadable') return { kind: 'refused', message: t('form') }
  const answer = await desk.gateway.deeds.refund(desk, {
    ...{ paymentId: payment.id, ...wish },
    ...(lines && { items: lines }),
    ...(way && { way }),
  })
  if (answer.kind === 'refunded') return refundMade(desk, { ...answer, currency: payment.currency })
  if (answer.kind === 'queued') return refundAwaitsSecond()
  return { kind: 'refused', message: await sentence(desk, payment, answer) }
}

/** @param said what the page said would happen */
export async function cancelPayment(id: string, said: string, form: FormData): Promise<DeedAnswer> {
  const desk = await requireDesk('payment.see', `/merchant/payments/${id}`)
  const payment = await requirePayment(desk, id)
  const t = await getTranslations('merchant.refused')
  const typed = cancelForm.safeParse(fieldsOf(form))
  if (!typed.success) return { kind: 'refused', message: t(firstFault(typed.error)) }
  const answer = await desk.gateway.deeds.cancel(desk, { paymentId: payment.id, said, ...typed.data })
  if (answer.kind === 'refunded' || answer.kind === 'voided') return DONE
  if (answer.kind === 'queued') return refundAwaitsSecond()
  return { kind: 'refused', message: await sentence(desk, payment, answer) }
}

export async function capturePayment(id: string): Promise<DeedAnswer> {
  const desk = await requireDesk('payment.see', `/merchant/payments/${id}`)
  const payment = await requirePayment(desk, id)
  const t = await getTranslations('merchant.refused')
  const answer = await desk.gateway.deeds.capture(desk, payment.id)
  switch (answer.kind) {
    case 'done':
    case 'being-checked':
      return DONE
    case 'forbidden':
      return { kind: 'refused', message: t('forbidden') }
    case 'held-back':
      return { kind: 'refused', message: t(answer.by === 'approval' ? 'not-approved-yet' : 'capture-denied') }
    case 'missing':
    case 'wrong-state':
      return { kind: 'refused', message: t('wrong-state') }
  }
}

export async function resendMessage(messageId: string): Promise<DeedAnswer> {
  const desk = await requireDesk('message.resend', '/merchant')
  const uuid = readPublicId('msg', messageId)
  const isResent = uuid ? await desk.gateway.messages.resend(desk.merchant.id, uuid) : false
  const outcome = isResent ? 'done' : 'missing'
  await noteDeed(desk, { action: 'message.resend', object: uuid ? messageId : 'message', outcome })
  const t = await getTranslations('merchant.refused')
  return isResent ? DONE : { kind: 'refused', message: t('missing') }
}

function firstFault(error: z.ZodError): 'amount' | 'reason' | 'form' {
  const member = error.issues[0]?.path[0]
  return member === 'amount' || member === 'reason' ? member : 'form'
}

/** Why it was not done, and what to do next. */
async function sentence(
  { locale }: Desk,
  { currency }: Payment,
  answer: Exclude<DeskRefunded | DeskCancelled, { kind: 'refunded' | 'voided' | 'queued' }>,
): Promise<string> {
  const t = await getTranslations('merchant.refused')
  switch (answer.kind) {
    case 'forbidden':
      return t('forbidden')
    case 'needs-second-person':
      return t('needs-second-person', { limit: formatMoney(answer.limit, currency, locale) })
    case 'shop-declined':
      return answer.words ? t('shop-declined', { words: answer.words }) : t('shop-declined-silently')
    case 'shop-silent':
      return t('shop-silent')
    case 'refused':
      return t(answer.reason)
  }
}
