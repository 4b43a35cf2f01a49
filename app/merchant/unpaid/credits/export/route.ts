import { getTranslations } from 'next-intl/server'
import type { NextRequest } from 'next/server'
import { noteDeed, requireDesk } from '@/app/_glue/desk'
import { readOrder } from '@/app/_glue/list-sort'
import { csvAnswer } from '@/app/operator/_parts/csv-answer'
import { decimalText } from '@/components/i18n/format'
import { csvLine } from '@/lib/desk/csv'
import type { GiroCredit } from '@/lib/giro/giro-bill'
import { publicId, type Uuid } from '@/lib/ids'
import { exponentOf } from '@/lib/money/currency'

const ROWS = 500

const COLUMNS = ['id', 'payment', 'payer', 'account', 'bankRef', 'why', 'on', 'came', 'amount', 'currency'] as const

/** Giro credits to be given back as a CSV file, in the order of the page it is asked from; sent as it is read. */
export async function GET(request: NextRequest): Promise<Response> {
  const desk = await requireDesk('unpaid.see', '/merchant/unpaid/credits')
  const { gateway, merchant } = desk
  const t = await getTranslations('merchant.unpaid.back')
  const order = readOrder(request.nextUrl.searchParams.get('sort') ?? undefined)
  const rowOf = ({ amount: { amount, currency }, ...credit }: GiroCredit) => {
    const money = (part: bigint) => decimalText(part, exponentOf(currency))
    return csvLine([
      ...[publicId('gcr', credit.id), credit.paymentId ? publicId('pay', credit.paymentId) : ''],
      ...[credit.payerName, credit.payerAccount, credit.bankRef, t(`finding.${credit.finding}`), credit.bookedOn],
      ...[money(amount), money(credit.owed), currency],
    ])
  }
  await noteDeed(desk, { action: 'unpaid.see', object: 'credits-to-return.csv', outcome: 'done' })
  let before: Uuid | undefined
  return csvAnswer('credits-to-return.csv', csvLine(COLUMNS.map((name) => t(`csv.${name}`))), async () => {
    const page = await gateway.giro.credits(merchant.id, { list: 'owed', order, before, limit: ROWS })
    before = page.at(-1)?.id
    return { lines: page.map(rowOf), isLast: page.length < ROWS }
  })
}
