'use server'

import { getLocale } from 'next-intl/server'
import { redirect } from 'next/navigation'
import { startCheckoutSession } from '@/app/_glue/checkout-session'
import { runningGateway } from '@/app/_glue/gateway'
import { visitorOf } from '@/app/_glue/visitor'
import { publicId } from '@/lib/ids'
import { parseMinorUnits } from '@/lib/money/money'

/** Opens the payment of a link for this browser and leads to its checkout; what is refused is said on the same page. */
export async function buy(token: string, form: FormData): Promise<void> {
  const [gateway, locale] = await Promise.all([runningGateway(), getLocale()])
  const typed = form.get('amount')
  const amount = typeof typed === 'string' ? parseMinorUnits(typed) : undefined
  const wish = { ...(await visitorOf(gateway)), locale, ...(amount !== undefined && { amount }) }
  const bought = await gateway.paymentLinks.buy(token, wish)
  if (bought.kind === 'refused') {
    const told = new URLSearchParams({ no: bought.reason, ...(amount !== undefined && { amount: amount.toString() }) })
    redirect(`/link/${encodeURIComponent(token)}?${told}`)
  }
  const id = publicId('pay', bought.paymentId)
  await startCheckoutSession(gateway, id, bought)
  redirect(`/pay/${id}`)
}
