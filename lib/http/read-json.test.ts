import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ApiError, type ErrorCode } from './errors'
import { readJson } from './read-json'

const bytes = (text: string) => new TextEncoder().encode(text)

function refusalOf(document: Uint8Array): ErrorCode | 'accepted' {
  try {
    readJson(document)
    return 'accepted'
  } catch (error) {
    if (error instanceof ApiError) return error.code
    throw error
  }
}

const refused: [document: string, code: ErrorCode][] = [
  ['', 'malformed-json'],
  ['{', 'malformed-json'],
  ['{"a":1,}', 'malformed-json'],
  ["{'a':1}", 'malformed-json'],
  ['{"a":01}', 'malformed-json'],
  ['{"a":NaN}', 'malformed-json'],
  ['{"a":1} {"b":2}', 'malformed-json'],
  ['{"a":"\t"}', 'malformed-json'],
  ['{"a":1,"a":1}', 'duplicate-member'],
  ['{"amount":"1","\\u0061mount":"2"}', 'duplicate-member'],
  ['{"a":{"b":1,"b":2}}', 'duplicate-member'],
  ['{"a":[{"b":1},{"c":1,"c":2}]}', 'duplicate-member'],
  ['{"a":{},"b":[],"a":1}', 'duplicate-member'],
  ['{"a":"b,\\"c\\":","a":1}', 'duplicate-member'],
  ['{"__proto__":{}}', 'forbidden-member'],
  ['{"a":{"\\u005f_proto__":{}}}', 'forbidden-member'],
  ['{"a":"\\u0000"}', 'bad-text'],
  ['{"a":"\\ud800"}', 'bad-text'],
  ['{"\\udc00":1}', 'bad-text'],
  ['\ufeff{"a":1}', 'malformed-json'],
  ['['.repeat(33) + ']'.repeat(33), 'too-deep'],
  ['{"a":'.repeat(33) + '1' + '}'.repeat(33), 'too-deep'],
  ['['.repeat(60_000), 'malformed-json'],
]

describe('P10.1: a document that is not exactly one clear JSON value is refused', () => {
  const titled = refused.map(([document, code]) => [JSON.stringify(document).slice(0, 50), code, document] as const)
  test.each(titled)('%s is %s', (_title, code, document) => {
    expect(refusalOf(bytes(document))).toBe(code)
  })

  test.each([
    ['a lone continuation byte', [0x22, 0x80, 0x22]],
    ['an overlong slash', [0x22, 0xc0, 0xaf, 0x22]],
    ['a surrogate in UTF-8', [0x22, 0xed, 0xa0, 0x80, 0x22]],
    ['a cut character', [0x22, 0xea, 0xb0]],
  ])('%s is not UTF-8', (_title, document) => {
    expect(refusalOf(Uint8Array.from(document))).toBe('bad-text')
  })
})

test('the same name may stand in different objects, and a value may look like a name', () => {
  const document = '{"a":{"a":"a"},"b":[{"a":"b"},{"a":"\\"a\\":1"}],"c":"a","d":["a","a"]}'
  expect(readJson(bytes(document))).toEqual(JSON.parse(document))
})

test('P10.4: members called constructor or toString stay plain members', () => {
  const read = readJson(bytes('{"constructor":1,"toString":2}'))
  expect(Object.keys(read as object)).toEqual(['constructor', 'toString'])
})

test('whatever JSON.stringify writes is read back unchanged', () => {
  const value = fc
    .jsonValue({ maxDepth: 6, stringUnit: 'grapheme' })
    .filter((one) => !JSON.stringify(one).includes('__proto__'))
  fc.assert(
    fc.property(value, (one) => {
      const document = JSON.stringify(one)
      fc.pre(!document.includes('\\u0000'))
      expect(readJson(bytes(document))).toEqual(JSON.parse(document))
    }),
  )
})
