import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { optimize } from './optimize'
import type { Result } from './result'

/** The specification's own examples, where a copy of it lies beside the repository. */
const folder = path.resolve(import.meta.dirname, '../../../../shared/specs/optimizer/examples')
const present = existsSync(folder)
if (!present)
  process.stderr.write(`The specification's examples are not tested: there is no ${path.relative('.', folder)}.\n`)

describe('the specification’s example', () => {
  const names = present ? readdirSync(folder) : ['(none here)']
  test.skipIf(!present).each(names)('%s', (name) => {
    const { instance, expected } = JSON.parse(readFileSync(path.join(folder, name), 'utf8')) as {
      instance: unknown
      expected: Result
    }
    expect(rounded(optimize(instance))).toEqual(rounded(expected))
  })
})

/** Money to the sixth decimal: beyond that doubles may differ. */
function rounded(result: Result): unknown {
  return JSON.parse(JSON.stringify(result), (_, value: unknown) =>
    typeof value === 'number' ? Math.round(value * 1e6) / 1e6 + 0 : value,
  )
}
