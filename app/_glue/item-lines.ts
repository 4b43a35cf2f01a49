import 'server-only'
import { getTranslations } from 'next-intl/server'
import { formatMoney } from '@/components/i18n/format'
import type { ItemLine } from '@/components/ui/item-lines'
import { amountOfItem } from '@/lib/payments/items'
import type { Locale, Payment } from '@/lib/payments/payment'

/** The lines of a payment's order, to be read; undefined where the shop did not say. */
export async function itemLines(
  { items, currency }: Pick<Payment, 'items' | 'currency'>,
  locale: Locale,
): Promise<{ title: string; lines: ItemLine[] } | undefined> {
  if (!items) return undefined
  const t = await getTranslations('shared.items')
  return {
    title: t('title', { count: items.length }),
    lines: items.map((item) => ({
      name: item.name,
      count: t('count', { count: item.quantity }),
      amount: formatMoney(amountOfItem(item), currency, locale),
    })),
  }
}
