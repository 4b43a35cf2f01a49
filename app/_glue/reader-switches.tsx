import { getLocale, getTranslations } from 'next-intl/server'
import { cookies } from 'next/headers'
import { ChoiceSwitch } from '@/components/ui/choice-switch'
import { MoonGlyph, ScreenGlyph, SunGlyph } from '@/components/ui/glyphs'
import { readTheme, THEME_COOKIE } from '@/components/ui/theme'
import { chooseLanguage, chooseTheme } from './reader-choices'

export async function LanguageSwitch() {
  const [locale, t] = await Promise.all([getLocale(), getTranslations('shared')])
  return (
    <ChoiceSwitch
      label={t('language')}
      name="locale"
      current={locale}
      action={chooseLanguage}
      options={[
        { value: 'ko', label: '한국어', lang: 'ko' },
        { value: 'en', label: 'English', lang: 'en' },
      ]}
    />
  )
}

export async function ThemeSwitch() {
  const [jar, t] = await Promise.all([cookies(), getTranslations('shared.theme')])
  const named = (Icon: typeof SunGlyph, name: string) => (
    <>
      <Icon />
      <span className="sr-only">{name}</span>
    </>
  )
  return (
    <ChoiceSwitch
      label={t('label')}
      name="theme"
      current={readTheme(jar.get(THEME_COOKIE)?.value)}
      action={chooseTheme}
      options={[
        { value: 'system', label: named(ScreenGlyph, t('system')) },
        { value: 'light', label: named(SunGlyph, t('light')) },
        { value: 'dark', label: named(MoonGlyph, t('dark')) },
      ]}
    />
  )
}
