/**
 * What each request of the issuer link must and may carry (profile, "Messages"). Whatever is not allowed here is
 * answered with response code 30.
 */
import type { Message } from './iso8583'
import { passesLuhn } from './luhn'

export const REQUEST_KINDS = [
  'authorization',
  'inquiry',
  'completion',
  'reversal',
  'refund',
  'reconciliation',
  'network',
] as const
export type RequestKind = (typeof REQUEST_KINDS)[number]

interface Shape {
  readonly kind: RequestKind
  readonly processing?: string
  readonly required: readonly number[]
  readonly optional: readonly number[]
  /** Which message type DE90 has to name. */
  readonly original?: string
}

const PRESENTMENT = [2, 3, 4, 7, 11, 12, 13, 14, 18, 22, 25, 32, 37, 41, 42, 43, 49]
const TOTALS = [74, 75, 76, 77, 86, 87, 88, 89, 97]

const SHAPES: Readonly<Record<string, readonly Shape[]>> = {
  '010': [
    { kind: 'authorization', processing: '000000', required: PRESENTMENT, optional: [48] },
    { kind: 'inquiry', processing: '310000', required: PRESENTMENT, optional: [48] },
  ],
  '022': [
    { kind: 'completion', processing: '000000', required: [...PRESENTMENT, 38, 90], optional: [48], original: '0100' },
  ],
  '040': [
    {
      kind: 'reversal',
      processing: '000000',
      required: [2, 3, 4, 7, 11, 32, 37, 39, 41, 42, 49, 90],
      optional: [],
      original: '0100',
    },
  ],
  '020': [{ kind: 'refund', processing: '200000', required: [...PRESENTMENT, 90], optional: [48], original: '0220' }],
  '050': [{ kind: 'reconciliation', required: [7, 11, 32, 49, ...TOTALS], optional: [] }],
  '080': [{ kind: 'network', required: [7, 11, 70], optional: [] }],
}

const between = (text: string, low: number, high: number): boolean => Number(text) >= low && Number(text) <= high
const isDate = (mmdd: string): boolean => between(mmdd.slice(0, 2), 1, 12) && between(mmdd.slice(2), 1, 31)
const isTime = (hhmmss: string): boolean =>
  between(hhmmss.slice(0, 2), 0, 23) && between(hhmmss.slice(2, 4), 0, 59) && between(hhmmss.slice(4), 0, 59)

/** What an element has to say, beyond its written form. */
const MEANING: Readonly<Record<number, (value: string) => boolean>> = {
  2: (value) => value.length >= 12 && passesLuhn(value),
  7: (value) => isDate(value.slice(0, 4)) && isTime(value.slice(4)),
  12: isTime,
  13: isDate,
  14: (value) => between(value.slice(2), 1, 12),
  22: (value) => value === '010',
  25: (value) => value === '59',
  39: (value) => value === '17' || value === '68' || value === '21',
  48: (value) => readPrivateData(value) !== undefined,
  70: (value) => value === '001' || value === '002' || value === '301',
}

/** DE48: the V-Card a leg belongs to, and the security code. */
export interface PrivateData {
  readonly vcard?: string
  readonly leg?: number
  readonly of?: number
  readonly securityCode?: string
}

/** Reads DE48; undefined when it is not `VC=…;LEG=n/of` and `CVV=nnn`, in any order, or carries anything else. */
export function readPrivateData(text: string): PrivateData | undefined {
  const parts = new Map<string, string>()
  for (const part of text.split(';')) {
    const [name = '', value, ...more] = part.split('=')
    if (value === undefined || more.length > 0 || parts.has(name)) return undefined
    parts.set(name, value)
  }
  const vcard = parts.get('VC')
  const leg = parts.get('LEG')
  const securityCode = parts.get('CVV')
  const known = [vcard, leg, securityCode].filter((value) => value !== undefined).length
  if (known !== parts.size || (vcard === undefined) !== (leg === undefined)) return undefined
  if (securityCode !== undefined && !/^[0-9]{3}$/.test(securityCode)) return undefined
  if (vcard === undefined || leg === undefined) return { securityCode }
  const [, number, of] = /^([1-9][0-9]?)\/([1-9][0-9]?)$/.exec(leg) ?? []
  if (!/^[A-Za-z0-9._:-]{1,64}$/.test(vcard) || number === undefined || Number(number) > Number(of)) return undefined
  return { vcard, leg: Number(number), of: Number(of), securityCode }
}

/** The parts of DE90 that name the original message: its type, and its key in the issuer's books. */
export function originalOf(message: Message): { mti: string; key: string } {
  const text = message.fields[90] ?? ''
  return { mti: text.slice(0, 4), key: `${text.slice(4, 10)}${text.slice(10, 20)}${text.slice(20, 31)}` }
}

/** STAN, transmission time and acquirer: what a message is known by, the same on each repeat of it. */
export function keyOf(message: Message): string {
  const { fields } = message
  return `${fields[11]}${fields[7]}${(fields[32] ?? '').padStart(11, '0')}`
}

export type Checked =
  { readonly kind: RequestKind; readonly repeat: boolean } | { readonly kind?: RequestKind; readonly fault: string }

/** Which request a well-formed message is, or what it lacks or has too much of. */
export function checkRequest(message: Message): Checked {
  const { mti, fields } = message
  const shapes = SHAPES[mti.slice(0, 3)]
  const last = mti.charAt(3)
  if (!shapes || (last !== '0' && last !== '1')) return { fault: `message type ${mti} is not in the profile` }
  const shape = shapes.find((each) => each.processing === undefined || each.processing === fields[3])
  if (!shape) return { fault: 'the processing code does not belong to the message type' }
  const { kind } = shape
  if (kind === 'network' && last === '1') return { kind, fault: 'network messages are not repeated' }

  for (const number of shape.required)
    if (fields[number] === undefined) return { kind, fault: `element ${number} is missing` }
  for (let number = 2; number < fields.length; number++) {
    const value = fields[number]
    if (value === undefined) continue
    if (!shape.required.includes(number) && !shape.optional.includes(number))
      return { kind, fault: `element ${number} does not belong into a ${mti}` }
    if (MEANING[number]?.(value) === false) return { kind, fault: `element ${number} has no valid meaning` }
  }
  if (kind === 'inquiry' && Number(fields[4]) !== 0) return { kind, fault: 'an inquiry carries the amount 0' }
  if (fields[4] !== undefined && kind !== 'inquiry' && Number(fields[4]) === 0)
    return { kind, fault: 'the amount is 0' }
  if (shape.original !== undefined) {
    const original = fields[90] ?? ''
    if (!original.startsWith(shape.original)) return { kind, fault: `element 90 does not name a ${shape.original}` }
    if (original.slice(20, 31) !== (fields[32] ?? '').padStart(11, '0') || original.slice(31) !== '0'.repeat(11))
      return { kind, fault: 'element 90 names another institution' }
  }
  return { kind, repeat: last === '1' }
}
