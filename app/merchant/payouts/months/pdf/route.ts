import { getTranslations } from 'next-intl/server'
import { noteDeed, requireDesk } from '@/app/_glue/desk'
import { shopName } from '@/app/_glue/names'
import { formatDateTime, formatMoney } from '@/components/i18n/format'
import { profitOf, vatOf } from '@/lib/settlement/months'
import { readMonthQuery } from '../../_parts/month-query'
import { pdfAnswer } from '@/app/_glue/pdf-answer'

const SUMS = ['sold', 'refunded', 'chargedBack', 'fees', 'feeVat', 'other'] as const
const TAXES = ['supply', 'output', 'input', 'due'] as const

/** Profit and loss, and the value added tax, by month as a PDF in the reader's language (M-151). */
export async function GET(request: Request): Promise<Response> {
  const desk = await requireDesk('payout.see', '/merchant/payouts/months')
  const { gateway, merchant, locale } = desk
  const query = Object.fromEntries(new URL(request.url).searchParams)
  const wish = readMonthQuery(query, await gateway.daily.today(), merchant.currencies)
  const [t, months] = await Promise.all([
    getTranslations('settlement'),
    gateway.settlement.months(merchant.id, wish).then((found) => found.reverse()),
  ])
  await noteDeed(desk, { action: 'payout.see', object: 'months.pdf', outcome: 'done' })
  const money = (amount: bigint) => formatMoney(amount, wish.currency, locale)
  const sum = (of: (month: (typeof months)[number]) => bigint) =>
    money(months.reduce((total, month) => total + of(month), 0n))
  const column = (name: string) => ({ name, share: 2, isFigure: true })
  const month = { name: t('months.month'), share: 1.3 }
  return pdfAnswer(`months-${wish.first}-${wish.last}.pdf`, {
    ...{ locale, title: t('months.title'), shop: shopName(merchant, locale) },
    subtitle: t('paper.period', { first: wish.first, last: wish.last }),
    issued: t('paper.issued', { at: formatDateTime(gateway.clock.now(), locale) }),
    main: { label: t('paper.left'), amount: sum(profitOf) },
    facts: [[t('currency'), wish.currency]],
    tables: [
      {
        title: t('months.profit'),
        columns: [month, ...SUMS.map((name) => column(t(`months.${name}`))), column(t('months.left'))],
        rows: months.map((one) => [one.month, ...SUMS.map((name) => money(one[name])), money(profitOf(one))]),
        total: [t('paper.total'), ...SUMS.map((name) => sum((one) => one[name])), sum(profitOf)],
      },
      ...(wish.currency === 'KRW'
        ? [
            {
              ...{ title: t('months.vat.title'), note: t('months.vat.text') },
              columns: [month, ...TAXES.map((name) => column(t(`months.vat.${name}`)))],
              rows: months.map((one) => [one.month, ...TAXES.map((name) => money(vatOf(one)[name]))]),
              total: [t('paper.total'), ...TAXES.map((name) => sum((one) => vatOf(one)[name]))],
            },
          ]
        : []),
    ],
    note: t('paper.note'),
  })
}
