import { randomFillSync } from 'node:crypto'

/** A time-ordered UUID (version 7, RFC 9562): made by us, so that no table needs a sequence. */
export type Uuid = string

/** What an identifier names; it stands before the underscore wherever people or merchants see one. */
export type IdKind =
  | 'pay'
  | 'ref'
  | 'card'
  | 'vcard'
  | 'vcg'
  | 'mer'
  | 'per'
  | 'inv'
  | 'key'
  | 'we'
  | 'msg'
  | 'fact'
  | 'adr'
  | 'evi'
  | 'ocl'
  | 'app'
  | 'sms'
  | 'acc'
  | 'mov'
  | 'ars'
  | 'vch'
  | 'grp'
  | 'po'
  | 'pac'
  | 'dif'
  | 'plk'
  | 'pln'
  | 'sub'
  | 'gir'
  | 'gcr'
  | 'gpr'
  | 'dis'
  | 'rrq'
  | 'man'
  | 'dbt'
  | 'dbb'
  | 'ret'
  | 'req'

// Drawing entropy in one large piece costs a fraction of drawing sixteen bytes at a time.
const pool = new Uint8Array(4096)
let used = pool.length

// The twelve bits after the moment count what is made within it (RFC 9562, 6.2, method 1).
const MOST_IN_A_MILLISECOND = 0x1000
// How many were made in each of the latest moments: a clock may stand still, or be put back, while another one runs.
const MOMENTS_KEPT = 256
const madeIn = new Map<number, number>()

/** The place of one more in a moment, from 0 on. */
function placeIn(moment: number): number {
  const place = madeIn.get(moment) ?? 0
  madeIn.delete(moment)
  madeIn.set(moment, place + 1)
  if (madeIn.size > MOMENTS_KEPT) madeIn.delete(madeIn.keys().next().value!)
  return place
}

/**
 * A new version 7 UUID for a moment: 48 bits of milliseconds, 12 that count, 62 random bits. Those of one moment sort in the
 * order in which this process made them; past 4,096 of them they borrow from the milliseconds that follow.
 */
export function uuidAt(at: Date): Uuid {
  if (used + 16 > pool.length) {
    randomFillSync(pool)
    used = 0
  }
  const bytes = Buffer.from(pool.subarray(used, used + 16))
  used += 16
  const place = placeIn(at.getTime())
  bytes.writeUIntBE(at.getTime() + Math.floor(place / MOST_IN_A_MILLISECOND), 0, 6)
  bytes.writeUInt16BE(0x7000 | (place % MOST_IN_A_MILLISECOND), 6)
  bytes[8] = (bytes[8]! & 0x3f) | 0x80
  return formatUuid(bytes)
}

/** The smallest identifier that can be made at a moment: where a range of time begins in a table of them. */
export function firstUuidAt(at: Date): Uuid {
  const bytes = Buffer.alloc(16)
  bytes.writeUIntBE(at.getTime(), 0, 6)
  bytes[6] = 0x70
  bytes[8] = 0x80
  return formatUuid(bytes)
}

/** The moment at which one of our identifiers was made, to the millisecond. */
export function momentOf(uuid: Uuid): Date {
  return new Date(Number.parseInt(uuid.replaceAll('-', '').slice(0, 12), 16))
}

function formatUuid(bytes: Buffer): Uuid {
  const hex = bytes.toString('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}

const DIGITS = '0123456789abcdefghjkmnpqrstvwxyz'

/** The identifier as others see it: kind, underscore, the UUID in Crockford's base 32 (26 characters). */
export function publicId(kind: IdKind, uuid: Uuid): string {
  let value = BigInt(`0x${uuid.replaceAll('-', '')}`)
  let text = ''
  for (let place = 0; place < 26; place++) {
    text = DIGITS[Number(value & 31n)]! + text
    value >>= 5n
  }
  return `${kind}_${text}`
}

/** Reads an identifier of one kind back; undefined for anything that publicId would not have written. */
export function readPublicId(kind: IdKind, id: string): Uuid | undefined {
  if (id.length !== kind.length + 27 || !id.startsWith(`${kind}_`)) return undefined
  let value = 0n
  for (const character of id.slice(kind.length + 1)) {
    const digit = DIGITS.indexOf(character)
    if (digit < 0) return undefined
    value = (value << 5n) | BigInt(digit)
  }
  if (value >> 128n) return undefined
  return formatUuid(Buffer.from(value.toString(16).padStart(32, '0'), 'hex'))
}
