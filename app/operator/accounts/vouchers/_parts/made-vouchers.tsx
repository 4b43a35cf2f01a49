import { getTranslations } from 'next-intl/server'
import type { DeedAnswer } from '@/components/merchant/deed-dialog'
import { VoucherCodes } from '@/components/operator/voucher-codes'

/** Done, with the codes, which are in this answer and nowhere else. */
export async function vouchersMade(codes: readonly string[]): Promise<DeedAnswer> {
  const t = await getTranslations('operator.vouchers')
  const content = <VoucherCodes codes={codes} text={t('made', { count: codes.length })} download={t('csv')} />
  return { kind: 'done', shown: { title: t('codes'), content } }
}
