import type { Gateway } from '@/lib/gateway'
import type { Difference } from '@/lib/reconciliation/difference'

/** Whose books differ from ours, as people call them. */
export function partner(
  { settings }: Pick<Gateway, 'settings'>,
  { link, system }: Pick<Difference, 'link' | 'system'>,
  locale: 'ko' | 'en',
): string {
  const { ISSUERS, BILLING_CENTRES, BANK_FILES, BANKS } = settings
  const known = { issuer: ISSUERS, centre: BILLING_CENTRES, bank: [...BANK_FILES, ...BANKS] }[link]
  return known.find(({ code }) => code === system)?.name[locale] ?? system
}
