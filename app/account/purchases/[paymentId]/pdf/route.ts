import { getLocale } from 'next-intl/server'
import { notFound } from 'next/navigation'
import { runningGateway } from '@/app/_glue/gateway'
import { ownPurchase } from '@/app/_glue/own-purchase'
import { receiptAnswer } from '@/app/_glue/receipt-paper'
import { requirePerson } from '@/app/_glue/session'

interface Context {
  params: Promise<{ paymentId: string }>
}

/** The receipt of one's own purchase. */
export async function GET(_request: Request, { params }: Context): Promise<Response> {
  const { paymentId } = await params
  const [person, gateway, locale] = await Promise.all([
    requirePerson(`/account/purchases/${paymentId}`),
    runningGateway(),
    getLocale(),
  ])
  const payment = await ownPurchase(gateway, person, paymentId)
  if (!payment) notFound()
  return receiptAnswer(gateway, payment, await gateway.cards.list(person.id), locale)
}
