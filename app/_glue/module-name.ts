import type { getTranslations } from 'next-intl/server'
import type { InstalledModule } from '@/lib/merchant-modules/installed-module'

const NAMED = [
  ...(['card', 'vcard', 'phone-bill', 'micro-account', 'e-cash', 'bank-transfer'] as const),
  ...(['cash-on-delivery', 'giro', 'direct-debit', 'stripe'] as const),
] as const

/** A module as people call it; one of somebody else has brought its own names. */
export function moduleName(
  t: Awaited<ReturnType<typeof getTranslations<'modules'>>>,
  { code, packaged }: Pick<InstalledModule, 'code' | 'packaged'>,
  locale: 'ko' | 'en',
): string {
  const named = NAMED.find((known) => known === code)
  return named ? t(`names.${named}`) : (packaged?.names[locale] ?? code)
}
