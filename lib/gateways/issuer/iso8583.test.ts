import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fieldFormats } from './fields'
import type { FieldFormat, FieldNumber, Fields } from './fields'
import { decode, encode, MalformedMessage } from './iso8583'

const ascii = (text: string) => Buffer.from(text, 'latin1')

/** Written by hand from the profile, field by field. */
const authorization = {
  message: {
    mti: '0100',
    fields: {
      2: '9400010000000019',
      3: '000000',
      4: '10000',
      7: '1121030405',
      11: '000042',
      12: '120405',
      13: '1121',
      14: '2812',
      18: '5411',
      22: '010',
      25: '59',
      32: '94000000001',
      37: '3PQ1A2000042',
      41: 'MOA00001',
      42: 'shop-1',
      43: 'Moa Books Seoul',
      48: 'VC=v1;LEG=1/2;CVV=123',
      49: '410',
    },
  },
  bytes: [
    '0100',
    // 2 3 4 7 | 11 12 13 14 | 18 22 | 25 32 | 37 | 41 42 43 48 | 49
    '723C448108E18000',
    '16',
    '9400010000000019',
    '000000',
    '000000010000',
    '1121030405',
    '000042',
    '120405',
    '1121',
    '2812',
    '5411',
    '010',
    '59',
    '11',
    '94000000001',
    '3PQ1A2000042',
    'MOA00001',
    'shop-1         ',
    'Moa Books Seoul                         ',
    '021',
    'VC=v1;LEG=1/2;CVV=123',
    '410',
  ].join(''),
}

const signOn = {
  message: { mti: '0800', fields: { 7: '1121030405', 11: '000001', 70: '001' } },
  bytes: '0800' + '8220000000000000' + '0400000000000000' + '1121030405' + '000001' + '001',
}

const reversalRepeat = {
  message: {
    mti: '0401',
    fields: {
      2: '9400010000000019',
      3: '000000',
      4: '000000010000',
      7: '1121030411',
      11: '000043',
      32: '940',
      37: '3PQ1A2000042',
      39: '68',
      41: 'MOA00001',
      42: 'shop-1',
      49: '410',
      90: '0100' + '000042' + '1121030405' + '00000000940' + '00000000000',
    },
  },
  bytes:
    '0401' +
    'F22000010AC08000' +
    '0000004000000000' +
    '169400010000000019' +
    '000000' +
    '000000010000' +
    '1121030411' +
    '000043' +
    '03940' +
    '3PQ1A2000042' +
    '68' +
    'MOA00001' +
    'shop-1         ' +
    '410' +
    '010000004211210304050000000094000000000000',
}

