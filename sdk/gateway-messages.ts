import { compactVerify, createRemoteJWKSet, type CryptoKey, errors, type JWSHeaderParameters } from 'jose'

export type MessageFault =
  | 'malformed'
  | 'bad-header'
  | 'unknown-key'
  | 'bad-signature'
  /** Not from this gateway, not to this shop, or for another purpose. */
  | 'not-for-us'
  | 'outside-time-window'
  /** The gateway's keys could not be had just now: nothing is known of the message. */
  | 'keys-unavailable'

export type HeardMessage =
  | { readonly kind: 'verified'; readonly claims: Readonly<Record<string, unknown>> }
  | { readonly kind: 'refused'; readonly reason: MessageFault }

/** Checks what is signed in the gateway's name. */
export interface GatewayMessages {
  /** The gateway's name as issuer and audience of signed messages. */
  readonly gatewayName: string
  /** Signature by a key the gateway publishes, sender, receiver and time; the purpose is one of `types`. */
  hear(jws: string, types: readonly string[]): Promise<HeardMessage>
}

interface Parts {
  readonly webUrl: string
  readonly merchantId: string
  readonly gatewayKeysUrl: string
  readonly now: () => Date
}

/** How far the gateway's clock may be off ours. */
export const CLOCK_DRIFT_S = 300

const LARGEST_MESSAGE = 8192
const COMPACT = /^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]{86}$/
/** A confirmation has to be answered within five seconds, so its keys may not take longer than this. */
const KEYS_WITHIN_MS = 2500
/** After this long the keys are asked for again, so that one that was withdrawn is no longer believed. */
const KEYS_GOOD_FOR_MS = 5 * 60_000
/** A key that is not known may be a new one; strangers who make up names of keys do not make us ask more often. */
const LOOK_AGAIN_AFTER_MS = 10_000

class Refused extends Error {
  constructor(readonly reason: MessageFault) {
    super(reason)
  }
}

export function createGatewayMessages({ webUrl, merchantId, gatewayKeysUrl, now }: Parts): GatewayMessages {
  const gatewayName = new URL(webUrl).origin
  const published = createRemoteJWKSet(new URL(gatewayKeysUrl), {
    timeoutDuration: KEYS_WITHIN_MS,
    cacheMaxAge: KEYS_GOOD_FOR_MS,
    // When to look again for an unknown key is decided below.
    cooldownDuration: Infinity,
  })
  let lookedAgainAt = -Infinity

  async function find(header: JWSHeaderParameters): Promise<CryptoKey> {
    try {
      return await published(header)
    } catch (error) {
      const time = now().getTime()
      if (!(error instanceof errors.JWKSNoMatchingKey) || time - lookedAgainAt < LOOK_AGAIN_AFTER_MS) throw error
      lookedAgainAt = time
      await published.reload()
      return published(header)
    }
  }

  /** The published key that a message names. */
  async function keyOf(header: JWSHeaderParameters): Promise<CryptoKey> {
    // Nothing in a header may bring a key, say where to fetch one, or leave open which is meant (RFC 8725, 3.10).
    const { alg: _, kid, typ: __, ...others } = header
    if (typeof kid !== 'string' || Object.keys(others).length > 0) throw new Refused('bad-header')
    try {
      return await find(header)
    } catch (error) {
      const unknown = error instanceof errors.JWKSNoMatchingKey || error instanceof errors.JWKSMultipleMatchingKeys
      throw new Refused(unknown ? 'unknown-key' : 'keys-unavailable')
    }
  }

  async function verify(jws: string): Promise<Readonly<Record<string, unknown>>> {
    if (jws.length > LARGEST_MESSAGE || !COMPACT.test(jws)) throw new Refused('malformed')
    const { payload } = await compactVerify(jws, keyOf, { algorithms: ['EdDSA', 'ES256'] })
    const claims: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(payload))
    if (typeof claims !== 'object' || claims === null) throw new Refused('malformed')
    return claims as Record<string, unknown>
  }

  function isFresh({ iat, exp }: Readonly<Record<string, unknown>>): boolean {
    const second = now().getTime() / 1000
    if (typeof iat !== 'number' || Math.abs(second - iat) > CLOCK_DRIFT_S) return false
    return exp === undefined || (typeof exp === 'number' && second < exp + CLOCK_DRIFT_S)
  }

  return {
    gatewayName,
    async hear(jws, types) {
      try {
        const claims = await verify(jws)
        const { iss, aud, typ } = claims
        const ours = iss === gatewayName && aud === merchantId && typeof typ === 'string' && types.includes(typ)
        if (!ours) throw new Refused('not-for-us')
        if (!isFresh(claims)) throw new Refused('outside-time-window')
        return { kind: 'verified', claims }
      } catch (error) {
        if (error instanceof Refused) return { kind: 'refused', reason: error.reason }
        if (error instanceof errors.JOSEError) return { kind: 'refused', reason: 'bad-signature' }
        return { kind: 'refused', reason: 'malformed' }
      }
    },
  }
}
