'use server'

import { getTranslations } from 'next-intl/server'
import { z } from 'zod'
import { requireDesk } from '@/app/_glue/desk'
import type { DeedAnswer } from '@/components/merchant/deed-dialog'
import { readPublicId } from '@/lib/ids'
import { fieldsOf, line } from '../_parts/typed'

const voteForm = z.object({ words: z.union([z.literal(''), line(200)]).default('') })

/** One person's yes or no to a payment. A no needs words: whoever looks later wants to know why. */
export async function voteOnPayment(id: string, verdict: 'approve' | 'refuse', form: FormData): Promise<DeedAnswer> {
  const desk = await requireDesk('portal.see', '/merchant/approvals')
  const t = await getTranslations('flow.approvals')
  const paymentId = readPublicId('pay', id)
  const typed = voteForm.safeParse(fieldsOf(form))
  const isRefusal = verdict !== 'approve'
  if (!typed.success || (isRefusal && typed.data.words === '')) {
    return { kind: 'refused', message: t('fault.words') }
  }
  if (!paymentId) return { kind: 'refused', message: t('fault.missing') }
  const counted = await desk.gateway.approvals.vote(desk, {
    paymentId,
    verdict: isRefusal ? 'refuse' : 'approve',
    words: typed.data.words,
  })
  return counted.kind === 'counted' ? { kind: 'done' } : { kind: 'refused', message: t(`fault.${counted.kind}`) }
}
