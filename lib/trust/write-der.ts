import { TAG } from './read-der'

/** Writing ASN.1 in its distinguished encoding (X.690): the few kinds of element that certificates need. */

export function element(tag: number, ...contents: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat(contents)
  return Buffer.concat([Buffer.from([tag, ...lengthOf(content.length)]), content])
}

export const sequence = (...of: readonly Uint8Array[]) => element(TAG.sequence, ...of)

export const set = (...of: readonly Uint8Array[]) => element(TAG.set, ...of)

/** @param hex the identifier's content in hexadecimal */
export const oid = (hex: string) => element(TAG.oid, Buffer.from(hex, 'hex'))

export const octets = (content: Uint8Array) => element(TAG.octetString, content)

export const utf8 = (text: string) => element(TAG.utf8String, Buffer.from(text))

export const yes = () => element(TAG.boolean, Buffer.from([0xff]))

/** @param bytes unsigned, the highest byte first */
export function integer(bytes: Uint8Array): Buffer {
  let start = 0
  while (start < bytes.length - 1 && bytes[start] === 0) start++
  const least = bytes.subarray(start)
  return element(TAG.integer, ...(least[0]! >= 0x80 ? [Buffer.from([0])] : []), least)
}

export const bits = (content: Uint8Array) => element(TAG.bitString, Buffer.from([0]), content)

/** A bit string of named bits: the first is 1, the second 2, …; zeros at its end are left out. */
export function namedBits(wanted: number): Buffer {
  const bytes = [0, 0]
  let last = 0
  for (let bit = 0; bit < 16; bit++) {
    if (!(wanted & (1 << bit))) continue
    last = bit
    bytes[bit >> 3]! |= 0x80 >> (bit & 7)
  }
  return element(TAG.bitString, Buffer.from([7 - (last & 7), ...bytes.slice(0, (last >> 3) + 1)]))
}

/** Whole seconds; the form depends on the year (RFC 5280, 4.1.2.5). */
export function time(at: Date): Buffer {
  const text = `${at.toISOString().slice(0, 19).replace(/[-:T]/g, '')}Z`
  return at.getUTCFullYear() < 2050
    ? element(TAG.utcTime, Buffer.from(text.slice(2)))
    : element(TAG.generalizedTime, Buffer.from(text))
}

function lengthOf(length: number): number[] {
  if (length < 0x80) return [length]
  const bytes = length < 0x100 ? [length] : [length >> 8, length & 0xff]
  return [0x80 | bytes.length, ...bytes]
}
