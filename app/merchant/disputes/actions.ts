'use server'

import { getTranslations } from 'next-intl/server'
import { z } from 'zod'
import { requireDesk } from '@/app/_glue/desk'
import { decidedAnswer } from '@/app/_glue/disputes/decided-answer'
import { requireDispute } from '@/app/_glue/disputes/require-dispute'
import { optionalAmount, words, wrongMember } from '@/app/_glue/disputes/typed-dispute'
import type { DeedAnswer } from '@/components/merchant/deed-dialog'
import { fieldsOf } from '../_parts/typed'

const answerForm = z.object({ words, amount: optionalAmount })

/** The shop's answer, perhaps with an offer. */
export async function answerDispute(id: string, form: FormData): Promise<DeedAnswer> {
  const desk = await requireDesk('dispute.answer', `/merchant/disputes/${id}`)
  const dispute = await requireDispute(desk, id)
  const typed = answerForm.safeParse(fieldsOf(form))
  if (!typed.success) {
    const t = await getTranslations('disputes.desk.refused')
    return { kind: 'refused', message: t(wrongMember(typed.error) === 'amount' ? 'amount' : 'words') }
  }
  const { words: text, amount: offer } = typed.data
  const done = await desk.gateway.disputes.decisions.answer(
    { kind: 'member', member: desk },
    { disputeId: dispute.id, text, ...(offer && { offer }) },
  )
  return decidedAnswer(done, dispute, desk.locale)
}
