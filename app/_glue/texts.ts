import { cookies, headers } from 'next/headers'
import { getRequestConfig } from 'next-intl/server'
import { defaultTimeZone, LOCALE_COOKIE, preferredLocale } from '@/components/i18n/locale'
import type { Locale } from '@/components/i18n/locale'

/** The texts of one language: a file for each part of the product, merged under its name. */
async function textsIn(locale: Locale) {
  const [shared, auth, checkout, bank, split, phone, account, merchant, counselor, courier, operator, docs] =
    await Promise.all([
      import(`../../locales/${locale}/shared.json`),
      import(`../../locales/${locale}/auth.json`),
      import(`../../locales/${locale}/checkout.json`),
      import(`../../locales/${locale}/bank.json`),
      import(`../../locales/${locale}/split.json`),
      import(`../../locales/${locale}/phone.json`),
      import(`../../locales/${locale}/account.json`),
      import(`../../locales/${locale}/merchant.json`),
      import(`../../locales/${locale}/counselor.json`),
      import(`../../locales/${locale}/courier.json`),
      import(`../../locales/${locale}/operator.json`),
      import(`../../locales/${locale}/docs.json`),
    ])
  return {
    shared: shared.default,
    auth: auth.default,
    checkout: checkout.default,
    bank: bank.default,
    split: split.default,
    phone: phone.default,
    account: account.default,
    merchant: merchant.default,
    counselor: counselor.default,
    courier: courier.default,
    operator: operator.default,
    docs: docs.default,
  }
}

/** The language of this request: what the reader chose, else what the browser asks for, else Korean. */
export default getRequestConfig(async () => {
  const chosen = (await cookies()).get(LOCALE_COOKIE)?.value
  const asked = (await headers()).get('accept-language')
  const locale = preferredLocale(chosen, asked)
  return { locale, messages: await textsIn(locale), timeZone: defaultTimeZone }
})
