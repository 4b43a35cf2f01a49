import { getTranslations } from 'next-intl/server'
import type { NextRequest } from 'next/server'
import { noteDeed, requireDesk } from '@/app/_glue/desk'
import { csvAnswer } from '@/app/operator/_parts/csv-answer'
import { decimalText } from '@/components/i18n/format'
import { csvLine } from '@/lib/desk/csv'
import { publicId, type Uuid } from '@/lib/ids'
import { exponentOf } from '@/lib/money/currency'
import { sumsOf } from '@/lib/settlement/payout'
import { PAYOUTS, readPayoutQuery } from '../_parts/payout-query'

const ROWS = 500

/** Payouts of the shop as a CSV file, with the filter and in the order of the page it is asked from; sent as it is read. */
export async function GET(request: NextRequest): Promise<Response> {
  const desk = await requireDesk('payout.see', PAYOUTS)
  const { gateway, merchant } = desk
  const t = await getTranslations('settlement')
  await noteDeed(desk, { action: 'payout.see', object: 'payouts.csv', outcome: 'done' })
  const { state, order } = readPayoutQuery(Object.fromEntries(request.nextUrl.searchParams))
  let before: Uuid | undefined
  const heads = [t('id'), t('day'), t('stands'), t('currency'), t('sold'), t('refunded'), t('fees'), t('other')]
  const money = [t('carriedIn'), t('reserved'), t('released'), t('net'), t('amount')]
  return csvAnswer('payouts.csv', csvLine([...heads, ...money]), async () => {
    const page = await gateway.settlement.list(merchant.id, { state, order, before, limit: ROWS })
    before = page.at(-1)?.id
    const lines = page.map((payout) => {
      const { sold, refunded, fees, other } = sumsOf(payout)
      const { carriedIn, reserved, released, net, amount } = payout
      const amounts = [sold, refunded, fees, other, carriedIn, -reserved, released, net, amount]
      const digits = exponentOf(payout.currency)
      return csvLine([
        ...[publicId('po', payout.id), payout.day, t(`state.${payout.state}`), payout.currency],
        ...amounts.map((each) => decimalText(each, digits)),
      ])
    })
    return { lines, isLast: page.length < ROWS }
  })
}
