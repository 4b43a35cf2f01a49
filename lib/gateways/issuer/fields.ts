/**
 * The data elements of the issuer link (ISO 8583:1987, ASCII) and how each is written. Adding one is a line here.
 * `n` digits, `an` letters, digits and spaces, `ans` any printable ASCII, `x+n` a C or D before digits.
 */
export type Alphabet = 'n' | 'an' | 'ans' | 'x+n'

export interface FieldFormat {
  readonly alphabet: Alphabet
  /** Characters: exact for a fixed field, the most for a variable one. */
  readonly length: number
  /** Digits of the length in front of a variable field; 0 for a fixed one. */
  readonly lengthDigits: 0 | 2 | 3
}

const fixed = (alphabet: Alphabet, length: number): FieldFormat => ({ alphabet, length, lengthDigits: 0 })
const llvar = (alphabet: Alphabet, length: number): FieldFormat => ({ alphabet, length, lengthDigits: 2 })
const lllvar = (alphabet: Alphabet, length: number): FieldFormat => ({ alphabet, length, lengthDigits: 3 })

export const fieldFormats = {
  /** Primary account number */
  2: llvar('n', 19),
  /** Processing code */
  3: fixed('n', 6),
  /** Amount in minor units */
  4: fixed('n', 12),
  /** Transmission date and time, UTC, MMDDhhmmss */
  7: fixed('n', 10),
  /** System trace audit number (STAN) */
  11: fixed('n', 6),
  /** Local time, hhmmss */
  12: fixed('n', 6),
  /** Local date, MMDD */
  13: fixed('n', 4),
  /** Expiry, YYMM */
  14: fixed('n', 4),
  /** Merchant category code */
  18: fixed('n', 4),
  /** POS entry mode */
  22: fixed('n', 3),
  /** POS condition code */
  25: fixed('n', 2),
  /** Acquiring institution */
  32: llvar('n', 11),
  /** Retrieval reference number (RRN) */
  37: fixed('an', 12),
  /** Authorization id */
  38: fixed('an', 6),
  /** Response code; in a reversal its reason */
  39: fixed('an', 2),
  /** Terminal */
  41: fixed('ans', 8),
  /** Card acceptor: the merchant's id */
  42: fixed('ans', 15),
  /** Card acceptor's name and place */
  43: fixed('ans', 40),
  /** Additional data, private */
  48: lllvar('ans', 999),
  /** Currency, ISO 4217 numeric */
  49: fixed('n', 3),
  /** Additional amounts, twenty characters each */
  54: lllvar('an', 120),
  /** Settlement code */
  66: fixed('n', 1),
  /** Network management code */
  70: fixed('n', 3),
  /** Credits, number */
  74: fixed('n', 10),
  /** Credits, reversals, number */
  75: fixed('n', 10),
  /** Debits, number */
  76: fixed('n', 10),
  /** Debits, reversals, number */
  77: fixed('n', 10),
  /** Credits, amount */
  86: fixed('n', 16),
  /** Credits, reversals, amount */
  87: fixed('n', 16),
  /** Debits, amount */
  88: fixed('n', 16),
  /** Debits, reversals, amount */
  89: fixed('n', 16),
  /** Original data elements */
  90: fixed('n', 42),
  /** Net settlement amount */
  97: fixed('x+n', 17),
} as const satisfies Record<number, FieldFormat>

export type FieldNumber = keyof typeof fieldFormats

/** The fields of one message by number, without the padding of fixed alphanumeric ones. */
export type Fields = { [Field in FieldNumber]?: string }
