import 'server-only'
import { getTranslations } from 'next-intl/server'
import type { DeedWords } from '@/components/merchant/deed-dialog'

/** The words of a dialog about how somebody logs in. */
export async function securityWords(confirm: string): Promise<DeedWords> {
  const t = await getTranslations('people.security.words')
  return { close: t('close'), cancel: t('cancel'), confirm, unknown: t('unknown') }
}
