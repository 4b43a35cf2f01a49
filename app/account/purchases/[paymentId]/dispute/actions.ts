'use server'

import { getTranslations } from 'next-intl/server'
import { z } from 'zod'
import { amount, reason, words, wrongMember } from '@/app/_glue/disputes/typed-dispute'
import { runningGateway } from '@/app/_glue/gateway'
import { ownPurchase } from '@/app/_glue/own-purchase'
import { requirePerson } from '@/app/_glue/session'
import { fieldsOf } from '@/app/merchant/_parts/typed'
import type { DeedAnswer } from '@/components/merchant/deed-dialog'
import { readPublicId } from '@/lib/ids'

const DONE: DeedAnswer = { kind: 'done' }
const claimForm = z.object({ reason, words, amount })

async function entered(paymentId: string) {
  const [person, gateway, t] = await Promise.all([
    requirePerson(`/account/purchases/${paymentId}/dispute`),
    runningGateway(),
    getTranslations('disputes.shopper.refused'),
  ])
  return { person, gateway, payment: await ownPurchase(gateway, person, paymentId), t }
}

export async function openDispute(id: string, form: FormData): Promise<DeedAnswer> {
  const { person, gateway, payment, t } = await entered(id)
  const typed = claimForm.safeParse(fieldsOf(form))
  if (!typed.success) {
    const member = wrongMember(typed.error)
    return { kind: 'refused', message: t(member === 'amount' ? 'wanted' : member === 'reason' ? 'reason' : 'words') }
  }
  if (!payment) return { kind: 'refused', message: t('missing') }
  const claim = { paymentId: payment.id, reason: typed.data.reason, text: typed.data.words, wanted: typed.data.amount }
  const opened = await gateway.disputes.claims.open(person.id, claim)
  return opened.kind === 'opened' ? DONE : { kind: 'refused', message: t(opened.reason) }
}

export async function withdrawDispute(id: string, disputeId: string): Promise<DeedAnswer> {
  const { person, gateway, payment, t } = await entered(id)
  const uuid = readPublicId('dis', disputeId)
  if (!payment || !uuid) return { kind: 'refused', message: t('missing') }
  const done = await gateway.disputes.claims.withdraw(person.id, payment.merchantId, uuid)
  return done.kind === 'done' ? DONE : { kind: 'refused', message: t(done.kind) }
}

export async function takeOffer(id: string, disputeId: string): Promise<DeedAnswer> {
  const { person, gateway, payment, t } = await entered(id)
  const uuid = readPublicId('dis', disputeId)
  if (!payment || !uuid) return { kind: 'refused', message: t('missing') }
  const done = await gateway.disputes.claims.takeOffer(person.id, payment.merchantId, uuid)
  return done.kind === 'done' ? DONE : { kind: 'refused', message: t(done.kind) }
}
