import 'server-only'
import { notFound } from 'next/navigation'
import { encode } from 'uqr'
import type { Desk } from '@/app/_glue/desk'
import { readPublicId } from '@/lib/ids'
import type { PaymentLink } from '@/lib/payment-links/payment-link'

/** One of the merchant's own links; another's is answered exactly as one that does not exist. */
export async function requireLink({ gateway, merchant }: Desk, id: string): Promise<PaymentLink> {
  const linkId = readPublicId('plk', id)
  const link = linkId && (await gateway.paymentLinks.find(merchant.id, linkId))
  if (!link) notFound()
  return link
}

/** The squares of a QR code with the light border it needs; readable with a sixth of it dirty. */
export function qrSquares(text: string): boolean[][] {
  return encode(text, { ecc: 'M', border: 4 }).data
}
