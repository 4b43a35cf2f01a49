'use server'

import { getTranslations } from 'next-intl/server'
import { redirect } from 'next/navigation'
import { z } from 'zod'
import { requireDesk, requirePayment } from '@/app/_glue/desk'
import { fieldsOf, line } from '@/app/merchant/_parts/typed'
import { formatMoney } from '@/components/i18n/format'
import type { CancelAnswer } from '@/components/counselor/cancel-form'
import { publicId } from '@/lib/ids'

const cancelForm = z.object({ reason: line(200), token: z.uuid() })

/**
 * Cancels a purchase for a caller, and leads to the page that says what came of it (M-49 … M-56).
 * @param said what the page said would happen
 */
export async function cancelPurchase(id: string, said: string, form: FormData): Promise<CancelAnswer> {
  const here = `/counselor/${id}`
  const desk = await requireDesk('payment.cancel', here)
  const payment = await requirePayment(desk, id)
  const t = await getTranslations('merchant.refused')
  const typed = cancelForm.safeParse(fieldsOf(form))
  if (!typed.success) {
    const isReason = typed.error.issues[0]?.path[0] === 'reason'
    return isReason ? { field: 'reason', message: t('reason') } : { message: t('form') }
  }
  const answer = await desk.gateway.deeds.cancel(desk, { paymentId: payment.id, said, ...typed.data })
  switch (answer.kind) {
    case 'refunded':
      return redirect(`${here}?result=${publicId('ref', answer.refundId)}`)
    case 'voided':
      return redirect(`${here}?result=void`)
    case 'queued':
      return redirect(`${here}?result=${publicId('rrq', answer.requestId)}`)
    case 'forbidden':
      return { message: t('forbidden') }
    case 'needs-second-person':
      return {
        message: t('needs-second-person', { limit: formatMoney(answer.limit, payment.currency, desk.locale) }),
      }
    case 'shop-declined':
      return { message: answer.words ? t('shop-declined', { words: answer.words }) : t('shop-declined-silently') }
    case 'shop-silent':
      return { message: t('shop-silent') }
    case 'refused':
      return { message: t(answer.reason) }
  }
}
