import type { SealingOffer } from '@/lib/checkout/sealed-input'
import { CannotSeal } from './cannot-seal'

/** Whether this browser can encrypt at all: Web Crypto exists only where the connection cannot be listened to. */
export function canEncrypt(): boolean {
  return window.isSecureContext && typeof globalThis.crypto?.subtle?.encrypt === 'function'
}

/**
 * Encrypts what was typed so that only the gateway can read it (merchant-confirmation profile, 2; M-226): a JWE, bound to
 * one form or payment by `tid` and good for one use by `nonce`. The key is fetched with its certificates and used only when
 * they end at an authority that the page pins. All of it is fetched when it is first needed.
 *
 * @param openedAt `performance.now()` when the page got the offer; time runs on from the server's, not from the phone's
 * @throws CannotSeal
 */
export async function seal(
  offer: SealingOffer,
  typed: Readonly<Record<string, unknown>>,
  openedAt: number,
): Promise<string> {
  if (!canEncrypt()) throw new CannotSeal('unable')
  const { tid, nonce } = offer
  const iat = offer.iat + Math.floor((performance.now() - openedAt) / 1000)
  const [{ CompactEncrypt }, { certifiedKey }] = await Promise.all([
    import('jose/jwe/compact/encrypt'),
    import('./certified-key'),
  ]).catch(() => Promise.reject(new CannotSeal('unreachable')))
  const { key, header } = await certifiedKey(offer, iat * 1000)
  const content = { ...typed, tid, nonce, iat }
  return new CompactEncrypt(new TextEncoder().encode(JSON.stringify(content))).setProtectedHeader(header).encrypt(key)
}
