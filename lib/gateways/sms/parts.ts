import { gsm7Of } from './gsm7'

/** One submission: at most 140 bytes on the air. */
export interface SmsPart {
  /** SMPP data_coding: 0 is the alphabet of GSM 03.38, 8 is UCS-2. */
  readonly dataCoding: 0 | 8
  /** SMPP esm_class: 0x40 when the bytes begin with a header that says which part this is. */
  readonly esmClass: 0 | 0x40
  readonly bytes: Buffer
}

/** Units of one message alone, and of each part of a longer one, whose header takes room (3GPP TS 23.040). */
const ROOM = { gsm7: { alone: 160, part: 153 }, ucs2: { alone: 70, part: 67 } } as const
const MOST_PARTS = 255

/**
 * A text as submissions: in GSM-7 when the alphabet has every character, else in UCS-2; concatenated by a header (UDH)
 * when it does not fit into one. No character is cut in two.
 *
 * @param reference the same for all parts of a message, 0 to 255
 * @throws RangeError if it needs more parts than the header can count: a mistake of ours
 */
export function partsOf(text: string, reference: number): SmsPart[] {
  const characters = [...text]
  const septets = characters.map(gsm7Of)
  const isGsm7 = septets.every((each) => each !== undefined)
  const { alone, part } = isGsm7 ? ROOM.gsm7 : ROOM.ucs2
  // In UCS-2 a character beyond the basic plane is two units; both stay together.
  const units = isGsm7 ? septets.map((each) => [...each]) : characters.map(codeUnits)
  const dataCoding = isGsm7 ? 0 : 8
  const pack = (chunk: readonly number[]) => (isGsm7 ? Buffer.from(chunk) : bigEndian(chunk))

  if (sizeOf(units) <= alone) return [{ dataCoding, esmClass: 0, bytes: pack(units.flat()) }]
  const chunks = fill(units, part)
  if (chunks.length > MOST_PARTS) throw new RangeError('a message of too many parts')
  return chunks.map((chunk, at) => {
    const header = Buffer.from([5, 0, 3, reference & 0xff, chunks.length, at + 1])
    return { dataCoding, esmClass: 0x40, bytes: Buffer.concat([header, pack(chunk)]) }
  })
}

function codeUnits(character: string): number[] {
  return Array.from({ length: character.length }, (_, at) => character.charCodeAt(at))
}

function bigEndian(units: readonly number[]): Buffer {
  const bytes = Buffer.alloc(units.length * 2)
  units.forEach((unit, at) => bytes.writeUInt16BE(unit, at * 2))
  return bytes
}

function sizeOf(units: readonly (readonly number[])[]): number {
  return units.reduce((sum, { length }) => sum + length, 0)
}

function fill(units: readonly (readonly number[])[], room: number): number[][] {
  const chunks: number[][] = [[]]
  for (const unit of units) {
    if (chunks.at(-1)!.length + unit.length > room) chunks.push([])
    chunks.at(-1)!.push(...unit)
  }
  return chunks
}
