import type { Locale } from '../payments/payment'

const RANGE = /^\s*(\*|[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*)\s*(?:;\s*q\s*=\s*([01](?:\.[0-9]{0,3})?)\s*)?$/

/**
 * The language in which to answer (RFC 9110, Accept-Language): Korean or English, whichever the caller prefers; Korean
 * when the caller names neither, as everywhere else in Moa.
 */
export function languageOf(acceptLanguage: string | undefined): Locale {
  if (acceptLanguage === undefined) return 'ko'
  const best = { ko: 0, en: 0, any: 0 }
  for (const range of acceptLanguage.slice(0, 200).split(',')) {
    const [, tag, weight] = RANGE.exec(range) ?? []
    if (tag === undefined) continue
    const language = tag === '*' ? 'any' : tag.split('-')[0]!.toLowerCase()
    if (language !== 'ko' && language !== 'en' && language !== 'any') continue
    best[language] = Math.max(best[language], weight === undefined ? 1 : Number(weight))
  }
  return best.en > Math.max(best.ko, best.any) ? 'en' : 'ko'
}
