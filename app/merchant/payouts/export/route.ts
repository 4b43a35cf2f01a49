import { getTranslations } from 'next-intl/server'
import { noteDeed, requireDesk } from '@/app/_glue/desk'
import { csvAnswer } from '@/app/operator/_parts/csv-answer'
import { decimalText } from '@/components/i18n/format'
import { csvLine } from '@/lib/desk/csv'
import { publicId, type Uuid } from '@/lib/ids'
import { exponentOf } from '@/lib/money/currency'
import { sumsOf } from '@/lib/settlement/payout'

const ROWS = 500

/** Every payout of the shop as a CSV file. */
export async function GET(): Promise<Response> {
  const desk = await requireDesk('payout.see', '/merchant/payouts')
  const { gateway, merchant } = desk
  const t = await getTranslations('settlement')
  await noteDeed(desk, { action: 'payout.see', object: 'payouts.csv', outcome: 'done' })
  let before: Uuid | undefined
  const heads = [t('id'), t('day'), t('stands'), t('currency'), t('sold'), t('refunded'), t('fees'), t('other')]
  const money = [t('carriedIn'), t('reserved'), t('released'), t('net'), t('amount')]
  return csvAnswer('payouts.csv', csvLine([...heads, ...money]), async () => {
    const page = await gateway.settlement.list(merchant.id, { before, limit: ROWS })
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
