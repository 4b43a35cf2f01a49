import { bitsOf, type DerElement, expectTag, hexOf, MalformedDer, readElement, readElements, TAG } from './read-der'

/** What of an X.509 certificate (RFC 5280) decides whether it is believed. Read in browsers too, so plain bytes only. */
export interface Certificate {
  readonly der: Uint8Array
  /** The part that is signed. */
  readonly signed: Uint8Array
  /** Object identifier of the signature's algorithm: its content in hexadecimal. */
  readonly algorithm: string
  readonly signature: Uint8Array
  readonly issuer: Uint8Array
  readonly subject: Uint8Array
  /** Public key as SubjectPublicKeyInfo. */
  readonly publicKey: Uint8Array
  /** Milliseconds since 1970. */
  readonly validFrom: number
  readonly validUntil: number
  readonly isAuthority: boolean
  /** How many authorities may stand between this one and the certificate it is used for. */
  readonly pathLength?: number
  /** Named bits of keyUsage, the first as 1, the second as 2, …; absent where every use is allowed. */
  readonly keyUsage?: number
  /** Object identifiers of extended uses, as their content in hexadecimal; absent where every use is allowed. */
  readonly extendedUsages?: readonly string[]
  /** URIs among the alternative names. */
  readonly uris: readonly string[]
  /** It says something that must be understood, and we do not. */
  readonly hasUnknownCritical: boolean
}

export const OID = {
  keyUsage: '551d0f',
  alternativeName: '551d11',
  basicConstraints: '551d13',
  extendedKeyUsage: '551d25',
  subjectKeyId: '551d0e',
  authorityKeyId: '551d23',
  ecdsaWithSha256: '2a8648ce3d040302',
  ed25519: '2b6570',
  clientAuth: '2b06010505070302',
  serverAuth: '2b06010505070301',
} as const

const VERSION = 0xa0
const EXTENSIONS = 0xa3
const URI = 0x86

/** @returns undefined for bytes that are no certificate of version 3 */
export function readCertificate(der: Uint8Array): Certificate | undefined {
  try {
    return read(der)
  } catch (error) {
    if (error instanceof MalformedDer || error instanceof TypeError) return undefined
    throw error
  }
}

function read(der: Uint8Array): Certificate {
  const [body, algorithm, signature] = readElements(readElement(der, TAG.sequence).content)
  const signed = expectTag(body, TAG.sequence)
  const [version, , inner, issuer, validity, subject, publicKey, ...rest] = readElements(signed.content)
  expectTag(version, VERSION)
  const [outerOid, innerOid] = [oidOf(algorithm), oidOf(inner)]
  if (outerOid !== innerOid) throw new MalformedDer('two algorithms of one signature')
  const [from, until] = readElements(expectTag(validity, TAG.sequence).content)
  const last = rest.at(-1)
  const extensions = last?.tag === EXTENSIONS ? readElements(readElement(last.content, TAG.sequence).content) : []
  return {
    der,
    signed: signed.bytes,
    algorithm: outerOid,
    signature: bitsOf(signature),
    issuer: expectTag(issuer, TAG.sequence).bytes,
    subject: expectTag(subject, TAG.sequence).bytes,
    publicKey: expectTag(publicKey, TAG.sequence).bytes,
    validFrom: timeOf(from),
    validUntil: timeOf(until),
    ...readExtensions(extensions),
  }
}

function oidOf(algorithm: DerElement | undefined): string {
  const [oid] = readElements(expectTag(algorithm, TAG.sequence).content)
  return hexOf(expectTag(oid, TAG.oid).content)
}

type Extensions = Pick<
  Certificate,
  'isAuthority' | 'pathLength' | 'keyUsage' | 'extendedUsages' | 'uris' | 'hasUnknownCritical'
>

function readExtensions(elements: readonly DerElement[]): Extensions {
  const known: { -readonly [Name in keyof Extensions]: Extensions[Name] } = {
    isAuthority: false,
    uris: [],
    hasUnknownCritical: false,
  }
  const seen = new Set<string>()
  for (const element of elements) {
    const parts = readElements(expectTag(element, TAG.sequence).content)
    const oid = hexOf(expectTag(parts[0], TAG.oid).content)
    if (seen.has(oid)) throw new MalformedDer('an extension stands there twice')
    seen.add(oid)
    const isCritical = parts.length === 3 && expectTag(parts[1], TAG.boolean).content[0] === 0xff
    const value = expectTag(parts.at(-1), TAG.octetString).content
    switch (oid) {
      case OID.basicConstraints: {
        const [authority, length] = readElements(readElement(value, TAG.sequence).content)
        known.isAuthority = authority?.tag === TAG.boolean && authority.content[0] === 0xff
        if (length) known.pathLength = expectTag(length, TAG.integer).content[0] ?? 0
        break
      }
      case OID.keyUsage:
        known.keyUsage = namedBits(readElement(value, TAG.bitString).content)
        break
      case OID.extendedKeyUsage:
        known.extendedUsages = readElements(readElement(value, TAG.sequence).content).map(({ content }) =>
          hexOf(content),
        )
        break
      case OID.alternativeName:
        known.uris = readElements(readElement(value, TAG.sequence).content)
          .filter(({ tag }) => tag === URI)
          .map(({ content }) => new TextDecoder('utf-8', { fatal: true }).decode(content))
        break
      case OID.subjectKeyId:
      case OID.authorityKeyId:
        break
      default:
        known.hasUnknownCritical ||= isCritical
    }
  }
  return known
}

/** The first bit of a bit string is the highest of its first byte; here it becomes 1. */
function namedBits([, ...bytes]: Uint8Array): number {
  let bits = 0
  bytes.slice(0, 2).forEach((byte, index) => {
    for (let bit = 0; bit < 8; bit++) if (byte & (0x80 >> bit)) bits |= 1 << (index * 8 + bit)
  })
  return bits
}

const TIME = /^([0-9]{4})([0-9]{2})([0-9]{2})([0-9]{2})([0-9]{2})([0-9]{2})Z$/

function timeOf(element: DerElement | undefined): number {
  const text = new TextDecoder().decode(element?.content)
  // Two digits of a year mean 1950 to 2049 (RFC 5280, 4.1.2.5.1).
  const whole =
    element?.tag === TAG.utcTime
      ? `${text < '50' ? '20' : '19'}${text}`
      : element?.tag === TAG.generalizedTime
        ? text
        : ''
  const [, ...parts] = TIME.exec(whole) ?? []
  const [year = NaN, month = NaN, day, hour, minute, second] = parts.map(Number)
  const time = Date.UTC(year, month - 1, day, hour, minute, second)
  if (Number.isNaN(time)) throw new MalformedDer('a time was expected')
  return time
}
