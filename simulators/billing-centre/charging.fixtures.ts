/** Charging files as a gateway might send them, right and wrong, for the tests of billing centres. */
import { createHash } from 'node:crypto'

export interface WrittenDetail {
  readonly kind?: 'C' | 'R'
  readonly calling?: string
  readonly tid?: string
  readonly amount?: number
  readonly original?: readonly [sequence: number, record: number]
  readonly description?: string
}

export interface Written {
  readonly centre?: string
  readonly sequence?: number
  readonly replaces?: number
  readonly details?: readonly WrittenDetail[]
}

const digits = (value: number, width: number) => String(value).padStart(width, '0')
export const tid = (number: number) => `0198c5a0-0000-7000-8000-${digits(number, 12)}`

export const fileName = (sequence: number, centre = 'BARAM') => `MOA_${centre}_20261121_${digits(sequence, 6)}.chg`

/** A file of its profile, to the byte. */
export function chargingFile({ centre = 'BARAM', sequence = 1, replaces, details = [{}] }: Written = {}): string {
  const header = `H02${'MOA00001'}${centre.padEnd(8)}${digits(sequence, 6)}202611200200002026112102000020261121020000KRW${
    replaces === undefined ? '' : digits(replaces, 6)
  }`
  const lines = details.map((detail, index) => {
    const { kind = 'C', calling = '+82428605411', amount = 1000, original = [0, 0], description = '책' } = detail
    return [
      `D${digits(index + 1, 7)}${kind}${calling.padEnd(20)}${'S-1'.padEnd(24)}${detail.tid ?? tid(index + 1)}`,
      `20261120131415${'shop'.padEnd(12)}${digits(amount, 12)}${digits(original[0], 6)}${digits(original[1], 7)}${description}`,
    ].join('')
  })
  const body = [header, ...lines].map((line) => `${line}\n`).join('')
  const sum = (kind: 'C' | 'R') =>
    details.reduce((total, detail) => ((detail.kind ?? 'C') === kind ? total + (detail.amount ?? 1000) : total), 0)
  const checksum = createHash('sha256').update(body).digest('hex')
  return `${body}T${digits(details.length, 7)}${digits(sum('C'), 15)}${digits(sum('R'), 15)}${checksum}\n`
}
