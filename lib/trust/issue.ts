import { createHash, createPublicKey, type KeyObject, randomBytes, sign } from 'node:crypto'
import { OID } from './certificate'
import { type KeyPurpose, USES } from './chain'
import { bits, element, integer, namedBits, octets, oid, sequence, set, time, utf8, yes } from './write-der'

/** Who certifies: the subject of its own certificate, and its P-256 key. */
export interface CertificateIssuer {
  /** Name as it stands in its own certificate, encoded. */
  readonly name: Uint8Array
  readonly privateKey: KeyObject
}

export interface CertificateWish {
  readonly name: Uint8Array
  /** SubjectPublicKeyInfo of the key to be certified. */
  readonly publicKey: Uint8Array
  readonly purpose: KeyPurpose | 'authority'
  readonly validFrom: Date
  readonly validUntil: Date
  /** A URI that the key speaks for. */
  readonly uri?: string
}

const COMMON_NAME = '550403'
const ORGANIZATION = '55040a'
const RSA = '2a864886f70d010101'
const SIGNATURE_ALGORITHM = sequence(oid(OID.ecdsaWithSha256))
const EXPLICIT_0 = 0xa0
const EXPLICIT_3 = 0xa3
const KEY_ID = 0x80
const URI = 0x86
/** Positive, not guessable, below twenty bytes (RFC 5280, 4.1.2.2). */
const SERIAL_BYTES = 16
/** Bits of keyUsage that a key of its kind can do: RSA deciphers, a curve agrees. */
const KEY_ENCIPHERMENT = 1 << 2
const KEY_AGREEMENT = 1 << 4

/** A certificate's name: who, and of which house. */
export function distinguishedName({ commonName, organization }: { commonName: string; organization?: string }): Buffer {
  const part = (type: string, text: string) => set(sequence(oid(type), utf8(text.slice(0, 64))))
  return sequence(
    ...(organization === undefined ? [] : [part(ORGANIZATION, organization)]),
    part(COMMON_NAME, commonName),
  )
}

/**
 * Issues an X.509 certificate of version 3 (RFC 5280), signed with ECDSA on P-256: what every browser can check.
 * @returns its DER
 */
export function issueCertificate(issuer: CertificateIssuer, wish: CertificateWish): Buffer {
  const serial = randomBytes(SERIAL_BYTES)
  serial[0] = (serial[0]! & 0x7f) | 0x40
  const body = sequence(
    element(EXPLICIT_0, integer(Buffer.from([2]))),
    integer(serial),
    SIGNATURE_ALGORITHM,
    issuer.name,
    sequence(time(wish.validFrom), time(wish.validUntil)),
    wish.name,
    wish.publicKey,
    element(EXPLICIT_3, sequence(...extensionsOf(issuer, wish))),
  )
  const signature = sign('sha256', body, { key: issuer.privateKey, dsaEncoding: 'der' })
  return sequence(body, SIGNATURE_ALGORITHM, bits(signature))
}

function extensionsOf({ privateKey }: CertificateIssuer, { purpose, publicKey, uri }: CertificateWish): Buffer[] {
  const issuerKey = createPublicKey(privateKey).export({ format: 'der', type: 'spki' })
  const isAuthority = purpose === 'authority'
  const extension = (name: string, value: Buffer, critical = false) =>
    sequence(oid(name), ...(critical ? [yes()] : []), octets(value))
  return [
    extension(OID.basicConstraints, isAuthority ? sequence(yes()) : sequence(), true),
    extension(OID.keyUsage, namedBits(usesOf(purpose, publicKey)), true),
    extension(OID.subjectKeyId, octets(keyIdOf(publicKey))),
    extension(OID.authorityKeyId, sequence(element(KEY_ID, keyIdOf(issuerKey)))),
    ...(purpose === 'tls-client' ? [extension(OID.extendedKeyUsage, sequence(oid(OID.clientAuth)))] : []),
    ...(uri === undefined ? [] : [extension(OID.alternativeName, sequence(element(URI, Buffer.from(uri))))]),
  ]
}

function usesOf(purpose: CertificateWish['purpose'], publicKey: Uint8Array): number {
  if (purpose !== 'encryption') return USES[purpose]
  return Buffer.from(publicKey).includes(Buffer.from(RSA, 'hex')) ? KEY_ENCIPHERMENT : KEY_AGREEMENT
}

/** RFC 7093, method 1: the first 160 bits of the SHA-256 of the key. Only has to be the same wherever it is made. */
function keyIdOf(publicKey: Uint8Array): Buffer {
  return createHash('sha256').update(publicKey).digest().subarray(0, 20)
}
