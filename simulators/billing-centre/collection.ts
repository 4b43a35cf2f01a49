/** The results of a month as the profile has them. */
import { createHash } from 'node:crypto'
import type { Bill } from './centre'

/** Paid, unpaid, written off. */
export type CollectionResult = 'P' | 'U' | 'W'

export function writeCollection(
  results: readonly { readonly bill: Bill; readonly result: CollectionResult }[],
  at: Date,
): string {
  const day = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Seoul' }).format(at).replaceAll('-', '')
  const digits = (value: bigint | number, width: number) => String(value).padStart(width, '0')
  const left = ({ detail, credited }: Bill) => detail.amount - credited
  const body = results
    .map(({ bill, result }) => `${bill.detail.tid}${result}${digits(left(bill), 12)}${day}\n`)
    .join('')
  const sum = results.reduce((total, { bill }) => total + left(bill), 0n)
  const checksum = createHash('sha256').update(body).digest('hex')
  return `${body}T${digits(results.length, 7)}${digits(sum, 15)}${digits(0, 15)}${checksum}\n`
}
