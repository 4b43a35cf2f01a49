import { openCheckout, walletOf } from '@/app/_glue/checkout'
import { progressOf } from '@/app/_glue/pay-progress'

interface Context {
  params: Promise<{ paymentId: string }>
}

/** How the payment stands, asked again and again by the page that watches it. */
export async function GET(_request: Request, { params }: Context): Promise<Response> {
  const { paymentId } = await params
  const checkout = await openCheckout(paymentId)
  const headers = { 'cache-control': 'no-store' }
  if (!checkout) return Response.json({ code: 'not-found' }, { status: 404, headers })
  const { gateway, payment, locale } = checkout
  return Response.json(progressOf(gateway, payment, await walletOf(checkout), locale), { headers })
}
