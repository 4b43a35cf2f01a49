import { getTranslations } from 'next-intl/server'
import type { NextRequest } from 'next/server'
import { noteSystemDeed, requireSystem } from '@/app/_glue/system'
import { csvAnswer } from '@/app/operator/_parts/csv-answer'
import { decimalText } from '@/components/i18n/format'
import { csvLine } from '@/lib/desk/csv'
import { publicId } from '@/lib/ids'
import { exponentOf } from '@/lib/money/currency'
import type { NamedTerms, TermsMark } from '@/lib/settlement/terms-store'
import { readTermsQuery, TERMS } from '../../_parts/terms-query'

const ROWS = 500

const COLUMNS = [
  ...(['every', 'day', 'zone', 'delayDays', 'minimum', 'fee', 'feeFixed'] as const),
  ...(['vat', 'reserve', 'reserveDays'] as const),
] as const

/** The terms of every shop as a CSV file, searched as on the page it is asked from; sent as it is read. */
export async function GET(request: NextRequest): Promise<Response> {
  const desk = await requireSystem('settlement.see', TERMS)
  const { gateway, locale } = desk
  const t = await getTranslations('settlement')
  const { text } = readTermsQuery(Object.fromEntries(request.nextUrl.searchParams))
  const rowOf = ({ currency, schedule, ...one }: NamedTerms) => {
    const money = (amount: bigint) => decimalText(amount, exponentOf(currency))
    const day = schedule.every === 'day' ? '' : String(schedule.day)
    return csvLine([
      ...[publicId('mer', one.merchantId), locale === 'en' ? one.nameEn || one.name : one.name, currency],
      ...[t(`operator.every.${schedule.every}`), day, one.zone, String(one.delayDays), money(one.minimum)],
      ...[String(one.feeBps / 100), money(one.feeFixed), String(one.vatBps / 100)],
      ...[String(one.reserveBps / 100), String(one.reserveDays), money(one.carried)],
    ])
  }
  await noteSystemDeed(desk, { action: 'settlement.see', object: 'terms.csv', outcome: 'done' })
  let after: TermsMark | undefined
  const heads = [t('id'), t('operator.shop'), t('currency')]
  const fields = COLUMNS.map((name) => t(`operator.field.${name}`, { currency: t('currency') }))
  return csvAnswer('terms.csv', csvLine([...heads, ...fields, t('carriedIn')]), async () => {
    const page = await gateway.settlement.listTerms({ text, after, limit: ROWS })
    after = page.at(-1)
    return { lines: page.map(rowOf), isLast: page.length < ROWS }
  })
}
