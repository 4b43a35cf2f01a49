import 'server-only'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { cache } from 'react'

/** The guides for people, in the order in which they are listed. */
export const guides = ['shop', 'operator', 'counselor', 'glossary'] as const
export type Guide = (typeof guides)[number]

export function isGuide(name: string): name is Guide {
  return guides.some((guide) => guide === name)
}

/** The text of a guide as Markdown, in the reader's language. */
export const readGuide = cache((guide: Guide, locale: 'ko' | 'en'): Promise<string> => {
  // The words are kept once; their English list is the one that developers read.
  const file = guide === 'glossary' && locale === 'en' ? 'docs/GLOSSARY.md' : `docs/people/${locale}/${guide}.md`
  return readFile(path.join(/* turbopackIgnore: true */ process.cwd(), file), 'utf8')
})
