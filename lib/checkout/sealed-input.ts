import { compactDecrypt, decodeProtectedHeader, errors, importJWK, type JWK } from 'jose'
import { z } from 'zod'
import { type Clock, later } from '../clock'
import type { Settings } from '../env'
import type { Uuid } from '../ids'
import { invariant } from '../invariant'
import type { ShopMessages } from '../merchants/shop-messages'
import type { SeenMessages } from '../merchants/seen-messages'
import type { Trust } from '../trust/trust'
import { createNonces, NONCE_LIVES_MS } from './nonce'

/**
 * What the page gives the browser so that it can encrypt what is typed (profile 2). All of it is public. The key itself the
 * browser fetches, with its certificates, and believes only what ends at one of the authorities that are named here.
 */
export interface SealingOffer {
  /** SHA-256 of the certificates of our authorities, base64url. */
  readonly anchors: readonly string[]
  /** Whom the key must be certified for: the origin of our pages. */
  readonly gateway: string
  readonly tid: string
  /** Good for one input. */
  readonly nonce: string
  /** Our time in seconds. The browser best counts on from here: shoppers' clocks may be wrong. */
  readonly iat: number
}

export type SealedInputFault = 'malformed' | 'unknown-key' | 'not-for-us' | 'outside-time-window' | 'used'

export type OpenedInput =
  { kind: 'opened'; input: Readonly<Record<string, unknown>> } | { kind: 'refused'; reason: SealedInputFault }

/**
 * Card data, account data and passwords travel from browser to server encrypted to us, inside TLS: bound to one
 * transaction, used once (M-186 … M-193, M-226, P5.3).
 */
export interface SealedInput {
  /** Public keys with their certificate chains, for /.well-known: the first is the one in use. */
  readonly jwks: { readonly keys: readonly Readonly<JWK>[] }
  /** @param tid what the input is bound to: the payment's id (pay_…), or the name of another form (login, register) */
  offer(tid: string): SealingOffer
  /**
   * Opens what the browser encrypted and uses its nonce up. What it holds is as unchecked as any input.
   * @param bound the transaction of the page, and the tenant under which the nonce is remembered
   */
  open(jwe: string, bound: { readonly tid: string; readonly tenantId: Uuid }): Promise<OpenedInput>
}

interface Parts {
  readonly settings: Pick<Settings, 'ENCRYPTION_KEYS' | 'SESSION_SECRET' | 'WEB_URL'>
  readonly trust: Pick<Trust, 'anchors' | 'chainOf'>
  readonly clock: Clock
  readonly seen: SeenMessages
  /** Writes down that something was refused in a shop's checkout. */
  readonly refused: ShopMessages['refused']
}

const LARGEST = 8192
const DRIFT_MS = 300_000
const COMPACT = /^[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]*){3}\.[A-Za-z0-9_-]+$/

const header = z.strictObject({
  alg: z.string(),
  enc: z.literal('A256GCM'),
  kid: z.string(),
  typ: z.string().max(32).optional(),
  epk: z.strictObject({ kty: z.string(), crv: z.string(), x: z.string(), y: z.string().optional() }).optional(),
})

/** What was typed stands beside the three members that bind it. */
const contents = z.looseObject({ tid: z.string(), nonce: z.string(), iat: z.int() })

