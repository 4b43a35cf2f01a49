import { type Certificate, OID, readCertificate } from './certificate'
import { type ChainFault, faultOfChain } from './chain'

/** What the page believes, and whom the key must be certified for; from the page itself, never from where the key is. */
export interface PinnedTrust {
  /** SHA-256 of certificates of authorities, base64url. */
  readonly anchors: readonly string[]
  readonly gateway: string
}

export type CertifiedKey =
  | { readonly kind: 'certified'; /** SubjectPublicKeyInfo. */ readonly publicKey: Uint8Array }
  | { readonly kind: 'refused'; readonly reason: ChainFault }

/**
 * In the browser: whether a chain certifies a key for encryption to this gateway, up to an authority that the page pins.
 * The key to be used is the certificate's, so that nothing beside it can say otherwise.
 *
 * @param x5c base64 of DER, as in a JWK
 * @param at milliseconds since 1970, by the server's clock: shoppers' clocks may be wrong
 */
export async function certifiedEncryptionKey(
  x5c: readonly string[],
  { anchors, gateway }: PinnedTrust,
  at: number,
): Promise<CertifiedKey> {
  const chain = x5c.map((base64) => readCertificate(bytesOf(base64)))
  const reason = await faultOfChain(chain, {
    purpose: 'encryption',
    at,
    uri: gateway,
    isSignedBy,
    isAnchor: async ({ der }) => anchors.includes(base64Url(await crypto.subtle.digest('SHA-256', plain(der)))),
  })
  const [leaf] = chain
  return reason || !leaf
    ? { kind: 'refused', reason: reason ?? 'malformed' }
    : { kind: 'certified', publicKey: leaf.publicKey }
}

/** ECDSA on P-256 with SHA-256: what our authorities sign with, and what every browser can check. */
async function isSignedBy({ algorithm, signature, signed }: Certificate, issuer: Certificate): Promise<boolean> {
  const raw = algorithm === OID.ecdsaWithSha256 ? rawSignature(signature) : undefined
  if (!raw) return false
  try {
    const curve = { name: 'ECDSA', namedCurve: 'P-256' }
    const key = await crypto.subtle.importKey('spki', plain(issuer.publicKey), curve, false, ['verify'])
    return await crypto.subtle.verify({ name: 'ECDSA', hash: 'SHA-256' }, key, raw, plain(signed))
  } catch {
    return false
  }
}

/** Certificates write a signature as two integers of any length, Web Crypto wants 32 bytes each. */
function rawSignature(der: Uint8Array): Uint8Array<ArrayBuffer> | undefined {
  const raw = new Uint8Array(64)
  let at = 2
  for (const end of [32, 64]) {
    const length = der[at + 1] ?? 0
    const number = der.subarray(at + 2, at + 2 + length)
    const least = number.length === 33 && number[0] === 0 ? number.subarray(1) : number
    if (der[at] !== 0x02 || least.length > 32 || number.length !== length) return undefined
    raw.set(least, end - least.length)
    at += 2 + length
  }
  return at === der.length ? raw : undefined
}

const plain = (bytes: Uint8Array) => Uint8Array.from(bytes)

function bytesOf(base64: string): Uint8Array {
  return Uint8Array.from(atob(base64), (char) => char.charCodeAt(0))
}

function base64Url(digest: ArrayBuffer): string {
  const text = btoa(String.fromCharCode(...new Uint8Array(digest)))
  return text.replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '')
}
