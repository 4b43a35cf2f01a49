import type { PrivateJwk } from './signer'
import type { SeenMessages } from './seen-messages'

export interface MoaSettings {
  /** Where the API is: `https://api.pay.example`. */
  readonly apiUrl: string
  /** Where shoppers pay: `https://pay.example`. Its origin is the gateway's name in signed messages. */
  readonly webUrl: string
  /** `moa_test_…` or `moa_live_…`; stays on your server. */
  readonly secretKey: string
  /** `mer_…` */
  readonly merchantId: string
  /** Private JWK, Ed25519 or P-256, with the `kid` under which its public half is registered. */
  readonly signingKey: PrivateJwk
  /** Where the gateway publishes its keys; `/.well-known/jwks.json` at the API when absent. */
  readonly gatewayKeysUrl?: string
  /** The language of error messages; English when absent. */
  readonly locale?: 'ko' | 'en'
  /** How long one try of a request may take; 20 seconds when absent. */
  readonly timeoutMs?: number
  /** How often a request is tried in all, and the pause before the first repeat; 4 times and 250 ms when absent. */
  readonly retry?: { readonly tries?: number; readonly firstPauseMs?: number }
  /** Where names of messages are kept that were accepted once; this process's memory when absent. */
  readonly seen?: SeenMessages
  /** The time; the system's when absent. */
  readonly now?: () => Date
}

const HTTP = /^https?:$/

/** @throws Error naming the setting that is wrong, never its value */
export function checkSettings(settings: MoaSettings): void {
  const { apiUrl, webUrl, gatewayKeysUrl, secretKey, merchantId } = settings
  for (const [name, url] of Object.entries({ apiUrl, webUrl, ...(gatewayKeysUrl && { gatewayKeysUrl }) })) {
    if (!URL.canParse(url) || !HTTP.test(new URL(url).protocol)) throw new Error(`Moa: ${name} must be an http(s) URL.`)
  }
  if (!/^[\x21-\x7e]+$/.test(secretKey)) throw new Error('Moa: secretKey must be an API key (moa_…).')
  if (!/^mer_[0-9a-z]+$/.test(merchantId)) throw new Error('Moa: merchantId must be a merchant’s id (mer_…).')
}
