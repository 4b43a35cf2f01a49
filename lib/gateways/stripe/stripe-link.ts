import type Stripe from 'stripe'

export interface StripeSettings {
  readonly secretKey: string
  /** Another address than Stripe's own, for tests: http://127.0.0.1:8420. */
  readonly url?: string | undefined
  readonly timeLimitMs: number
}

/** What we ask of Stripe; amounts are its smallest units, which are ours. Every method throws Stripe's own errors. */
export interface StripeLink {
  readonly paymentIntents: Pick<Stripe['paymentIntents'], 'create' | 'capture' | 'cancel' | 'retrieve'>
  readonly refunds: Pick<Stripe['refunds'], 'create' | 'list'>
}

/**
 * The link to Stripe by its official SDK, which is loaded at the first call. The SDK repeats nothing but what went into a
 * connection that was closed already: repeating is the payment's business, under the same idempotency key.
 */
export function connectStripe({ secretKey, url, timeLimitMs }: StripeSettings): () => Promise<StripeLink> {
  let link: Promise<StripeLink> | undefined
  return () => {
    link ??= import('stripe').then(({ default: Sdk }) => {
      const at = url === undefined ? undefined : new URL(url)
      return new Sdk(secretKey, {
        ...{ maxNetworkRetries: 0, timeout: timeLimitMs, telemetry: false },
        ...(at
          ? {
              host: at.hostname,
              port: at.port,
              protocol: at.protocol === 'https:' ? ('https' as const) : ('http' as const),
            }
          : {}),
      })
    })
    return link
  }
}
