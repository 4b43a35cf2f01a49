import type { getTranslations } from 'next-intl/server'

const NAMED = ['card', 'vcard', 'phone-bill', 'micro-account', 'e-cash', 'bank-transfer'] as const

/** A means of payment as people call it; a module that has no name here goes by its code. */
export function meansName(t: Awaited<ReturnType<typeof getTranslations<'operator'>>>, module: string): string {
  const named = NAMED.find((known) => known === module)
  return named ? t(`means.${named}`) : module || t('statistics.nothingTried')
}
