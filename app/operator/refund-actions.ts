'use server'

import { revalidatePath } from 'next/cache'
import { z } from 'zod'
import { operatorOf, requireSystem } from '@/app/_glue/system'
import { audited } from '@/lib/audit/audit'
import { publicId, readPublicId } from '@/lib/ids'

const releaseForm = z.object({ shop: z.string(), refund: z.string() })

/** Lets a refund go that waits for its shop's balance; what the shop then owes stands in its balance. */
export async function releaseRefund(form: FormData): Promise<void> {
  const desk = await requireSystem('refund.release', '/operator')
  const { gateway, person } = desk
  const typed = releaseForm.parse(Object.fromEntries(form))
  const merchantId = readPublicId('mer', typed.shop)
  const refundId = readPublicId('ref', typed.refund)
  if (!merchantId || !refundId) return
  const by = { kind: 'person', id: publicId('per', person.id), name: person.name } as const
  const refund = await gateway.refunds.find(merchantId, refundId)
  const line = { tenantId: merchantId, actor: operatorOf(desk), action: 'refund.release', object: typed.refund }
  await audited(
    gateway.audit,
    { ...line, ...(refund && { detail: { amount: refund.amount.toString() } }) },
    () => gateway.refunds.release(merchantId, refundId, by),
    (released) => (released ? 'done' : 'not-queued'),
  )
  revalidatePath('/operator')
}
