'use server'

import { getTranslations } from 'next-intl/server'
import { z } from 'zod'
import { runningGateway } from '@/app/_glue/gateway'
import { requirePerson } from '@/app/_glue/session'
import { typedLines, typedWords } from '@/app/_glue/typed-lines'
import type { DeedAnswer } from '@/components/merchant/deed-dialog'
import { readPublicId } from '@/lib/ids'
import { parseMinorUnits } from '@/lib/money/money'
import { refundReasons } from '@/lib/refund-requests/refund-request'

const askForm = z.object({
  amount: z.string().optional(),
  lines: typedLines,
  reason: z.enum(refundReasons),
  words: typedWords(500),
  token: z.uuid(),
})

/** Asks the shop for money back. */
export async function askForRefund(id: string, form: FormData): Promise<DeedAnswer> {
  const [person, gateway, t] = await Promise.all([
    requirePerson(`/account/purchases/${id}`),
    runningGateway(),
    getTranslations('refunds.ask.fault'),
  ])
  const paymentId = readPublicId('pay', id)
  const typed = askForm.safeParse(Object.fromEntries(form))
  const amount = typed.data?.lines ? undefined : parseMinorUnits(typed.data?.amount ?? '')
  if (!typed.success || (!typed.data.lines && !amount)) return { kind: 'refused', message: t('form') }
  if (!paymentId) return { kind: 'refused', message: t('missing') }
  const { lines, reason, words, token } = typed.data
  const wanted = lines ? { items: lines } : { amount: amount || 0n }
  const asked = await gateway.refundRequests.ask(person, { paymentId, wanted, reason, words, token })
  return asked.kind === 'asked' ? { kind: 'done' } : { kind: 'refused', message: t(asked.reason) }
}

export async function withdrawRequest(id: string, requestId: string): Promise<DeedAnswer> {
  const [person, gateway, t] = await Promise.all([
    requirePerson(`/account/purchases/${id}`),
    runningGateway(),
    getTranslations('refunds.ask.fault'),
  ])
  const [paymentId, uuid] = [readPublicId('pay', id), readPublicId('rrq', requestId)]
  const ended = paymentId && uuid && (await gateway.refundRequests.withdraw(person, uuid, paymentId))
  if (!ended) return { kind: 'refused', message: t('missing') }
  return ended.kind === 'withdrawn' ? { kind: 'done' } : { kind: 'refused', message: t('closed') }
}