/** @throws BrokenInvariant at start when an encryption key is not a private P-256 or RSA key with a key id */
export function createSealedInput({ settings, trust, clock, seen, ...parts }: Parts): SealedInput {
  const keys = settings.ENCRYPTION_KEYS.map(readKey)
  invariant(keys.length > 0, 'ENCRYPTION_KEYS must hold a key')
  const nonces = createNonces(settings.SESSION_SECRET)
  const refused = (reason: SealedInputFault): OpenedInput => ({ kind: 'refused', reason })

  return {
    get jwks() {
      return { keys: keys.map(({ kid, published }) => ({ ...published, x5c: [...trust.chainOf('encryption', kid)] })) }
    },

    offer(tid) {
      const now = clock.now()
      const iat = Math.floor(now.getTime() / 1000)
      const anchors = trust.anchors.map(({ fingerprint }) => fingerprint)
      const gateway = new URL(settings.WEB_URL).origin
      return { anchors, gateway, tid, nonce: nonces.make(tid, now), iat }
    },

    async open(jwe, bound) {
      const opened = await openOnce(jwe, bound)
      if (opened.kind === 'refused') {
        const sender = { merchantId: bound.tenantId, purpose: 'payment.input', about: bound.tid }
        await parts.refused(sender, opened.reason)
      }
      return opened
    },
  }

  async function openOnce(jwe: string, { tid, tenantId }: { tid: string; tenantId: Uuid }): Promise<OpenedInput> {
    const read = readHeader(jwe)
    if (!read) return refused('malformed')
    const key = keys.find(({ kid }) => kid === read.kid)
    if (!key || read.alg !== key.alg) return refused('unknown-key')
    const opened = await decrypt(jwe, key)
    if (!opened) return refused('malformed')
    const now = clock.now()
    const { tid: boundTo, nonce, iat, ...input } = opened
    const expires = boundTo === tid ? nonces.check(nonce, tid, now) : undefined
    if (!expires) return refused('not-for-us')
    // Encrypted between the making of the page and now, as far as clocks agree.
    const made = later(expires, -NONCE_LIVES_MS - DRIFT_MS)
    const sealedAt = new Date(iat * 1000)
    if (sealedAt < made || sealedAt > later(now, DRIFT_MS)) return refused('outside-time-window')
    const first = await seen.isFirst(tenantId, `nonce ${nonce.slice(0, 22)}`, later(expires, DRIFT_MS))
    return first ? { kind: 'opened', input } : refused('used')
  }
}

interface EncryptionKey {
  readonly kid: string
  readonly alg: 'ECDH-ES+A256KW' | 'RSA-OAEP-256'
  readonly secret: JWK
  readonly published: Readonly<JWK>
}

/** The algorithm is the key's, as everywhere: a message never chooses. */
function readKey(secret: Settings['ENCRYPTION_KEYS'][number]): EncryptionKey {
  const { kid, kty, crv, x, y, n, e } = secret as JWK & { kid: string; kty: string }
  invariant('d' in secret, 'a key in ENCRYPTION_KEYS must be a private key')
  if (kty === 'EC' && crv === 'P-256' && x && y) {
    const alg = 'ECDH-ES+A256KW' as const
    return { kid, alg, secret, published: { kty, crv, x, y, kid, use: 'enc', alg } }
  }
  invariant(kty === 'RSA' && n && e, 'a key in ENCRYPTION_KEYS must be P-256 or RSA')
  const alg = 'RSA-OAEP-256' as const
  return { kid, alg, secret, published: { kty, n, e, kid, use: 'enc', alg } }
}

function readHeader(jwe: string): z.output<typeof header> | undefined {
  if (jwe.length > LARGEST || !COMPACT.test(jwe)) return undefined
  try {
    const read = header.safeParse(decodeProtectedHeader(jwe))
    return read.success ? read.data : undefined
  } catch {
    return undefined
  }
}

async function decrypt(jwe: string, { secret, alg }: EncryptionKey): Promise<z.output<typeof contents> | undefined> {
  try {
    const { plaintext } = await compactDecrypt(jwe, await importJWK(secret, alg), {
      keyManagementAlgorithms: [alg],
      contentEncryptionAlgorithms: ['A256GCM'],
    })
    const read = contents.safeParse(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(plaintext)))
    return read.success ? read.data : undefined
  } catch (error) {
    if (isSenders(error)) return undefined
    throw error
  }
}

/** Whether the fault is in what was sent: not decryptable, not text, not JSON, or a point that is not on the curve. */
function isSenders(error: unknown): boolean {
  if (error instanceof errors.JOSEError || error instanceof SyntaxError || error instanceof TypeError) return true
  return error instanceof DOMException
}
