import { getTranslations } from 'next-intl/server'
import { decimalText } from '@/components/i18n/format'
import type { Dispute } from '@/lib/disputes/dispute'
import { publicId } from '@/lib/ids'
import { exponentOf } from '@/lib/money/currency'

const COLUMNS = [
  ...(['id', 'payment', 'orderRef', 'orderName', 'reason', 'wanted', 'offer', 'granted', 'currency'] as const),
  ...(['state', 'outcome', 'createdAt', 'answeredAt', 'closedAt'] as const),
]

/** Disputes as cells of a CSV file, with the names of the columns. */
export async function disputeCells(): Promise<{
  readonly heads: readonly string[]
  readonly cellsOf: (dispute: Dispute) => string[]
}> {
  const t = await getTranslations('disputes')
  return {
    heads: COLUMNS.map((name) => t(`csv.${name}`)),
    cellsOf(dispute) {
      const money = (amount: bigint | undefined) =>
        amount === undefined ? '' : decimalText(amount, exponentOf(dispute.currency))
      const { granted, outcome } = dispute.state === 'decided' ? dispute : {}
      return [
        ...[publicId('dis', dispute.id), publicId('pay', dispute.paymentId), dispute.orderRef, dispute.orderName],
        ...[t(`reasons.${dispute.reason}`), money(dispute.wanted), money(dispute.offer), money(granted)],
        ...[dispute.currency, t(`state.${dispute.state}`), outcome ? t(`outcome.${outcome}`) : ''],
        ...[dispute.createdAt.toISOString(), dispute.answeredAt?.toISOString() ?? ''],
        dispute.closedAt?.toISOString() ?? '',
      ]
    },
  }
}
