import { notFound } from 'next/navigation'
import type { NextRequest } from 'next/server'
import { evidenceAnswer } from '@/app/_glue/evidence-answer'
import { operatorOf, requireSystem } from '@/app/_glue/system'
import { readPublicId } from '@/lib/ids'

/** The evidence of any payment as one file, for the auditor; the shop's trail says that it was looked at. */
export async function GET(request: NextRequest): Promise<Response> {
  const desk = await requireSystem('evidence.see', '/operator/evidence')
  const { gateway } = desk
  const id = request.nextUrl.searchParams.get('payment') ?? ''
  const paymentId = readPublicId('pay', id)
  const merchantId = paymentId && (await gateway.evidence.merchantOf(paymentId))
  if (!paymentId || !merchantId) notFound()
  await gateway.audit.note({
    tenantId: merchantId,
    actor: operatorOf(desk),
    action: 'evidence.see',
    object: id,
    outcome: 'done',
  })
  return evidenceAnswer(id, await gateway.evidence.export(merchantId, paymentId))
}
