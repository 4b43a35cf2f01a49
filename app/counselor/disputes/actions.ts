'use server'

import { getTranslations } from 'next-intl/server'
import { z } from 'zod'
import { requireDesk } from '@/app/_glue/desk'
import { decidedAnswer } from '@/app/_glue/disputes/decided-answer'
import { requireDispute } from '@/app/_glue/disputes/require-dispute'
import { amount, words, wrongMember } from '@/app/_glue/disputes/typed-dispute'
import { fieldsOf } from '@/app/merchant/_parts/typed'
import type { DeedAnswer } from '@/components/merchant/deed-dialog'

const decisionForm = z.object({ words, amount })
const confirmForm = z.object({ words })

async function refusedAt(error: z.ZodError): Promise<DeedAnswer> {
  const t = await getTranslations('disputes.desk.refused')
  return { kind: 'refused', message: t(wrongMember(error) === 'amount' ? 'amount' : 'words') }
}

export async function decideDispute(id: string, form: FormData): Promise<DeedAnswer> {
  const desk = await requireDesk('dispute.decide', `/counselor/disputes/${id}`)
  const dispute = await requireDispute(desk, id)
  const typed = decisionForm.safeParse(fieldsOf(form))
  if (!typed.success) return refusedAt(typed.error)
  const done = await desk.gateway.disputes.decisions.decide(desk, {
    ...{ disputeId: dispute.id, granted: typed.data.amount, words: typed.data.words },
  })
  return decidedAnswer(done, dispute, desk.locale)
}

/** The second person's word. */
export async function confirmDispute(id: string, agrees: boolean, form: FormData): Promise<DeedAnswer> {
  const desk = await requireDesk('dispute.decide', `/counselor/disputes/${id}`)
  const dispute = await requireDispute(desk, id)
  const typed = confirmForm.safeParse(fieldsOf(form))
  if (!typed.success) return refusedAt(typed.error)
  const word = { agrees, words: typed.data.words }
  return decidedAnswer(await desk.gateway.disputes.decisions.confirm(desk, dispute.id, word), dispute, desk.locale)
}
