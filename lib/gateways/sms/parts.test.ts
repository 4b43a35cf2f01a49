import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type SmsPart, partsOf } from './parts'

const HEADER = 6
const textOf = ({ dataCoding, esmClass, bytes }: SmsPart): string => {
  const body = esmClass === 0x40 ? bytes.subarray(HEADER) : bytes
  return dataCoding === 8 ? Buffer.from(body).swap16().toString('utf16le') : body.toString('latin1')
}

test.each<[string, string, 0 | 8, number]>([
  ['160 characters of GSM-7', 'a'.repeat(160), 0, 1],
  ['161 characters of GSM-7', 'a'.repeat(161), 0, 2],
  ['306 characters of GSM-7', 'a'.repeat(306), 0, 2],
  ['307 characters of GSM-7', 'a'.repeat(307), 0, 3],
  ['80 of the extension, which cost two each', '€'.repeat(80), 0, 1],
  ['81 of the extension', '€'.repeat(81), 0, 2],
  ['70 characters of Korean', '가'.repeat(70), 8, 1],
  ['71 characters of Korean', '가'.repeat(71), 8, 2],
  ['134 characters of Korean', '가'.repeat(134), 8, 2],
  ['135 characters of Korean', '가'.repeat(135), 8, 3],
  ['one Korean character among Latin ones', `${'a'.repeat(70)}가`, 8, 2],
  ['won sign, which GSM-7 has not', '₩1,000', 8, 1],
  ['nothing', '', 0, 1],
])('%s: the right alphabet and number of parts', (_, text, dataCoding, count) => {
  const parts = partsOf(text, 7)
  expect(parts.map((part) => part.dataCoding)).toEqual(Array.from({ length: count }, () => dataCoding))
  expect(parts.every(({ bytes }) => bytes.length <= (dataCoding === 8 ? 140 : 160))).toBe(true)
})

test('each part says which of how many it is, of the same message', () => {
  const headers = partsOf('가'.repeat(150), 0x1ff).map(({ bytes }) => [...bytes.subarray(0, HEADER)])
  expect(headers).toEqual([
    [5, 0, 3, 0xff, 3, 1],
    [5, 0, 3, 0xff, 3, 2],
    [5, 0, 3, 0xff, 3, 3],
  ])
})

describe('no character is cut in two', () => {
  test('an emoji at the edge of a part goes into the next', () => {
    const [first, second] = partsOf(`${'가'.repeat(66)}🛒${'나'.repeat(20)}`, 1)
    expect([textOf(first!), textOf(second!)]).toEqual(['가'.repeat(66), `🛒${'나'.repeat(20)}`])
  })

  test('an extended character at the edge of a part goes into the next', () => {
    const [first, second] = partsOf(`${'a'.repeat(152)}€${'b'.repeat(20)}`, 1)
    expect([first!.bytes.length - HEADER, second!.bytes[HEADER]]).toEqual([152, 0x1b])
  })

  test('whatever the text, its parts in order are the text', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('가', '나', 'é', '🛒', '\n', '€', 'a'), maxLength: 400 }),
        (text) => {
          const parts = partsOf(`${text}가`, 1)
          expect(parts.map(textOf).join('')).toBe(`${text}가`)
          for (const { bytes } of parts) expect(bytes.length).toBeLessThanOrEqual(140)
        },
      ),
    )
  })
})

test('a text that no header can count is not sent', () => {
  expect(() => partsOf('가'.repeat(67 * 256), 1)).toThrow(RangeError)
})
