'use server'

import { revalidatePath } from 'next/cache'
import { z } from 'zod'
import { requireSystem } from '@/app/_glue/system'
import { publicId, readPublicId } from '@/lib/ids'

const releaseForm = z.object({ shop: z.string(), refund: z.string() })

/** Lets a refund go that waits for its shop's balance; what the shop then owes stands in its balance. */
export async function releaseRefund(form: FormData): Promise<void> {
  const { gateway, person, role } = await requireSystem('refund.release', '/operator')
  const typed = releaseForm.parse(Object.fromEntries(form))
  const merchantId = readPublicId('mer', typed.shop)
  const refundId = readPublicId('ref', typed.refund)
  if (!merchantId || !refundId) return
  const by = { kind: 'person', id: publicId('per', person.id), name: person.name } as const
  const released = await gateway.refunds.release(merchantId, refundId, by)
  await gateway.audit.note({
    tenantId: merchantId,
    actor: { kind: 'person', id: person.id, name: person.name, role },
    action: 'refund.release',
    object: typed.refund,
    outcome: released ? 'done' : 'not-queued',
    ...(released ? { detail: { amount: released.amount.toString() } } : {}),
  })
  revalidatePath('/operator')
}
