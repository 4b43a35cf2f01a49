import { getTranslations } from 'next-intl/server'
import { noteDeed, requireDesk } from '@/app/_glue/desk'
import { csvAnswer } from '@/app/operator/_parts/csv-answer'
import { decimalText } from '@/components/i18n/format'
import { csvLine } from '@/lib/desk/csv'
import { exponentOf } from '@/lib/money/currency'
import { profitOf, vatOf } from '@/lib/settlement/months'
import { readMonthQuery } from '../../_parts/month-query'

/** Profit and loss, and the tax in it, by month as a CSV file. */
export async function GET(request: Request): Promise<Response> {
  const desk = await requireDesk('payout.see', '/merchant/payouts/months')
  const { gateway, merchant } = desk
  const query = Object.fromEntries(new URL(request.url).searchParams)
  const wish = readMonthQuery(query, await gateway.daily.today(), merchant.currencies)
  const t = await getTranslations('settlement.months')
  await noteDeed(desk, { action: 'payout.see', object: 'months.csv', outcome: 'done' })
  const digits = exponentOf(wish.currency)
  const names = ['sold', 'refunded', 'chargedBack', 'fees', 'feeVat', 'other'] as const
  const heads = [t('month'), t('currency'), ...names.map((name) => t(name)), t('left')]
  const taxes = wish.currency === 'KRW' ? (['supply', 'output', 'input', 'due'] as const) : []
  const months = await gateway.settlement.months(merchant.id, wish)
  return csvAnswer('months.csv', csvLine([...heads, ...taxes.map((name) => t(`vat.${name}`))]), () => {
    const lines = months.map((one) =>
      csvLine([
        ...[one.month, wish.currency],
        ...names.map((name) => decimalText(one[name], digits)),
        decimalText(profitOf(one), digits),
        ...taxes.map((name) => decimalText(vatOf(one)[name], digits)),
      ]),
    )
    return Promise.resolve({ lines, isLast: true })
  })
}
