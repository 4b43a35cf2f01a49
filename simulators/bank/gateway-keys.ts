/** The keys of the gateway, as its banks know them: told by hand, or looked up where it publishes them. */
import { type CryptoKey, importJWK, type JWK } from 'jose'
import { z } from 'zod'

export const gatewayJwks = z.object({ keys: z.array(z.looseObject({ kid: z.string(), kty: z.string() })).max(50) })
export type GatewayJwks = z.infer<typeof gatewayJwks>

export interface GatewayKeys {
  /** Only these count from now on. */
  tell(jwks: GatewayJwks): void
  find(kid: string): Promise<{ alg: 'EdDSA' | 'ES256'; key: CryptoKey | Uint8Array } | undefined>
}

export function createGatewayKeys(url: string | undefined): GatewayKeys {
  let known: readonly JWK[] = []
  let isTold = false
  return {
    tell(jwks) {
      known = jwks.keys
      isTold = true
    },
    async find(kid) {
      const named = () => known.find((each) => each.kid === kid)
      if (!named() && !isTold && url !== undefined) known = await lookUp(url)
      const jwk = named()
      if (!jwk) return undefined
      const alg = jwk.kty === 'OKP' ? 'EdDSA' : 'ES256'
      return { alg, key: await importJWK(jwk, alg) }
    },
  }
}

async function lookUp(url: string): Promise<readonly JWK[]> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(2_000) })
    return gatewayJwks.parse(await response.json()).keys
  } catch {
    return []
  }
}
