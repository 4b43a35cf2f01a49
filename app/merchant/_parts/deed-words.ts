import 'server-only'
import { getTranslations } from 'next-intl/server'
import type { DeedWords } from '@/components/merchant/deed-dialog'

/** The words of a dialog that confirms a deed. */
export async function deedWords(confirm: string): Promise<DeedWords> {
  const [t, shared] = await Promise.all([getTranslations('merchant'), getTranslations('shared')])
  return { close: shared('close'), cancel: shared('back'), confirm, unknown: t('refused.unknown') }
}
