import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import type { Messages } from 'next-intl'
import { wordsIn } from '../examples/shop/words'
import type { Words } from '../examples/shop/words'
import type sealing from '../locales/ko/sealing.json'

export type Language = 'ko' | 'en'

const LOCALES = path.resolve(import.meta.dirname, '../locales')

/** What the pages say to a reader: journeys find buttons and fields by the words that people see. */
export interface ReaderWords {
  readonly language: Language
  readonly moa: Messages & { readonly sealing: typeof sealing }
  readonly shop: Words
}

/** @param locale of the browser, as in its Accept-Language */
export function wordsFor(locale: string | undefined): ReaderWords {
  const language = locale?.startsWith('en') ? 'en' : 'ko'
  return { language, moa: textsIn(language), shop: wordsIn(language) }
}

/** The files of a language, each under its name. */
function textsIn(language: Language): ReaderWords['moa'] {
  const files = readdirSync(path.join(LOCALES, language))
  const texts = files.map((file) => [
    path.basename(file, '.json'),
    JSON.parse(readFileSync(path.join(LOCALES, language, file), 'utf8')) as unknown,
  ])
  return Object.fromEntries(texts) as ReaderWords['moa']
}
