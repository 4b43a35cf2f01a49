import { NextResponse } from 'next/server'
import type { NextRequest } from 'next/server'
import { checkoutSession, startCheckoutSession } from '@/app/_glue/checkout-session'
import { runningGateway } from '@/app/_glue/gateway'

interface Context {
  params: Promise<{ paymentId: string }>
}

/**
 * The way in from the shop (M-181): checks the signed link, which is good once, and lets this browser see the payment.
 * A browser that is in already may follow its link again.
 */
export async function GET(request: NextRequest, { params }: Context): Promise<Response> {
  const { paymentId } = await params
  const gateway = await runningGateway()
  const page = new URL(`/pay/${paymentId}`, gateway.settings.WEB_URL)
  if (!(await checkoutSession(gateway, paymentId))) {
    const link = await gateway.checkoutLinks.verify(paymentId, request.nextUrl.searchParams.get('t') ?? '')
    if (link.kind === 'verified') await startCheckoutSession(gateway, paymentId, link)
    else page.searchParams.set('link', link.reason === 'differs' ? 'differs' : 'used')
  }
  return NextResponse.redirect(page, { status: 303, headers: { 'cache-control': 'no-store' } })
}
