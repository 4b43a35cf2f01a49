'use server'

import { cookies } from 'next/headers'
import { LOCALE_COOKIE, locales } from '@/components/i18n/locale'
import { THEME_COOKIE, themes } from '@/components/ui/theme'

const YEAR_S = 365 * 24 * 60 * 60

async function keep(name: string, value: string) {
  const jar = await cookies()
  jar.set(name, value, { maxAge: YEAR_S, path: '/', sameSite: 'lax', httpOnly: true })
}

/** Keeps the language for the next visits. Anything but a language we speak changes nothing. */
export async function chooseLanguage(form: FormData): Promise<void> {
  const chosen = locales.find((locale) => locale === form.get('locale'))
  if (chosen) await keep(LOCALE_COOKIE, chosen)
}

/** Keeps the appearance for the next visits. */
export async function chooseTheme(form: FormData): Promise<void> {
  const chosen = themes.find((theme) => theme === form.get('theme'))
  if (chosen) await keep(THEME_COOKIE, chosen)
}
