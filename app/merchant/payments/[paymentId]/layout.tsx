import type { ReactNode } from 'react'
import { requireDesk, requirePayment } from '@/app/_glue/desk'

interface Props {
  params: Promise<{ paymentId: string }>
  children: ReactNode
}

/** Decides before anything is sent whether there is such a payment: afterwards the status could no longer say so. */
export default async function PaymentLayout({ params, children }: Props) {
  const { paymentId: id } = await params
  await requirePayment(await requireDesk('portal.see', `/merchant/payments/${id}`), id)
  return children
}
