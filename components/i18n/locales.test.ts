import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'

const folder = path.resolve(import.meta.dirname, '../../locales')
const areas = readdirSync(path.join(folder, 'ko'))

/** Every text of a file by its path: "paid.title" → "결제했어요". */
function textsOf(locale: string, area: string): Map<string, string> {
  const texts = new Map<string, string>()
  const walk = (value: unknown, at: string) => {
    if (typeof value === 'string') texts.set(at, value)
    else for (const [key, inner] of Object.entries(value as object)) walk(inner, at ? `${at}.${key}` : key)
  }
  walk(JSON.parse(readFileSync(path.join(folder, locale, area), 'utf8')), '')
  return texts
}

// A name, or a name and how it is counted; the words of a plural stand in braces too.
const placesOf = (text: string) => [...text.matchAll(/\{(\w+)(?=[,}])/g)].map(([, name]) => name).sort()

test.each(areas)('every text of %s is there in Korean and in English, with the same places to fill', (area) => {
  const korean = textsOf('ko', area)
  const english = textsOf('en', area)
  expect([...english.keys()].sort()).toEqual([...korean.keys()].sort())
  for (const [at, text] of korean) expect([at, placesOf(english.get(at) ?? '')]).toEqual([at, placesOf(text)])
})

test.each(areas)('no English text of %s is left in Korean, and none is empty', (area) => {
  for (const [at, text] of textsOf('en', area))
    expect([at, text]).toEqual([at, expect.not.stringMatching(/[가-힣]|^\s*$/)])
})
