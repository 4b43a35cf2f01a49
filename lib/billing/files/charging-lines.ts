import { BrokenFile, digits, freeText, readFields, text, widthOf, writeFields } from './layout'

/**
 * The lines of a charging file (docs/links/billing-file.md). Times are local stamps, YYYYMMDDhhmmss in the zone of the
 * billing centre; amounts are minor units.
 */
export interface FileHeader {
  readonly gatewayId: string
  readonly centre: string
  readonly sequence: number
  readonly periodStart: string
  readonly periodEnd: string
  readonly createdAt: string
  readonly currency: string
  /** Only in a corrected file: the sequence of the rejected one whose place it takes. */
  readonly replaces?: number
}

export type DetailKind = 'charge' | 'credit'

export interface FileDetail {
  readonly record: number
  readonly kind: DetailKind
  /** The telephone line in E.164, or the number of the calling card. */
  readonly calling: string
  readonly subscriberRef: string
  readonly tid: string
  readonly purchasedAt: string
  readonly merchant: string
  readonly amount: bigint
  /** Where a credit's charge was billed; zeros for charges. */
  readonly original: { readonly sequence: number; readonly record: number }
  readonly description: string
}

export interface FileTrailer {
  readonly details: number
  readonly charges: bigint
  readonly credits: bigint
  /** SHA-256 over every byte before the trailer, in hex. */
  readonly sha256: string
}

export const MOST_DETAILS = 9_999_999
const MOST_DESCRIPTION = 40
const VERSION = '02'
const KINDS = { charge: 'C', credit: 'R' } as const

const HEADER = [
  text('type', 1),
  digits('version', 2),
  text('gatewayId', 8),
  text('centre', 8),
  digits('sequence', 6),
  digits('periodStart', 14),
  digits('periodEnd', 14),
  digits('createdAt', 14),
  text('currency', 3),
]
const REPLACES = [digits('replaces', 6)]
const DETAIL = [
  text('type', 1),
  digits('record', 7),
  text('kind', 1),
  text('calling', 20),
  text('subscriberRef', 24),
  text('tid', 36),
  digits('purchasedAt', 14),
  text('merchant', 12),
  digits('amount', 12),
  digits('originalSequence', 6),
  digits('originalRecord', 7),
]
const TRAILER = [
  text('type', 1),
  digits('details', 7),
  digits('charges', 15),
  digits('credits', 15),
  text('sha256', 64),
]
const HEADER_WIDTH = widthOf(HEADER)
const DETAIL_WIDTH = widthOf(DETAIL)
export const TRAILER_WIDTH = widthOf(TRAILER)

/** `MOA_<centre>_<YYYYMMDD>_<sequence>.chg`, the day being that of its creation. */
export function chargingFileName(centre: string, createdAt: string, sequence: number): string {
  return `MOA_${centre}_${createdAt.slice(0, 8)}_${String(sequence).padStart(6, '0')}.chg`
}

export function headerLine({ sequence, replaces, ...header }: FileHeader): string {
  const line = writeFields(HEADER, { ...header, type: 'H', version: VERSION, sequence: String(sequence) })
  return replaces === undefined ? line : line + writeFields(REPLACES, { replaces: String(replaces) })
}

/** @throws BrokenInvariant for a value that does not fit its field; only the description is cut to its width */
export function detailLine(detail: FileDetail): string {
  const { record, kind, calling, subscriberRef, tid, purchasedAt, merchant, amount, original, description } = detail
  return (
    writeFields(DETAIL, {
      ...{ type: 'D', record: String(record), kind: KINDS[kind], calling, subscriberRef, tid, purchasedAt, merchant },
      ...{ amount: String(amount), originalSequence: String(original.sequence) },
      originalRecord: String(original.record),
    }) + freeText(description, MOST_DESCRIPTION)
  )
}

export function trailerLine({ details, charges, credits, sha256 }: FileTrailer): string {
  return writeFields(TRAILER, {
    ...{ type: 'T', details: String(details), charges: String(charges), credits: String(credits), sha256 },
  })
}

/** @throws BrokenFile */
export function readHeader(line: string): FileHeader {
  const { type, version, sequence, ...rest } = readFields(HEADER, line)
  if (type !== 'H') throw new BrokenFile('a file begins with its header')
  if (version !== VERSION) throw new BrokenFile(`version ${version} is not known`)
  const after = line.slice(HEADER_WIDTH)
  const header = { ...rest, sequence: Number(sequence) }
  if (after === '') return header
  if (after.length !== widthOf(REPLACES)) throw new BrokenFile('the header has a wrong length')
  return { ...header, replaces: Number(readFields(REPLACES, after).replaces) }
}

/** @throws BrokenFile */
export function readDetail(line: string): FileDetail {
  const read = readFields(DETAIL, line)
  const description = line.slice(DETAIL_WIDTH)
  if (read.type !== 'D') throw new BrokenFile('a detail begins with D')
  if (read.kind !== 'C' && read.kind !== 'R') throw new BrokenFile(`the kind ${read.kind} is not known`)
  if (freeText(description, MOST_DESCRIPTION) !== description) throw new BrokenFile('the description is not plain text')
  return {
    record: Number(read.record),
    kind: read.kind === 'C' ? 'charge' : 'credit',
    calling: read.calling,
    subscriberRef: read.subscriberRef,
    tid: read.tid,
    purchasedAt: read.purchasedAt,
    merchant: read.merchant,
    amount: BigInt(read.amount),
    original: { sequence: Number(read.originalSequence), record: Number(read.originalRecord) },
    description,
  }
}

/** @throws BrokenFile */
export function readTrailer(line: string): FileTrailer {
  const { type, details, charges, credits, sha256 } = readFields(TRAILER, line)
  if (type !== 'T' || line.length !== TRAILER_WIDTH) throw new BrokenFile('a file ends with its trailer')
  if (!/^[0-9a-f]{64}$/.test(sha256)) throw new BrokenFile('the checksum is not 64 hexadecimal digits')
  return { details: Number(details), charges: BigInt(charges), credits: BigInt(credits), sha256 }
}
