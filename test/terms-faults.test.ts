import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { namesIn } from '../app/merchant/_parts/typed'
import { FIELD_OF, wrongOf } from '../app/operator/settlement/_parts/terms-faults'

interface Wrong {
  readonly operator: { readonly wrong: Readonly<Record<string, string>> }
}
const wrong = ['ko', 'en'].map((locale) => {
  const file = path.resolve(import.meta.dirname, `../locales/${locale}/settlement.json`)
  return (JSON.parse(readFileSync(file, 'utf8')) as Wrong).operator.wrong
})

test('what is wrong with terms stands at the field it is wrong with', () => {
  for (const [fault, field] of Object.entries(FIELD_OF)) expect(wrongOf(field)).toBe(fault)
  for (const name of ['feeFixed', 'vat', 'reserveDays', 'every'])
    for (const texts of wrong) expect(texts[wrongOf(name)]).toEqual(expect.any(String))
})

test('every field that a schema does not take is named once', () => {
  const schema = z.object({
    minimum: z
      .string()
      .regex(/^[0-9]+$/)
      .max(2),
    fee: z.string(),
    zone: z.string(),
  })
  const read = schema.safeParse({ minimum: 'abc', zone: 'Asia/Seoul' })
  expect(read.success ? [] : namesIn(read.error)).toEqual(['minimum', 'fee'])
})
