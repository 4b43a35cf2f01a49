/** One element of ASN.1 in its distinguished encoding (X.690), found in bytes that may be anybody's. */
export interface DerElement {
  readonly tag: number
  /** The element whole, with tag and length. */
  readonly bytes: Uint8Array
  readonly content: Uint8Array
}

/** Thrown for bytes that are not what they should be; whoever reads a certificate catches it. */
export class MalformedDer extends Error {
  override name = 'MalformedDer'
}

export const TAG = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  oid: 0x06,
  utf8String: 0x0c,
  utcTime: 0x17,
  generalizedTime: 0x18,
  sequence: 0x30,
  set: 0x31,
} as const

/** Lengths of certificates fit into three bytes; more is somebody trying. */
const MOST_LENGTH_BYTES = 3

/**
 * The elements that the bytes consist of, one after the other.
 * @throws MalformedDer when they do not end where the last element ends
 */
export function readElements(bytes: Uint8Array): DerElement[] {
  const found: DerElement[] = []
  for (let at = 0; at < bytes.length;) {
    const element = readAt(bytes, at)
    found.push(element)
    at += element.bytes.length
  }
  return found
}

/**
 * The one element that the bytes are.
 * @throws MalformedDer
 */
export function readElement(bytes: Uint8Array, tag: number): DerElement {
  const [element, ...others] = readElements(bytes)
  return expectTag(others.length === 0 ? element : undefined, tag)
}

/** @throws MalformedDer when there is no element, or one of another kind */
export function expectTag(element: DerElement | undefined, tag: number): DerElement {
  if (element?.tag !== tag) throw new MalformedDer('another element was expected')
  return element
}

/** Bytes of a bit string that consists of whole bytes. */
export function bitsOf(element: DerElement | undefined): Uint8Array {
  const { content } = expectTag(element, TAG.bitString)
  if (content[0] !== 0) throw new MalformedDer('a bit string of whole bytes was expected')
  return content.subarray(1)
}

export function hexOf(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

function readAt(bytes: Uint8Array, at: number): DerElement {
  const [tag, first] = [bytes[at], bytes[at + 1]]
  if (tag === undefined || first === undefined) throw new MalformedDer('the bytes end too early')
  const lengthBytes = first < 0x80 ? 0 : first & 0x7f
  if (first === 0x80 || lengthBytes > MOST_LENGTH_BYTES) throw new MalformedDer('a length is not definite')
  let length = lengthBytes === 0 ? first : 0
  for (const byte of bytes.subarray(at + 2, at + 2 + lengthBytes)) length = length * 256 + byte
  const start = at + 2 + lengthBytes
  if (start + length > bytes.length) throw new MalformedDer('the bytes end too early')
  return { tag, bytes: bytes.subarray(at, start + length), content: bytes.subarray(start, start + length) }
}
