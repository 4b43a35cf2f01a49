import type { OpenCheckout } from '@/app/_glue/checkout'

export interface StageProps {
  readonly checkout: OpenCheckout
  readonly paymentId: string
}

/** Where the shop wants its shopper back, with the payment it asked for. A hint only: the shop asks us what became of it. */
export function wayBack({ payment }: OpenCheckout, paymentId: string): string | undefined {
  if (!payment.returnUrl) return undefined
  const address = new URL(payment.returnUrl)
  address.searchParams.set('payment', paymentId)
  return address.href
}
