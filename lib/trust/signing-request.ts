import { createPublicKey, type KeyObject, verify } from 'node:crypto'
import { OID } from './certificate'
import { bitsOf, expectTag, hexOf, MalformedDer, readElement, readElements, TAG } from './read-der'

/**
 * The key that a certificate signing request (PKCS #10, RFC 2986) asks to have certified. The request is signed with that
 * very key, so whoever sent it has the private half. Nothing else of it is believed: names are ours to give.
 *
 * @returns undefined when it is no request, its signature is not by its key, or the key is neither Ed25519 nor P-256
 */
export function keyOfRequest(der: Uint8Array): KeyObject | undefined {
  try {
    const [body, algorithm, signature] = readElements(readElement(der, TAG.sequence).content)
    const signed = expectTag(body, TAG.sequence)
    const [, , publicKey] = readElements(signed.content)
    const [name] = readElements(expectTag(algorithm, TAG.sequence).content)
    const key = createPublicKey({
      key: Buffer.from(expectTag(publicKey, TAG.sequence).bytes),
      format: 'der',
      type: 'spki',
    })
    const digest = digestOf(key, hexOf(expectTag(name, TAG.oid).content))
    if (digest === undefined) return undefined
    return verify(digest, signed.bytes, { key, dsaEncoding: 'der' }, bitsOf(signature)) ? key : undefined
  } catch (error) {
    if (error instanceof MalformedDer || (error instanceof Error && 'code' in error)) return undefined
    throw error
  }
}

/** How a key of its kind signs; undefined for other kinds, and for requests signed otherwise. */
function digestOf(key: KeyObject, algorithm: string): 'sha256' | null | undefined {
  if (key.asymmetricKeyType === 'ed25519') return algorithm === OID.ed25519 ? null : undefined
  const isP256 = key.asymmetricKeyDetails?.namedCurve === 'prime256v1'
  return isP256 && algorithm === OID.ecdsaWithSha256 ? 'sha256' : undefined
}
