/**
 * The data elements of the issuer link and their written form (issuer link profile, "Fields used"). An element that is
 * not listed has no known length, so a message that carries it cannot be read past it.
 */
export interface FieldFormat {
  /** Fixed length in characters, or absent where the element carries its own length. */
  readonly fixed?: number
  /** 2 for LLVAR, 3 for LLLVAR. */
  readonly lengthDigits?: 2 | 3
  readonly max: number
  readonly content: 'digits' | 'alphanumeric' | 'printable' | 'signed-amount'
}

const digits = (length: number): FieldFormat => ({ fixed: length, max: length, content: 'digits' })
const alphanumeric = (length: number): FieldFormat => ({ fixed: length, max: length, content: 'alphanumeric' })
const printable = (length: number): FieldFormat => ({ fixed: length, max: length, content: 'printable' })
const variable = (lengthDigits: 2 | 3, max: number, content: FieldFormat['content']): FieldFormat => ({
  lengthDigits,
  max,
  content,
})

const table: Readonly<Record<number, FieldFormat>> = {
  2: variable(2, 19, 'digits'),
  3: digits(6),
  4: digits(12),
  7: digits(10),
  11: digits(6),
  12: digits(6),
  13: digits(4),
  14: digits(4),
  18: digits(4),
  22: digits(3),
  25: digits(2),
  32: variable(2, 11, 'digits'),
  37: alphanumeric(12),
  38: alphanumeric(6),
  39: alphanumeric(2),
  41: printable(8),
  42: printable(15),
  43: printable(40),
  48: variable(3, 999, 'printable'),
  49: digits(3),
  54: variable(3, 120, 'alphanumeric'),
  66: digits(1),
  70: digits(3),
  74: digits(10),
  75: digits(10),
  76: digits(10),
  77: digits(10),
  86: digits(16),
  87: digits(16),
  88: digits(16),
  89: digits(16),
  90: digits(42),
  97: { fixed: 17, max: 17, content: 'signed-amount' },
}

/** The highest data element of the profile. */
export const LAST_FIELD = 97

/** Looked up for every element of every message: an array by element number. */
export const FIELDS: readonly (FieldFormat | undefined)[] = Array.from({ length: 129 }, (_, number) => table[number])

const isDigit = (code: number): boolean => code >= 48 && code <= 57
const isLetter = (code: number): boolean => (code >= 65 && code <= 90) || (code >= 97 && code <= 122)
const SPACE = 32

/** True when the text is one or more ASCII digits. */
export function isDigits(text: string): boolean {
  for (let at = 0; at < text.length; at++) if (!isDigit(text.charCodeAt(at))) return false
  return text.length > 0
}

/** Letters and digits, left-justified: spaces only as filling at the end. */
function isAlphanumeric(text: string): boolean {
  let filling = false
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === SPACE) filling = true
    else if (filling || !(isDigit(code) || isLetter(code))) return false
  }
  return text.length > 0 && text.charCodeAt(0) !== SPACE
}

/** Printable ASCII, left-justified. */
function isPrintable(text: string): boolean {
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code < SPACE || code > 126) return false
  }
  return text.length > 0 && text.charCodeAt(0) !== SPACE
}

/** True when the value has the written form of its element: length, characters and justification. */
export function fits(format: FieldFormat, value: string): boolean {
  if (format.fixed === undefined ? value.length > format.max : value.length !== format.fixed) return false
  switch (format.content) {
    case 'digits':
      return isDigits(value)
    case 'alphanumeric':
      return isAlphanumeric(value)
    case 'printable':
      return isPrintable(value)
    case 'signed-amount':
      return (value[0] === 'C' || value[0] === 'D') && isDigits(value.slice(1))
  }
}
