/**
 * Messages of the issuer link, ISO 8583:1987 all in ASCII: message type, bitmap in upper-case hexadecimal, elements.
 * Written from the link profile alone, so that the gateway's own reading of the profile is checked against another's.
 */
import { FIELDS, LAST_FIELD, fits, isDigits } from './fields'

export interface Message {
  /** Message type indicator, four digits. */
  readonly mti: string
  /** Element values by element number, fixed ones with their filling, variable ones without their length. */
  readonly fields: (string | undefined)[]
}

/**
 * A message as it was read. `fault` names what breaks the profile; the elements that could be read are still there, so
 * that a format error can be answered.
 */
export type Decoded = { readonly message: Message; readonly fault?: string } | { readonly broken: string }

const HEX = '0123456789ABCDEF'
const BITMAP_LENGTH = 16

export function emptyFields(): (string | undefined)[] {
  return new Array<string | undefined>(LAST_FIELD + 1).fill(undefined)
}

/** The numbers of the elements that 16 hexadecimal characters announce, or undefined when they are not a bitmap. */
function readBitmap(text: string, start: number, first: number): number[] | undefined {
  if (text.length < start + BITMAP_LENGTH) return undefined
  const present: number[] = []
  for (let nibble = 0; nibble < BITMAP_LENGTH; nibble++) {
    const code = text.charCodeAt(start + nibble)
    const value = code >= 48 && code <= 57 ? code - 48 : code >= 65 && code <= 70 ? code - 55 : -1
    if (value < 0) return undefined
    for (let bit = 0; bit < 4; bit++) if (value & (8 >> bit)) present.push(first + nibble * 4 + bit)
  }
  return present
}

/** Reads one message (without its frame). Bytes that no message type and bitmap can be read from are broken. */
export function decode(text: string): Decoded {
  const mti = text.slice(0, 4)
  if (mti.length < 4 || !isDigits(mti)) return { broken: 'no message type' }
  const primary = readBitmap(text, 4, 1)
  if (!primary) return { broken: 'no bitmap' }
  let present = primary
  let at = 4 + BITMAP_LENGTH
  if (primary[0] === 1) {
    const secondary = readBitmap(text, at, 65)
    if (!secondary) return { broken: 'no secondary bitmap' }
    at += BITMAP_LENGTH
    present = [...primary.slice(1), ...secondary]
  }

  const message: Message = { mti, fields: emptyFields() }
  let fault: string | undefined
  for (const number of present) {
    const format = FIELDS[number]
    if (!format) return { message, fault: `element ${number} is not in the profile` }
    let length = format.fixed
    if (length === undefined) {
      const header = text.slice(at, at + (format.lengthDigits ?? 0))
      if (header.length !== format.lengthDigits || !isDigits(header))
        return { message, fault: `element ${number} has no length` }
      length = Number(header)
      at += header.length
      if (length > format.max) return { message, fault: `element ${number} is too long` }
    }
    if (at + length > text.length) return { message, fault: `element ${number} is cut off` }
    const value = text.slice(at, at + length)
    at += length
    if (fits(format, value)) message.fields[number] = value
    else fault ??= `element ${number} is malformed`
  }
  if (at !== text.length) fault ??= 'more follows the last element'
  return fault === undefined ? { message } : { message, fault }
}

function bitmapOf(fields: Message['fields'], first: number, continued: boolean): string {
  let text = ''
  for (let nibble = 0; nibble < BITMAP_LENGTH; nibble++) {
    let value = nibble === 0 && continued ? 8 : 0
    for (let bit = 0; bit < 4; bit++) if (fields[first + nibble * 4 + bit] !== undefined) value |= 8 >> bit
    text += HEX.charAt(value)
  }
  return text
}

/**
 * Writes one message (without its frame).
 * @throws RangeError when a value does not have the written form of its element.
 */
export function encode(message: Message): string {
  const { mti, fields } = message
  let body = ''
  let continued = false
  for (let number = 2; number < fields.length; number++) {
    const value = fields[number]
    if (value === undefined) continue
    const format = FIELDS[number]
    if (!format || !fits(format, value)) throw new RangeError(`element ${number} cannot be written`)
    if (number > 64) continued = true
    if (format.lengthDigits !== undefined) body += String(value.length).padStart(format.lengthDigits, '0')
    body += value
  }
  return mti + bitmapOf(fields, 1, continued) + (continued ? bitmapOf(fields, 65, false) : '') + body
}
