import type { getTranslations } from 'next-intl/server'
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

/** A job as people call it; one that nobody has named goes by its code. */
export function jobName(t: Awaited<ReturnType<typeof getTranslations<'operator'>>>, job: string): string {
  const place = `board.jobs.names.${job}` as never
  return t.has(place) ? t(place) : job
}

/** Whatever outside system a code belongs to, as people call it. */
export function anySystemName(
  { settings }: Pick<Gateway, 'settings'>,
  code: string,
  locale: 'ko' | 'en',
): string | undefined {
  const { ISSUERS, TELCOS, BANKS, BILLING_CENTRES, BANK_FILES } = settings
  const known = [...ISSUERS, ...TELCOS, ...BANKS, ...BILLING_CENTRES, ...BANK_FILES]
  return known.find((each) => each.code === code)?.name[locale]
}
