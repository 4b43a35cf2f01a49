import type { Messages } from 'next-intl'
import { cookies, headers } from 'next/headers'
import { getRequestConfig } from 'next-intl/server'
import { defaultTimeZone, LOCALE_COOKIE, preferredLocale } from '@/components/i18n/locale'
import type { Locale } from '@/components/i18n/locale'

/** A file for each part of the product, in both languages. */
const AREAS = [
  ...(['shared', 'auth', 'people', 'checkout', 'bank', 'split', 'phone', 'account', 'address'] as const),
  ...(['merchant', 'modules', 'disputes', 'flow', 'settlement', 'refunds', 'selling'] as const),
  ...(['counselor', 'courier', 'operator', 'docs', 'tour', 'debit', 'codes'] as const),
] satisfies (keyof Messages)[]

/** The texts of one language, merged under the names of their files. */
async function textsIn(locale: Locale): Promise<Messages> {
  const texts = await Promise.all(
    AREAS.map(async (area) => {
      const file = (await import(`../../locales/${locale}/${area}.json`)) as { readonly default: unknown }
      return [area, file.default] as const
    }),
  )
  return Object.fromEntries(texts) as unknown as Messages
}

/** The language of this request: what the reader chose, else what the browser asks for, else Korean. */
export default getRequestConfig(async () => {
  const chosen = (await cookies()).get(LOCALE_COOKIE)?.value
  const asked = (await headers()).get('accept-language')
  const locale = preferredLocale(chosen, asked)
  return { locale, messages: await textsIn(locale), timeZone: defaultTimeZone }
})
