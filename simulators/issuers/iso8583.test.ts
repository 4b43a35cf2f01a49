import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { FieldFormat } from './fields'
import { FIELDS } from './fields'
import { FrameReader, frame } from './framing'
import { decode, emptyFields, encode } from './iso8583'
import { passesLuhn, withCheckDigit } from './luhn'

const char = (from: string) => fc.constantFrom(...from)
const DIGITS = '0123456789'
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const PRINTABLE = Array.from({ length: 94 }, (_, at) => String.fromCharCode(33 + at)).join('')

function valueOf(format: FieldFormat): fc.Arbitrary<string> {
  const { fixed, max } = format
  const text = (alphabet: string, least: number, most: number) =>
    fc.array(char(alphabet), { minLength: least, maxLength: most }).map((all) => all.join(''))
  switch (format.content) {
    case 'digits':
      return text(DIGITS, fixed ?? 1, max)
    case 'alphanumeric':
      return text(DIGITS + LETTERS, 1, max).map((value) => value.padEnd(fixed ?? 0))
    case 'printable':
      return text(PRINTABLE, 1, max).map((value) => value.padEnd(fixed ?? 0))
    case 'signed-amount':
      return fc.tuple(char('CD'), text(DIGITS, max - 1, max - 1)).map((parts) => parts.join(''))
  }
}

const known = FIELDS.flatMap((format, number) => (format ? [{ number, format }] : []))
const anyMessage = fc
  .record({
    mti: fc.constantFrom('0100', '0110', '0220', '0400', '0510', '0800'),
    values: fc.tuple(...known.map(({ format }) => fc.option(valueOf(format), { nil: undefined }))),
  })
  .map(({ mti, values }) => {
    const fields = emptyFields()
    for (const [at, { number }] of known.entries()) fields[number] = values[at]
    return { mti, fields }
  })

describe('messages of the issuer link', () => {
  test('whatever is written is read back the same', () => {
    fc.assert(
      fc.property(anyMessage, (message) => {
        expect(decode(encode(message))).toEqual({ message })
      }),
    )
  })

  test('a message that is cut off or goes on is never read as whole', () => {
    fc.assert(
      fc.property(anyMessage, fc.nat(), (message, where) => {
        const text = encode(message)
        const cut = decode(text.slice(0, where % text.length))
        expect('broken' in cut || cut.fault !== undefined).toBe(true)
        expect(decode(`${text}0`)).toHaveProperty('fault')
      }),
    )
  })

  test('no bytes at all make the reader fail', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => void decode(Buffer.from(bytes).toString('latin1'))),
    )
  })

  test('a sign-on looks as the profile says, to the last character', () => {
    const fields = emptyFields()
    fields[7] = '1121031500'
    fields[11] = '000042'
    fields[70] = '001'
    // Bits 1, 7 and 11 of the first bitmap; bit 70, the sixth of the second.
    expect(encode({ mti: '0800', fields })).toBe(
      '0800' + '8220000000000000' + '0400000000000000' + '1121031500' + '000042' + '001',
    )
  })

  test('a variable element carries its length in two digits, a private one in three', () => {
    const fields = emptyFields()
    fields[2] = '9400010000000004'
    fields[48] = 'VC=a;LEG=1/2'
    expect(encode({ mti: '0100', fields })).toBe('0100' + '4000000000010000' + '169400010000000004' + '012VC=a;LEG=1/2')
  })

  test.each([
    ['a bitmap in small letters', '0100400000000000000a'],
    ['a bitmap that is cut off', '010040000'],
    ['a second bitmap that is announced and missing', '08008220000000000000'],
    ['a message type of letters', 'ABCD4000000000000000'],
    ['nothing', ''],
  ])('%s cannot be read at all', (_, text) => {
    expect(decode(text)).toHaveProperty('broken')
  })

  test('a value that does not fit its element is not written', () => {
    const fields = emptyFields()
    fields[4] = '12'
    expect(() => encode({ mti: '0100', fields })).toThrow(RangeError)
  })
})

describe('frames', () => {
  test('however the network splits and joins the bytes, the same messages come out', () => {
    fc.assert(
      fc.property(
        fc.array(fc.stringMatching(/^[0-9A-F]{1,400}$/), { minLength: 1, maxLength: 8 }),
        fc.array(fc.integer({ min: 1, max: 500 }), { minLength: 1, maxLength: 30 }),
        (messages, cuts) => {
          const bytes = Buffer.from(messages.map(frame).join(''), 'latin1')
          const reader = new FrameReader()
          const out: string[] = []
          let at = 0
          for (let turn = 0; at < bytes.length; turn++) {
            const length = cuts[turn % cuts.length] ?? 1
            out.push(...reader.push(bytes.subarray(at, at + length)))
            at += length
          }
          expect(out).toEqual(messages)
        },
      ),
    )
  })

  test('a length of nothing, or of more than any message has, ends the stream', () => {
    expect(() => new FrameReader().push(Buffer.from([0, 0]))).toThrow(RangeError)
    expect(() => new FrameReader().push(Buffer.from([0xff, 0xff]))).toThrow(RangeError)
  })
})

test('a check digit catches every single wrong digit', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[0-9]{15}$/), fc.nat(15), fc.integer({ min: 1, max: 9 }), (digits, where, by) => {
      const number = withCheckDigit(digits)
      const wrong = [...number].map((digit, at) => (at === where ? (Number(digit) + by) % 10 : digit)).join('')
      expect(passesLuhn(number)).toBe(true)
      expect(passesLuhn(wrong)).toBe(false)
    }),
  )
})
