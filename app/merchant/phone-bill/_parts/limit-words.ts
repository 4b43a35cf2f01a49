import 'server-only'
import { getTranslations } from 'next-intl/server'
import type { LimitName } from '@/components/phone/limit-facts'

/** How the limits of phone bills are called, wherever they are shown or changed. */
export async function limitWords(): Promise<Readonly<Record<LimitName | 'none' | 'empty', string>>> {
  const t = await getTranslations('operator.phoneBill')
  return {
    perPurchase: t('perPurchase'),
    perDay: t('perDay'),
    perMonth: t('perMonth'),
    countPerDay: t('countPerDay'),
    countPerMonth: t('countPerMonth'),
    none: t('none'),
    empty: t('empty'),
  }
}
