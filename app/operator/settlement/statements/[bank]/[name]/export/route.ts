import { getTranslations } from 'next-intl/server'
import { notFound } from 'next/navigation'
import { noteSystemDeed, requireSystem } from '@/app/_glue/system'
import { csvAnswer } from '@/app/operator/_parts/csv-answer'
import { decimalText } from '@/components/i18n/format'
import { csvLine } from '@/lib/desk/csv'
import { publicId } from '@/lib/ids'
import { exponentOf } from '@/lib/money/currency'
import { movementKind } from '../../../../_parts/movement-kind'

const ROWS = 1_000

interface Context {
  params: Promise<{ bank: string; name: string }>
}

/** The lines of one statement as a CSV file, read page by page. */
export async function GET(_request: Request, { params }: Context): Promise<Response> {
  const raw = await params
  const place = { bank: decodeURIComponent(raw.bank), name: decodeURIComponent(raw.name) }
  const desk = await requireSystem('settlement.see', '/operator/settlement/statements')
  const { statements } = desk.gateway
  const statement = await statements.find(place)
  if (!statement) notFound()
  const t = await getTranslations('settlement')
  await noteSystemDeed(desk, { action: 'settlement.see', object: place.name, outcome: 'exported' })
  const digits = exponentOf(statement.currency)
  let after = 0
  const heads = [t('statements.day'), t('statements.movement'), t('stands'), t('operator.shop'), t('lines.payment')]
  const rest = [t('statements.bankRef'), t('statements.reference'), t('statements.about'), t('statements.amount')]
  return csvAnswer(`${place.name}.csv`, csvLine([...heads, ...rest, t('currency')]), async () => {
    const page = await statements.lines(place, { after, limit: ROWS })
    after = page.at(-1)?.line ?? after
    const lines = page.map((line) =>
      csvLine([
        ...[line.bookedOn, t(`statements.kind.${movementKind(line.what)}`), t(`statements.line.${line.state}`)],
        ...[line.merchantName ?? '', line.paymentId ? publicId('pay', line.paymentId) : ''],
        ...[line.bankRef, line.endToEnd, line.about, decimalText(line.amount, digits), line.currency],
      ]),
    )
    return { lines, isLast: page.length < ROWS }
  })
}
