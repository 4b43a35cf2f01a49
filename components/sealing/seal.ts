import type { SealingOffer } from '@/lib/checkout/sealed-input'

/**
 * Encrypts what was typed so that only the gateway can read it (merchant-confirmation profile, 2; M-226): a JWE, bound to
 * one form or payment by `tid` and good for one use by `nonce`. The library is fetched when it is first needed.
 *
 * @param openedAt `performance.now()` when the page got the offer; time runs on from the server's, not from the phone's
 */
export async function seal(
  offer: SealingOffer,
  typed: Readonly<Record<string, unknown>>,
  openedAt: number,
): Promise<string> {
  const { key, alg, enc, tid, nonce, iat } = offer
  const [{ CompactEncrypt }, { importJWK }] = await Promise.all([
    import('jose/jwe/compact/encrypt'),
    import('jose/key/import'),
  ])
  const content = { ...typed, tid, nonce, iat: iat + Math.floor((performance.now() - openedAt) / 1000) }
  return new CompactEncrypt(new TextEncoder().encode(JSON.stringify(content)))
    .setProtectedHeader({ alg, enc, kid: key.kid ?? '' })
    .encrypt(await importJWK(key, alg))
}
