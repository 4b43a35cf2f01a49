import { CompactSign, type CryptoKey, importJWK } from 'jose'

/** Ed25519, or P-256 with `y`. */
export interface PrivateJwk {
  readonly kty: string
  readonly crv: string
  readonly x: string
  readonly y?: string
  readonly d: string
  readonly kid: string
}

/** Signs what the shop says. */
export interface Signer {
  /** A compact JWS over the claims as JSON. */
  sign(claims: Readonly<Record<string, unknown>>): Promise<string>
}

/** @throws Error when the key is no private Ed25519 or P-256 key with a key id; its value is not told */
export function createSigner(key: PrivateJwk): Signer {
  const alg = algorithmOf(key)
  if (alg === undefined || !key.d || !key.kid) {
    throw new Error('Moa: signingKey must be a private JWK (Ed25519 or P-256) with a kid.')
  }
  let imported: Promise<CryptoKey | Uint8Array> | undefined

  return {
    async sign(claims) {
      imported ??= importJWK({ ...key }, alg)
      const payload = new TextEncoder().encode(JSON.stringify(claims))
      return new CompactSign(payload).setProtectedHeader({ alg, kid: key.kid }).sign(await imported)
    },
  }
}

function algorithmOf({ kty, crv }: PrivateJwk): 'EdDSA' | 'ES256' | undefined {
  if (kty === 'OKP' && crv === 'Ed25519') return 'EdDSA'
  return kty === 'EC' && crv === 'P-256' ? 'ES256' : undefined
}
