import { getLocale, getTranslations } from 'next-intl/server'
import Link from 'next/link'
import { formatDateTime, formatMoney } from '@/components/i18n/format'
import { Badge } from '@/components/ui/badge'
import { Monogram } from '@/components/ui/monogram'
import type { Gateway } from '@/lib/gateway'
import { publicId } from '@/lib/ids'
import type { Payment } from '@/lib/payments/payment'
import { shopName } from './names'
import { standingLook } from './purchase-look'

/** Purchases in a list: what, where, how much, and how each stands. */
export async function PurchaseRows({ gateway, payments }: { gateway: Gateway; payments: readonly Payment[] }) {
  const [locale, t] = await Promise.all([getLocale(), getTranslations('account.purchases')])
  const ids = [...new Set(payments.map(({ merchantId }) => merchantId))]
  const shops = new Map(await Promise.all(ids.map(async (id) => [id, await gateway.merchants.get(id)] as const)))
  return (
    <ul className="divide-y divide-line">
      {payments.map((payment) => {
        const shop = shops.get(payment.merchantId)
        const { tone, key } = standingLook(payment)
        return (
          <li key={payment.id} className="relative flex items-center gap-3.5 py-3.5 hover:bg-hover">
            <Monogram name={shop ? shopName(shop, locale) : '?'} />
            <div className="min-w-0 flex-1">
              <Link
                href={`/account/purchases/${publicId('pay', payment.id)}`}
                className="block truncate font-medium text-ink after:absolute after:inset-0"
              >
                {payment.orderName}
              </Link>
              <p className="truncate text-xs text-ink-faint">
                {shop ? shopName(shop, locale) : ''} · {formatDateTime(payment.createdAt, locale)}
              </p>
            </div>
            <div className="flex shrink-0 flex-col items-end gap-1">
              <span className="figures font-semibold text-ink">
                {formatMoney(payment.amount, payment.currency, locale)}
              </span>
              <Badge tone={tone}>{t(key)}</Badge>
            </div>
          </li>
        )
      })}
    </ul>
  )
}
