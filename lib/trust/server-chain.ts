import { createHash, X509Certificate } from 'node:crypto'
import { type Certificate, OID, readCertificate } from './certificate'
import { type ChainFault, faultOfChain, type KeyPurpose } from './chain'

// Authorities of merchants may sign otherwise than ours, but never with a digest that can be forged.
const RSA_SHA256 = '2a864886f70d01010b'
const RSA_SHA384 = '2a864886f70d01010c'
const RSA_SHA512 = '2a864886f70d01010d'
const ECDSA_SHA384 = '2a8648ce3d040303'
const ALGORITHMS: readonly string[] = [
  OID.ecdsaWithSha256,
  OID.ed25519,
  RSA_SHA256,
  RSA_SHA384,
  RSA_SHA512,
  ECDSA_SHA384,
]
const LEAST_RSA_BITS = 2048

/** SHA-256 of a certificate, base64url: by which a believed authority is known. */
export function fingerprintOf(der: Uint8Array): string {
  return createHash('sha256').update(der).digest('base64url')
}

export interface ServerChainQuestion {
  readonly purpose: KeyPurpose
  readonly at: Date
  /** Certificates of the authorities that are believed. */
  readonly anchors: readonly Uint8Array[]
}

export type FollowedChain =
  | { readonly kind: 'good'; /** With the anchor at its end. */ readonly chain: readonly Certificate[] }
  | { readonly kind: 'refused'; readonly reason: ChainFault }

/** Follows a chain to one of the anchors; the anchor itself may be left out of it. */
export async function followChain(
  ders: readonly Uint8Array[],
  { purpose, at, anchors }: ServerChainQuestion,
): Promise<FollowedChain> {
  const believed = new Set(anchors.map(fingerprintOf))
  const given = ders.map(readCertificate)
  const last = given.at(-1)
  const missing =
    last && !believed.has(fingerprintOf(last.der))
      ? anchors.map(readCertificate).find((anchor) => anchor && Buffer.from(anchor.subject).equals(last.issuer))
      : undefined
  const chain = missing ? [...given, missing] : given
  const fault = await faultOfChain(chain, {
    purpose,
    at: at.getTime(),
    isSignedBy,
    isAnchor: ({ der }) => believed.has(fingerprintOf(der)),
  })
  return fault
    ? { kind: 'refused', reason: fault }
    : { kind: 'good', chain: chain.filter((certificate) => certificate !== undefined) }
}

/** Whether a certificate may be believed as an authority: one that may certify, signed with its own key. */
export function isRootAuthority(der: Uint8Array): boolean {
  const root = readCertificate(der)
  return root !== undefined && root.isAuthority && !root.hasUnknownCritical && isSignedBy(root, root)
}

function isSignedBy({ der, algorithm }: Certificate, issuer: Certificate): boolean {
  if (!ALGORITHMS.includes(algorithm)) return false
  try {
    const { publicKey } = new X509Certificate(issuer.der)
    const isStrong = publicKey.asymmetricKeyType !== 'rsa' || modulusBits(publicKey) >= LEAST_RSA_BITS
    return isStrong && new X509Certificate(der).verify(publicKey)
  } catch {
    return false
  }
}

function modulusBits({ asymmetricKeyDetails }: X509Certificate['publicKey']): number {
  return asymmetricKeyDetails?.modulusLength ?? 0
}
