import { invariant } from '../../invariant'

/** One field of a line of fixed widths, counted in characters: digits with zeros on the left, or text with spaces on the right. */
export interface Field<Name extends string> {
  readonly name: Name
  readonly width: number
  readonly form: 'digits' | 'text'
}

export const digits = <Name extends string>(name: Name, width: number): Field<Name> => ({ name, width, form: 'digits' })
export const text = <Name extends string>(name: Name, width: number): Field<Name> => ({ name, width, form: 'text' })

/** Thrown for bytes that are no file of this form: says where and what. */
export class BrokenFile extends Error {
  override name = 'BrokenFile'
}

// Anything that could begin a new line, or turn what follows it round, in whatever reads the file.
const BREAKS_OUT = /[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]+/gu
const HALF_CHARACTER = /\p{Cs}/gu
const PRINTABLE_ASCII = /^[\x20-\x7e]*$/

/** Free text for the end of a line: at most so many characters, none of which can break out of it. */
export function freeText(wanted: string, most: number): string {
  const harmless = wanted.replace(HALF_CHARACTER, '\ufffd').replace(BREAKS_OUT, ' ').trim()
  // Most are short enough in any way of counting.
  return harmless.length <= most ? harmless : [...harmless].slice(0, most).join('').trimEnd()
}

/**
 * Writes values at their widths.
 * @throws BrokenInvariant for a value that does not fit its field: a line of another width would shift all that follows
 */
export function writeFields<Name extends string>(
  fields: readonly Field<Name>[],
  values: Readonly<Record<Name, string>>,
): string {
  let line = ''
  for (const { name, width, form } of fields) {
    const value = values[name]
    const fits = value.length <= width && (form === 'digits' ? /^[0-9]*$/.test(value) : PRINTABLE_ASCII.test(value))
    invariant(fits, `${name} does not fit ${width} characters of ${form}`)
    line += form === 'digits' ? value.padStart(width, '0') : value.padEnd(width, ' ')
  }
  return line
}

/**
 * Reads values from the beginning of a line; what is after the last field is left alone.
 * @throws BrokenFile when the line is too short or digits are expected and something else is found
 */
export function readFields<Name extends string>(fields: readonly Field<Name>[], line: string): Record<Name, string> {
  const values: Partial<Record<Name, string>> = {}
  let at = 0
  for (const { name, width, form } of fields) {
    const value = line.slice(at, at + width)
    at += width
    if (value.length < width) throw new BrokenFile(`the line ends within ${name}`)
    if (form === 'digits' && !/^[0-9]+$/.test(value)) throw new BrokenFile(`${name} is not made of digits`)
    if (form === 'text' && !PRINTABLE_ASCII.test(value)) throw new BrokenFile(`${name} is not printable`)
    values[name] = form === 'text' ? value.trimEnd() : value
  }
  return values as Record<Name, string>
}

/** How many characters the fields take together. */
export function widthOf(fields: readonly Field<string>[]): number {
  return fields.reduce((sum, { width }) => sum + width, 0)
}
