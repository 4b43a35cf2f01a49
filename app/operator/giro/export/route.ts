import { getTranslations } from 'next-intl/server'
import type { NextRequest } from 'next/server'
import { noteSystemDeed, requireSystem } from '@/app/_glue/system'
import { decimalText } from '@/components/i18n/format'
import { csvLine } from '@/lib/desk/csv'
import { publicId, type Uuid } from '@/lib/ids'
import { exponentOf } from '@/lib/money/currency'
import { csvAnswer } from '../../_parts/csv-answer'

const ROWS = 500

/** Giro credits that nobody's bill was found for as a CSV file, with the search of the page it is asked from. */
export async function GET(request: NextRequest): Promise<Response> {
  const desk = await requireSystem('system.see', '/operator/giro')
  const { giro } = desk.gateway
  const t = await getTranslations('operator.giro')
  const search = (request.nextUrl.searchParams.get('q') ?? '').normalize('NFC').trim().slice(0, 100)
  await noteSystemDeed(desk, { action: 'system.see', object: 'giro-credits.csv', outcome: 'done' })
  let before: Uuid | undefined
  const heads = [t('number'), t('payer'), t('account'), t('wrote'), t('bankRef'), t('found'), t('on'), t('amount')]
  return csvAnswer('giro-credits.csv', csvLine([...heads, t('left'), t('currency')]), async () => {
    const page = await giro.unassigned({ limit: ROWS, ...(search && { search }), ...(before && { before }) })
    before = page.at(-1)?.id
    const lines = page.map((credit) => {
      const { amount, currency } = credit.amount
      const money = (part: bigint) => decimalText(part, exponentOf(currency))
      return csvLine([
        ...[publicId('gcr', credit.id), credit.payerName, credit.payerAccount, credit.remittance, credit.bankRef],
        ...[t(`finding.${credit.finding}`), credit.bookedOn, money(amount), money(credit.unassigned), currency],
      ])
    })
    return { lines, isLast: page.length < ROWS }
  })
}
