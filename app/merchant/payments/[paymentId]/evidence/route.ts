import type { NextRequest } from 'next/server'
import { requireDesk, requirePayment } from '@/app/_glue/desk'
import { evidenceAnswer } from '@/app/_glue/evidence-answer'

/** The signed messages of a payment with the keys to check them, as one file that needs nobody's word. */
export async function GET(
  _request: NextRequest,
  { params }: { params: Promise<{ paymentId: string }> },
): Promise<Response> {
  const { paymentId: id } = await params
  const desk = await requireDesk('evidence.see', `/merchant/payments/${id}`)
  const payment = await requirePayment(desk, id)
  return evidenceAnswer(id, await desk.gateway.evidence.export(desk.merchant.id, payment.id))
}
