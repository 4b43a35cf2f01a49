import { fieldFormats } from './fields'
import type { Alphabet, FieldFormat, FieldNumber, Fields } from './fields'

/** A message of the issuer link: its four-digit type (MTI) and its fields. */
export interface Message {
  readonly mti: string
  readonly fields: Readonly<Fields>
}

/** A message that does not keep to the profile. Says where, never what stood there: it may have been a card number. */
export class MalformedMessage extends Error {
  override readonly name = 'MalformedMessage'
}

const HEX = '0123456789ABCDEF'
const BITMAP_DIGITS = 16
const NUMBER_OF_FIELDS = 128

/** Field formats by number, with holes: a lookup by number is on the path of every message. */
const formats: (FieldFormat | undefined)[] = Array.from({ length: NUMBER_OF_FIELDS + 1 })
for (const [number, format] of Object.entries(fieldFormats)) formats[Number(number)] = format
const fieldNumbers = Object.keys(fieldFormats).map(Number) as FieldNumber[]

const DIGIT = 1
const ALPHANUMERIC = 2
const PRINTABLE = 4
/** What each of the 256 characters of a byte counts as. */
const characterKinds = Uint8Array.from({ length: 256 }, (_, code) => {
  const character = String.fromCharCode(code)
  if (/[0-9]/.test(character)) return DIGIT | ALPHANUMERIC | PRINTABLE
  if (/[A-Za-z ]/.test(character)) return ALPHANUMERIC | PRINTABLE
  return code > 0x20 && code < 0x7f ? PRINTABLE : 0
})
const kindOf = { n: DIGIT, an: ALPHANUMERIC, ans: PRINTABLE, 'x+n': DIGIT } as const satisfies Record<Alphabet, number>

/** Whether the characters from `start` to `end` are all of the alphabet. */
function isWritten(text: string, alphabet: Alphabet, start: number, end: number): boolean {
  const kind = kindOf[alphabet]
  let index = start
  if (alphabet === 'x+n') {
    if (text[start] !== 'C' && text[start] !== 'D') return false
    index += 1
  }
  for (; index < end; index += 1) {
    // Beyond the table is undefined, and undefined has no bits.
    if ((characterKinds[text.charCodeAt(index)]! & kind) === 0) return false
  }
  return true
}

/**
 * Writes a message as the profile has it: type, bitmaps in upper-case hex, fields in ascending order. Short fixed
 * fields are filled (digits with zeros on the left, text with spaces on the right).
 *
 * @throws MalformedMessage if a field is too long or uses a character its format does not have
 */
export function encode(message: Message): Buffer {
  if (message.mti.length !== 4 || !isWritten(message.mti, 'n', 0, 4))
    throw new MalformedMessage('the type is not four digits')
  const nibbles = new Uint8Array(NUMBER_OF_FIELDS / 4)
  let body = ''
  for (const number of fieldNumbers) {
    const value = message.fields[number]
    if (value === undefined) continue
    body += written(number, value)
    nibbles[(number - 1) >> 2]! |= 8 >> ((number - 1) & 3)
    if (number > 64) nibbles[0]! |= 8
  }
  const digits = nibbles[0]! & 8 ? 2 * BITMAP_DIGITS : BITMAP_DIGITS
  let bitmap = ''
  for (let index = 0; index < digits; index += 1) bitmap += HEX[nibbles[index]!]
  return Buffer.from(message.mti + bitmap + body, 'latin1')
}

function written(number: FieldNumber, value: string): string {
  const format: FieldFormat = fieldFormats[number]
  const { length, lengthDigits, alphabet } = format
  let whole = value
  if (lengthDigits === 0 && value.length < length) {
    if (alphabet === 'n') whole = value.padStart(length, '0')
    if (alphabet === 'an' || alphabet === 'ans') whole = value.padEnd(length, ' ')
  }
  const fits = lengthDigits === 0 ? whole.length === length : whole.length <= length
  if (!fits || !isWritten(whole, alphabet, 0, whole.length)) {
    throw new MalformedMessage(`field ${number} does not fit its format`)
  }
  return lengthDigits === 0 ? whole : String(whole.length).padStart(lengthDigits, '0') + whole
}

/**
 * Reads a message. Strict: an unknown field, a length or character outside the format, a bitmap that is not upper-case
 * hex, or anything after the last field is refused.
 *
 * @throws MalformedMessage
 */
export function decode(payload: Buffer): Message {
  const text = payload.toString('latin1')
  if (text.length < 4 + BITMAP_DIGITS || !isWritten(text, 'n', 0, 4)) throw new MalformedMessage('no type and bitmap')
  let bitmapEnd = 4 + BITMAP_DIGITS
  const fields: Fields = {}
  let at = bitmapEnd
  if (nibbleAt(text, 4) & 8) {
    bitmapEnd += BITMAP_DIGITS
    at = bitmapEnd
    if (text.length < bitmapEnd) throw new MalformedMessage('the secondary bitmap is cut off')
  }
  for (let digit = 4; digit < bitmapEnd; digit += 1) {
    const nibble = nibbleAt(text, digit)
    for (let bit = 0; bit < 4; bit += 1) {
      if ((nibble & (8 >> bit)) === 0) continue
      const number = (digit - 4) * 4 + bit + 1
      if (number === 1) continue // says that there is a secondary bitmap
      at = readField(text, at, number, fields)
    }
  }
  if (at !== text.length) throw new MalformedMessage('something follows the last field')
  return { mti: text.slice(0, 4), fields }
}

/** Reads one field into `fields` and returns where the next begins. */
function readField(text: string, at: number, number: number, fields: Fields): number {
  const format = formats[number]
  if (!format) throw new MalformedMessage(`field ${number} is not of this link`)
  const start = at + format.lengthDigits
  let length = format.length
  if (format.lengthDigits > 0) {
    if (start > text.length || !isWritten(text, 'n', at, start))
      throw new MalformedMessage(`field ${number} has no length`)
    length = Number(text.slice(at, start))
  }
  const end = start + length
  if (length > format.length || end > text.length) throw new MalformedMessage(`field ${number} has a wrong length`)
  if (!isWritten(text, format.alphabet, start, end)) throw new MalformedMessage(`field ${number} has a wrong character`)
  const value = text.slice(start, end)
  const isPadded = format.lengthDigits === 0 && (format.alphabet === 'an' || format.alphabet === 'ans')
  fields[number as FieldNumber] = isPadded ? value.trimEnd() : value
  return end
}

/** The value of an upper-case hex digit. */
function nibbleAt(text: string, index: number): number {
  const nibble = HEX.indexOf(text[index]!)
  if (nibble < 0) throw new MalformedMessage('the bitmap is not upper-case hex')
  return nibble
}
