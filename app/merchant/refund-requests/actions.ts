'use server'

import { getTranslations } from 'next-intl/server'
import { z } from 'zod'
import { type Desk, requireDesk } from '@/app/_glue/desk'
import { legName } from '@/app/_glue/pay-progress'
import { typedWords } from '@/app/_glue/typed-lines'
import { formatMoney } from '@/components/i18n/format'
import type { DeedAnswer } from '@/components/merchant/deed-dialog'
import type { Preview } from '@/components/merchant/refund-dialog'
import { readPublicId } from '@/lib/ids'
import type { Decided, Decider } from '@/lib/refund-requests/refund-requests'
import { otherWayFrom, typedWay } from '../_parts/other-way'
import { refundMade } from '../_parts/queued-refund'
import { amount, fieldsOf, strategy } from '../_parts/typed'

const HERE = '/merchant/refund-requests'
const approveForm = z.object({ amount, strategy, ...typedWay })
const declineForm = z.object({ answer: typedWords(500).refine((text) => text !== '') })

const deciderOf = ({ person, membership, from }: Desk): Decider => ({ kind: 'member', person, membership, from })

async function requestOf(desk: Desk, id: string) {
  const requestId = readPublicId('rrq', id)
  const request = requestId && (await desk.gateway.refundRequests.find(desk.merchant.id, requestId))
  const payment = request && (await desk.gateway.payments.find(desk.merchant.id, request.paymentId))
  return request && payment && { request, payment }
}

/** What would go back over each leg. */
export async function previewApproval(id: string, typedAmount: string, typedStrategy: string): Promise<Preview> {
  const desk = await requireDesk('refund-request.decide', HERE)
  const found = await requestOf(desk, id)
  const typed = z.object({ amount, strategy }).safeParse({ amount: typedAmount, strategy: typedStrategy })
  if (!found || !typed.success || typed.data.amount > found.request.amount) return { kind: 'impossible' }
  const { payment } = found
  const shares = await desk.gateway.refunds.preview(
    ...([desk.merchant.id, payment.id, typed.data.amount, typed.data.strategy] as const),
  )
  if (!shares) return { kind: 'impossible' }
  return {
    kind: 'shares',
    legs: shares.map((share) => {
      const leg = payment.legs.find((one) => one.attempt === share.attempt && one.leg === share.leg)
      const name = leg ? legName(desk.gateway, leg, [], desk.locale) : ''
      return { leg: share.leg, name, amount: formatMoney(share.amount, payment.currency, desk.locale) }
    }),
  }
}

export async function approveRequest(id: string, form: FormData): Promise<DeedAnswer> {
  const desk = await requireDesk('refund-request.see', HERE)
  const [t, found] = await Promise.all([getTranslations('merchant.refused'), requestOf(desk, id)])
  if (!found) return { kind: 'refused', message: t('missing') }
  const typed = approveForm.safeParse(fieldsOf(form))
  if (!typed.success) return { kind: 'refused', message: t('amount') }
  const { request, payment } = found
  const way = await otherWayFrom(desk, payment, typed.data)
  if (way === 'unreadable') return { kind: 'refused', message: t('form') }
  const decided = await desk.gateway.refundRequests.approve(deciderOf(desk), {
    ...{ requestId: request.id, strategy: typed.data.strategy },
    ...(typed.data.amount === request.amount ? {} : { amount: typed.data.amount }),
    ...(way && { way }),
  })
  if (decided.kind === 'approved') return refundMade(desk, { ...decided, currency: payment.currency })
  return answerTo(decided, (limit) => formatMoney(limit, payment.currency, desk.locale))
}

export async function declineRequest(id: string, form: FormData): Promise<DeedAnswer> {
  const desk = await requireDesk('refund-request.see', HERE)
  const [t, words, found] = await Promise.all([
    getTranslations('merchant.refused'),
    getTranslations('refunds.queue'),
    requestOf(desk, id),
  ])
  if (!found) return { kind: 'refused', message: t('missing') }
  const typed = declineForm.safeParse(fieldsOf(form))
  if (!typed.success) return { kind: 'refused', message: words('needAnswer') }
  const decided = await desk.gateway.refundRequests.decline(deciderOf(desk), found.request.id, typed.data.answer)
  return answerTo(decided, String)
}

async function answerTo(decided: Decided, money: (limit: bigint) => string): Promise<DeedAnswer> {
  const [t, words] = await Promise.all([getTranslations('merchant.refused'), getTranslations('refunds.queue')])
  switch (decided.kind) {
    case 'approved':
    case 'declined':
    case 'withdrawn':
      return { kind: 'done' }
    case 'forbidden':
      return { kind: 'refused', message: t('forbidden') }
    case 'needs-second-person':
      return { kind: 'refused', message: words('needsSecond', { limit: money(decided.limit) }) }
    case 'shop-declined': {
      const said = decided.words ? t('shop-declined', { words: decided.words }) : t('shop-declined-silently')
      return { kind: 'refused', message: said }
    }
    case 'shop-silent':
      return { kind: 'refused', message: t('shop-silent') }
    case 'refused':
      return { kind: 'refused', message: t(decided.reason) }
  }
}
