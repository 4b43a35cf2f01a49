export const locales = ['ko', 'en'] as const
export type Locale = (typeof locales)[number]

export const LOCALE_COOKIE = 'moa-locale'

/** Times are shown in this zone, and the zone is named where it matters. */
export const defaultTimeZone = 'Asia/Seoul'

function isLocale(text: string | undefined): text is Locale {
  return locales.some((locale) => locale === text)
}

/**
 * The language to answer in: the one chosen earlier, else the first that Accept-Language names and we speak, else
 * Korean. Accept-Language is read in its written order unless weights say otherwise (RFC 9110 12.5.4).
 */
export function preferredLocale(chosen: string | undefined, acceptLanguage: string | null): Locale {
  if (isLocale(chosen)) return chosen
  const asked = (acceptLanguage ?? '')
    .slice(0, 500)
    .split(',')
    .map((part) => {
      const [tag = '', ...parameters] = part.trim().toLowerCase().split(';')
      const weight = parameters.map((parameter) => /^\s*q=([0-9.]+)$/.exec(parameter)?.[1]).find(Boolean)
      return { language: tag.split('-')[0], weight: weight === undefined ? 1 : Number(weight) }
    })
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight)
  return asked.map(({ language }) => language).find(isLocale) ?? 'ko'
}
