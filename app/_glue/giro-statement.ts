import 'server-only'
import { formatDate, formatMoney } from '@/components/i18n/format'
import type { Gateway } from '@/lib/gateway'
import type { GiroBill } from '@/lib/giro/giro-bill'
import { giroPaper, type Paper } from '@/lib/giro/paper'
import { isStatementKey } from '@/lib/giro/statement-key'
import { readPublicId } from '@/lib/ids'
import { shopName } from './names'

/** The bill behind an address that its payer was sent; without the right key it is as good as missing. */
export async function billBehind(
  gateway: Gateway,
  { merchantId: merchant, billId: bill }: { readonly merchantId: string; readonly billId: string },
  key: unknown,
): Promise<GiroBill | undefined> {
  const [merchantId, billId] = [readPublicId('mer', merchant), readPublicId('gir', bill)]
  if (!merchantId || !billId || typeof key !== 'string') return undefined
  if (!isStatementKey(gateway.settings.SESSION_SECRET, merchantId, billId, key)) return undefined
  return gateway.giro.bill(merchantId, billId)
}

/** What is to be paid now, as a letter: a demand once its day is over. */
export async function paperOf(gateway: Gateway, bill: GiroBill, locale: 'ko' | 'en'): Promise<Paper> {
  const merchant = await gateway.merchants.get(bill.merchantId)
  const { amount, currency } = bill.amount
  return giroPaper(
    {
      ...{ locale, amount, received: bill.received, payerName: bill.payer.name, orderName: bill.orderName },
      ...{ reference: bill.reference, dueAt: bill.dueAt, at: gateway.clock.now() },
      shop: merchant ? shopName(merchant, locale) : '',
      bank: gateway.giro.banks.find(({ code }) => code === bill.bank),
      ...(bill.demands > 0 && { demand: bill.demands }),
      isOpen: bill.state === 'open',
    },
    { money: (value) => formatMoney(value, currency, locale), day: (at) => formatDate(at, locale) },
  )
}
