import type { Tone } from '@/components/ui/badge'
import { formatMoney } from '@/components/i18n/format'
import type { LinkState, PaymentLink } from '@/lib/payment-links/payment-link'

export const linkTones = {
  open: 'good',
  off: 'neutral',
  expired: 'neutral',
  'sold-out': 'warn',
} as const satisfies Record<LinkState, Tone>

/** What a link costs, in words. */
export function priceText(
  { price, currency }: Pick<PaymentLink, 'price' | 'currency'>,
  locale: string,
  range: (bounds: { least: string; most: string }) => string,
): string {
  const money = (amount: bigint) => formatMoney(amount, currency, locale)
  return price.kind === 'fixed' ? money(price.amount) : range({ least: money(price.least), most: money(price.most) })
}
