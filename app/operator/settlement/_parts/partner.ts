import type { Gateway } from '@/lib/gateway'
import type { Difference } from '@/lib/reconciliation/difference'

/** Whose books differ from ours, as people call them. */
export function partner(
  { settings }: Pick<Gateway, 'settings'>,
  { link, system }: Pick<Difference, 'link' | 'system'>,
  locale: 'ko' | 'en',
): string {
  const known = { issuer: settings.ISSUERS, centre: settings.BILLING_CENTRES, bank: settings.BANK_FILES }[link]
  return known.find(({ code }) => code === system)?.name[locale] ?? system
}
