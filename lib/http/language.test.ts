import { expect, test } from 'vitest'
import { languageOf } from './language'

test.each([
  [undefined, 'ko'],
  ['', 'ko'],
  ['*', 'ko'],
  ['en', 'en'],
  ['en-GB,en;q=0.9', 'en'],
  ['ko-KR,ko;q=0.9,en;q=0.8', 'ko'],
  ['fr', 'ko'],
  ['fr,en;q=0.3', 'en'],
  ['en;q=0', 'ko'],
  ['ko;q=0.2, en;q=0.7', 'en'],
  ['EN-us', 'en'],
  ['en;q=nonsense', 'ko'],
  [`${'x'.repeat(5000)},en`, 'ko'],
] as const)('Accept-Language %s is answered in %s', (header, language) => {
  expect(languageOf(header)).toBe(language)
})
