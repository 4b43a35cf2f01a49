import type { Gateway } from '@/lib/gateway'
import type { LinkName } from '@/lib/gateways/link-observer'
import { SHOPS } from '@/lib/operations/figures'

/** An outside system as people call it: by its name in the settings where it has one. */
export function systemName(
  { settings }: Pick<Gateway, 'settings'>,
  { link, system }: { readonly link: LinkName; readonly system: string },
  locale: 'ko' | 'en',
  shops: string,
): string {
  if (system === SHOPS) return shops
  const known = {
    issuer: settings.ISSUERS,
    telco: settings.TELCOS,
    bank: settings.BANKS,
    'billing-file': settings.BILLING_CENTRES,
    'bank-file': settings.BANK_FILES,
  }
  const named = link in known ? known[link as keyof typeof known] : []
  return named.find(({ code }) => code === system)?.name[locale] ?? system
}
