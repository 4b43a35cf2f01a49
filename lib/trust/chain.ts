import { type Certificate, OID } from './certificate'

export type ChainFault =
  | 'malformed'
  | 'not-valid-yet'
  | 'expired'
  /** The certificate is not for what the key is used for. */
  | 'wrong-purpose'
  /** The certificate names another gateway. */
  | 'wrong-name'
  | 'not-an-authority'
  | 'not-linked'
  | 'bad-signature'
  | 'unknown-authority'

/** What a certified key is for. */
export type KeyPurpose = 'signature' | 'encryption' | 'tls-client'

export interface ChainQuestion {
  readonly purpose: KeyPurpose
  /** Milliseconds since 1970. */
  readonly at: number
  /** A name that the certificate must bear; any when absent. */
  readonly uri?: string
  /** Whether one certificate's signature is by another's key, with an algorithm that is good enough. */
  readonly isSignedBy: (certificate: Certificate, issuer: Certificate) => boolean | Promise<boolean>
  readonly isAnchor: (certificate: Certificate) => boolean | Promise<boolean>
}

// Named bits of keyUsage (RFC 5280, 4.2.1.3).
const DIGITAL_SIGNATURE = 1 << 0
const KEY_ENCIPHERMENT = 1 << 2
const KEY_AGREEMENT = 1 << 4
const SIGNS_CERTIFICATES = 1 << 5

export const USES: Readonly<Record<KeyPurpose | 'authority', number>> = {
  signature: DIGITAL_SIGNATURE,
  encryption: KEY_ENCIPHERMENT | KEY_AGREEMENT,
  'tls-client': DIGITAL_SIGNATURE,
  authority: SIGNS_CERTIFICATES,
}

/** One for the key, one for its authority, and a few above that. */
const LONGEST_CHAIN = 5

/**
 * Follows a chain from the key's certificate to an authority that is believed (RFC 5280, section 6, as far as private
 * authorities use it). The one algorithm for the server and for the page.
 *
 * @param chain the key's certificate first, the believed authority's last
 * @returns the first thing that is wrong; undefined when nothing is
 */
export async function faultOfChain(
  chain: readonly (Certificate | undefined)[],
  question: ChainQuestion,
): Promise<ChainFault | undefined> {
  const [leaf] = chain
  if (!leaf || chain.length > LONGEST_CHAIN) return 'malformed'
  for (const [index, certificate] of chain.entries()) {
    if (!certificate || certificate.hasUnknownCritical) return 'malformed'
    if (question.at < certificate.validFrom) return 'not-valid-yet'
    if (question.at >= certificate.validUntil) return 'expired'
    if (index > 0 && !isAuthority(certificate, index - 1)) return 'not-an-authority'
  }
  if (!isFor(leaf, question.purpose)) return 'wrong-purpose'
  if (question.uri !== undefined && !leaf.uris.includes(question.uri)) return 'wrong-name'
  for (const [index, certificate] of chain.entries()) {
    const issuer = chain[index + 1]
    if (!certificate || !issuer) continue
    if (!areEqual(certificate.issuer, issuer.subject)) return 'not-linked'
    if (!(await question.isSignedBy(certificate, issuer))) return 'bad-signature'
  }
  const last = chain.at(-1)
  return chain.length > 1 && last && (await question.isAnchor(last)) ? undefined : 'unknown-authority'
}

function isAuthority({ isAuthority, keyUsage, pathLength }: Certificate, below: number): boolean {
  const mayCertify = keyUsage === undefined || (keyUsage & SIGNS_CERTIFICATES) !== 0
  return isAuthority && mayCertify && (pathLength === undefined || below <= pathLength)
}

function isFor({ isAuthority, keyUsage, extendedUsages }: Certificate, purpose: KeyPurpose): boolean {
  if (isAuthority || keyUsage === undefined || (keyUsage & USES[purpose]) === 0) return false
  if (purpose === 'tls-client') return extendedUsages?.includes(OID.clientAuth) ?? false
  // A certificate for connections says nothing about messages.
  return !extendedUsages?.some((usage) => usage === OID.clientAuth || usage === OID.serverAuth)
}

function areEqual(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, index) => byte === other[index])
}