describe('messages to and from an issuer', () => {
  test.each([
    ['an authorization', authorization],
    ['a sign-on', signOn],
    ['a repeated reversal', reversalRepeat],
  ])('%s is written byte for byte as the profile has it', (_, { message, bytes }) => {
    expect(encode(message).toString('latin1')).toBe(bytes)
  })

  test('amounts are read with all their digits and text without its padding', () => {
    const { fields } = decode(ascii(authorization.bytes))
    expect(fields[4]).toBe('000000010000')
    expect(fields[42]).toBe('shop-1')
    expect(fields[48]).toBe('VC=v1;LEG=1/2;CVV=123')
  })

  test('whatever is written is read back the same', () => {
    fc.assert(
      fc.property(aMessage(), (message) => {
        expect(decode(encode(message))).toEqual(message)
      }),
    )
  })

  test('a message cut short or with something behind it is never read', () => {
    fc.assert(
      fc.property(aMessage(), fc.nat(), fc.string({ minLength: 1 }), (message, cut, tail) => {
        const bytes = encode(message)
        expect(() => decode(bytes.subarray(0, cut % bytes.length))).toThrow(MalformedMessage)
        expect(() => decode(Buffer.concat([bytes, Buffer.from(tail)]))).toThrow(MalformedMessage)
      }),
    )
  })

  test('arbitrary bytes are read as a message or refused, nothing else', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        try {
          decode(Buffer.from(bytes))
        } catch (error) {
          expect(error).toBeInstanceOf(MalformedMessage)
        }
      }),
    )
  })

  test.each([
    ['no bitmap', '0110'],
    ['letters in the type', 'O110' + '0000000000000000'],
    ['a lower-case bitmap', '0110' + '02200000000000a0'],
    ['a bitmap that is not hex', '0110' + '0220000000000G00'],
    ['a secondary bitmap announced and absent', '0110' + '8000000000000000'],
    ['a field the link does not have', '0110' + '0800000000000000' + '12345678'],
    ['a tertiary bitmap', '0110' + '8000000000000000' + '8000000000000000' + '1'.repeat(8)],
    ['a letter in a number', '0110' + '0020000000000000' + '00004x'],
    ['a length that is no number', '0110' + '4000000000000000' + 'x6' + '9400010000000019'],
    ['a length above the field’s', '0110' + '4000000000000000' + '20' + '94000100000000190000'],
    ['a length beyond the message', '0110' + '4000000000000000' + '16' + '940001000000001'],
    ['a control character', '0110' + '0000000000800000' + 'MOA\n0001'],
    ['a character outside ASCII', '0110' + '0000000000800000' + 'MOA\xe90001'],
    ['a settlement amount without its sign', '0510' + '8000000000000000' + '0000000080000000' + '0'.repeat(17)],
    ['something behind the last field', '0810' + '0020000000000000' + '0000420'],
  ])('a message with %s is refused', (_, bytes) => {
    expect(() => decode(ascii(bytes))).toThrow(MalformedMessage)
  })

  test.each<[string, string, Fields]>([
    ['a type that is no number', '01x0', {}],
    ['an amount of thirteen digits', '0100', { 4: '1000000000000' }],
    ['a card number with a letter', '0100', { 2: '94000100000000l9' }],
    ['a merchant id of sixteen characters', '0100', { 42: 'a'.repeat(16) }],
    ['a name in Hangul', '0100', { 43: '모아' }],
    ['an empty settlement amount', '0500', { 97: '' }],
  ])('%s is not sent', (_, mti, fields) => {
    expect(() => encode({ mti, fields })).toThrow(MalformedMessage)
  })

  test('a refusal to send a card number does not repeat it', () => {
    expect(() => encode({ mti: '0100', fields: { 2: '9400010000000019x' } })).toThrow(
      /^field 2 does not fit its format$/,
    )
  })
})

const characters = {
  n: '0123456789',
  an: 'ABCXYZabcxyz0189',
  ans: 'ABCxyz019 !"#;=/~',
  'x+n': '0123456789',
} as const

/** Any message as it reads after decoding: fixed numbers full, fixed text without padding. */
function aMessage() {
  const numbers = Object.keys(fieldFormats).map(Number) as FieldNumber[]
  const aValue = (number: FieldNumber) => {
    const { alphabet, length, lengthDigits }: FieldFormat = fieldFormats[number]
    const unit = fc.constantFrom(...characters[alphabet])
    if (alphabet === 'x+n') {
      const digits = fc.string({ unit, minLength: length - 1, maxLength: length - 1 })
      return fc.tuple(fc.constantFrom('C', 'D'), digits).map(([sign, rest]) => sign + rest)
    }
    if (lengthDigits > 0) return fc.string({ unit, maxLength: length })
    if (alphabet === 'n') return fc.string({ unit, minLength: length, maxLength: length })
    return fc.string({ unit, maxLength: length }).map((text) => text.trimEnd())
  }
  const fields = fc
    .subarray(numbers)
    .chain((chosen) =>
      fc
        .tuple(...chosen.map((number) => aValue(number).map((value) => [number, value] as const)))
        .map((entries) => Object.fromEntries(entries) as Fields),
    )
  return fc.record({ mti: fc.string({ unit: fc.constantFrom(...characters.n), minLength: 4, maxLength: 4 }), fields })
}
