import { CompactSign, type CryptoKey, importJWK } from 'jose'
import type { Settings } from '../env'
import { invariant } from '../invariant'
import type { Trust } from '../trust/trust'
import { algorithmOf, type PublicJwk, readPublicJwk } from './merchant-jwk'

/** Our own signature keys (merchant-confirmation profile): the first signs, all are published, so that they can change. */
export interface Signing {
  /** Our name as issuer and audience of signed messages: the origin of the pages, `https://pay.example`. */
  readonly gatewayName: string
  /** The document at /.well-known/jwks.json: public members only, with the certificate chain where a key has one. */
  readonly jwks: { readonly keys: readonly PublicJwk[] }
  /** Signs claims as a compact JWS with the key in use. */
  sign(claims: Readonly<Record<string, unknown>>): Promise<{ jws: string; kid: string }>
}

/** @throws BrokenInvariant at start when a signing key is not a private Ed25519 or P-256 key with a key id */
export function createSigning(
  settings: Pick<Settings, 'SIGNING_KEYS' | 'WEB_URL'>,
  trust: Pick<Trust, 'chainOf'>,
): Signing {
  const keys = settings.SIGNING_KEYS.map(publicPart)
  const inUse = keys[0]
  invariant(inUse, 'SIGNING_KEYS must hold a key')
  const alg = algorithmOf(inUse)
  let signer: Promise<CryptoKey | Uint8Array> | undefined

  return {
    gatewayName: new URL(settings.WEB_URL).origin,
    get jwks() {
      return {
        keys: keys.map((key) => {
          const x5c = [...trust.chainOf('signature', key.kid)]
          return { ...key, use: 'sig' as const, alg: algorithmOf(key), ...(x5c.length > 0 && { x5c }) } as PublicJwk
        }),
      }
    },
    async sign(claims) {
      signer ??= importJWK(settings.SIGNING_KEYS[0]!, alg)
      const payload = new TextEncoder().encode(JSON.stringify(claims))
      const jws = await new CompactSign(payload).setProtectedHeader({ alg, kid: inUse.kid }).sign(await signer)
      return { jws, kid: inUse.kid }
    },
  }
}

function publicPart(jwk: Settings['SIGNING_KEYS'][number]): PublicJwk {
  invariant('d' in jwk, 'a key in SIGNING_KEYS must be a private key')
  const { d: _, key_ops: __, ext: ___, ...published } = jwk
  const read = readPublicJwk(published)
  invariant(read.kind === 'read', 'a key in SIGNING_KEYS must be Ed25519 or P-256 and have a key id')
  return read.jwk
}
