/**
 * How a billing centre reads a charging file: written from the profile, sharing nothing with the gateway that writes it.
 * The first thing that is wrong ends the reading.
 */
import { createHash } from 'node:crypto'

export interface Detail {
  readonly record: number
  readonly kind: 'C' | 'R'
  readonly calling: string
  readonly subscriberRef: string
  readonly tid: string
  readonly purchasedAt: string
  readonly merchant: string
  readonly amount: bigint
  readonly originalSequence: number
  readonly originalRecord: number
  readonly description: string
}

export interface ChargingFile {
  readonly centre: string
  readonly sequence: number
  readonly periodStart: string
  readonly periodEnd: string
  readonly createdAt: string
  readonly currency: string
  readonly replaces: number | undefined
  readonly details: readonly Detail[]
  readonly charges: bigint
  readonly credits: bigint
}

/** Said to the sender in the acknowledgement, after REJECTED. */
export class Fault extends Error {}

const HEADER = /^H02(.{8})(.{8})([0-9]{6})([0-9]{14})([0-9]{14})([0-9]{14})([A-Z]{3})([0-9]{6})?$/
const IDENTIFIER = /^[A-Z0-9]{1,8} *$/
const DETAIL =
  /^D([0-9]{7})([CR])([\x20-\x7e]{20})([\x20-\x7e]{24})([\x20-\x7e]{36})([0-9]{14})([\x20-\x7e]{12})([0-9]{12})([0-9]{6})([0-9]{7})(.{0,40})$/su
const TRAILER = /^T([0-9]{7})([0-9]{15})([0-9]{15})([0-9a-f]{64})$/
const CONTROL = /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}]/u

/** @throws Fault */
export function readChargingFile(bytes: Buffer): ChargingFile {
  const text = decode(bytes)
  if (!text.endsWith('\n')) throw new Fault('FORMAT no line end at the end')
  const lines = text.slice(0, -1).split('\n')
  if (lines.length < 2) throw new Fault('FORMAT header or trailer missing')
  const header = readHeader(lines[0] ?? '')
  const details = lines.slice(1, -1).map((line, index) => readDetail(line, index + 1))
  const trailer = TRAILER.exec(lines.at(-1) ?? '')
  if (!trailer) throw new Fault('FORMAT trailer')
  const before = bytes.subarray(0, bytes.length - 103)
  if (createHash('sha256').update(before).digest('hex') !== trailer[4]) throw new Fault('CHECKSUM')
  const sum = (kind: Detail['kind']) =>
    details.reduce((total, detail) => (detail.kind === kind ? total + detail.amount : total), 0n)
  const [charges, credits] = [sum('C'), sum('R')]
  const said = [Number(trailer[1]), BigInt(trailer[2] ?? 0), BigInt(trailer[3] ?? 0)]
  if (said[0] !== details.length || said[1] !== charges || said[2] !== credits) throw new Fault('TOTALS')
  return { ...header, details, charges, credits }
}

function decode(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    throw new Fault('FORMAT not UTF-8')
  }
}

function readHeader(line: string): Omit<ChargingFile, 'details' | 'charges' | 'credits'> {
  const match = HEADER.exec(line)
  if (!match) throw new Fault('FORMAT header')
  const [
    ,
    gateway = '',
    centre = '',
    sequence,
    periodStart = '',
    periodEnd = '',
    createdAt = '',
    currency = '',
    replaces,
  ] = match
  if (!IDENTIFIER.test(gateway) || !IDENTIFIER.test(centre)) throw new Fault('FORMAT header')
  for (const time of [periodStart, periodEnd, createdAt]) if (!isTime(time)) throw new Fault('FORMAT header time')
  if (periodStart > periodEnd) throw new Fault('FORMAT period ends before it starts')
  return {
    ...{ centre: centre.trimEnd(), sequence: Number(sequence), periodStart, periodEnd, createdAt, currency },
    replaces: replaces === undefined ? undefined : Number(replaces),
  }
}

function readDetail(line: string, expected: number): Detail {
  const match = DETAIL.exec(line)
  if (!match) throw new Fault(`FORMAT detail ${expected}`)
  const [, record, kind, calling, subscriberRef, tid, purchasedAt, merchant, amount, originalSequence, originalRecord] =
    match
  const description = match[11] ?? ''
  const detail: Detail = {
    record: Number(record),
    kind: kind === 'R' ? 'R' : 'C',
    calling: (calling ?? '').trimEnd(),
    subscriberRef: (subscriberRef ?? '').trimEnd(),
    tid: (tid ?? '').trimEnd(),
    purchasedAt: purchasedAt ?? '',
    merchant: (merchant ?? '').trimEnd(),
    amount: BigInt(amount ?? 0),
    originalSequence: Number(originalSequence),
    originalRecord: Number(originalRecord),
    description,
  }
  const complaint = complaintAbout(detail, expected)
  if (complaint) throw new Fault(`FORMAT detail ${expected}: ${complaint}`)
  return detail
}

function complaintAbout(detail: Detail, expected: number): string | undefined {
  if (detail.record !== expected) return `record number ${detail.record}`
  if (!/^(\+[0-9]{6,15}|[0-9]{6,20})$/.test(detail.calling)) return 'line or calling card'
  if (detail.subscriberRef === '') return 'subscriber'
  if (!/^[0-9a-f-]{36}$/.test(detail.tid)) return 'TID'
  if (!isTime(detail.purchasedAt)) return 'purchase time'
  if (detail.merchant === '') return 'merchant'
  if (detail.amount === 0n) return 'amount'
  if (detail.kind === 'C' && (detail.originalSequence > 0 || detail.originalRecord > 0)) return 'original of a charge'
  if (detail.kind === 'R' && (detail.originalSequence === 0 || detail.originalRecord === 0))
    return 'original of a credit'
  if (CONTROL.test(detail.description)) return 'description'
  return undefined
}

/** YYYYMMDDhhmmss that is on the calendar. */
function isTime(text: string): boolean {
  const [year, month, day, hour, minute, second] = [0, 4, 6, 8, 10, 12].map((at) =>
    Number(text.slice(at, at === 0 ? 4 : at + 2)),
  )
  const made = new Date(Date.UTC(year ?? 0, (month ?? 0) - 1, day, hour, minute, second))
  const back = made.toISOString().replace(/[-:T]/g, '').slice(0, 14)
  return back === text
}
