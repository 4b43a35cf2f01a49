import 'server-only'
import { getTranslations } from 'next-intl/server'
import type { DeedAnswer } from '@/components/merchant/deed-dialog'
import type merchantTexts from '@/locales/ko/merchant.json'

/** A deed that was not done, and why, in the reader's words. */
export async function refused(why: keyof (typeof merchantTexts)['fault']): Promise<DeedAnswer> {
  const t = await getTranslations('merchant.fault')
  return { kind: 'refused', message: t(why) }
}
