import { en } from './words-en'
import { ko } from './words-ko'

export type Language = 'ko' | 'en'
export type Words = typeof ko

export function wordsIn(language: Language): Words {
  return language === 'ko' ? ko : en
}

/** The language chosen at the shop, else the browser's, else Korean. */
export function languageOf(chosen: string | undefined, accepted: string | undefined): Language {
  if (chosen === 'ko' || chosen === 'en') return chosen
  return /^\s*en\b/i.test(accepted ?? '') ? 'en' : 'ko'
}

/** An amount of won as people read it. */
export function priceIn(language: Language, won: bigint): string {
  return new Intl.NumberFormat(language, { style: 'currency', currency: 'KRW' }).format(won)
}

/** When something happened, by the clocks of Seoul. */
export function momentIn(language: Language, iso: string): string {
  return new Intl.DateTimeFormat(language, {
    dateStyle: 'medium',
    timeStyle: 'short',
    timeZone: 'Asia/Seoul',
    // Korean would mix in a Latin AM and PM.
    ...(language === 'ko' && { hourCycle: 'h23' }),
  }).format(new Date(iso))
}
