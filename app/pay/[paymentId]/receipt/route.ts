import { openCheckout, walletOf } from '@/app/_glue/checkout'
import { receiptAnswer } from '@/app/_glue/receipt-paper'

interface Context {
  params: Promise<{ paymentId: string }>
}

/** The receipt for whoever has just paid here, with or without an account. */
export async function GET(_request: Request, { params }: Context): Promise<Response> {
  const { paymentId } = await params
  const checkout = await openCheckout(paymentId)
  if (!checkout) return new Response(null, { status: 404, headers: { 'cache-control': 'no-store' } })
  const { gateway, payment, locale } = checkout
  return receiptAnswer(gateway, payment, await walletOf(checkout), locale)
}
