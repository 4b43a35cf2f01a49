import { getTranslations } from 'next-intl/server'
import { noteSystemDeed, requireSystem } from '@/app/_glue/system'
import { decimalText } from '@/components/i18n/format'
import type { BillingFile } from '@/lib/billing/file-store'
import { csvLine } from '@/lib/desk/csv'
import { exponentOf, isCurrency } from '@/lib/money/currency'
import { csvAnswer } from '../../_parts/csv-answer'
import { partner } from '../../settlement/_parts/partner'

const ROWS = 500

/** Every charging file with what its billing centre said of it, the newest first, as a CSV file. */
export async function GET(): Promise<Response> {
  const desk = await requireSystem('system.see', '/operator/phone-bill')
  const { gateway, locale } = desk
  const [t, board] = await Promise.all([
    getTranslations('operator.phoneBill.csv'),
    getTranslations('operator.board.fileState'),
  ])
  const rowOf = (file: BillingFile) => {
    const money = (amount: bigint) => (isCurrency(file.currency) ? decimalText(amount, exponentOf(file.currency)) : '')
    return csvLine([
      ...[partner(gateway, { link: 'centre', system: file.centre }, locale), String(file.sequence), file.name],
      ...[file.periodStart, file.periodEnd, board(file.state), String(file.details)],
      ...[money(file.charges), money(file.credits), file.currency, file.createdAt.toISOString()],
      ...[file.sentAt?.toISOString() ?? '', file.answeredAt?.toISOString() ?? '', file.reason ?? ''],
    ])
  }
  await noteSystemDeed(desk, { action: 'system.see', object: 'charging-files.csv', outcome: 'done' })
  let before: BillingFile | undefined
  const first = [t('centre'), t('sequence'), t('name'), t('from'), t('until'), t('state'), t('details')]
  const rest = [t('charges'), t('credits'), t('currency'), t('made'), t('sent'), t('answered'), t('reason')]
  return csvAnswer('charging-files.csv', csvLine([...first, ...rest]), async () => {
    const page = await gateway.billingFiles.files(ROWS, before)
    before = page.at(-1)
    return { lines: page.map(rowOf), isLast: page.length < ROWS }
  })
}
