import { z } from 'zod'
import type { Clock } from '../../clock'
import { type PublicJwk, readPublicJwk } from '../../merchants/merchant-jwk'
import { readBounded } from './read-bounded'

/** How long a published key counts without being looked at again: a key that is taken back is refused after this. */
const LIVES_MS = 5 * 60_000
/** An unknown key id makes us look again, but not more often than this. */
const PAUSE_MS = 5_000
const LARGEST_DOCUMENT = 65_536

/** A key to which passwords are encrypted, and how. */
export interface EncryptionKey {
  readonly kid: string
  readonly alg: 'ECDH-ES+A256KW' | 'RSA-OAEP-256'
  readonly jwk: Readonly<Record<string, unknown>>
}

/** The keys of one bank: pinned in the settings, or published at its address. */
export interface BankKeys {
  /** The bank's signature key of an id; undefined when it has none by that id now. */
  signatureKey(kid: string): Promise<PublicJwk | undefined>
  encryptionKey(): Promise<EncryptionKey | undefined>
}

export interface BankKeysSettings {
  readonly keys?: { readonly keys: readonly unknown[] } | undefined
  readonly keysUrl?: string | undefined
}

interface Published {
  readonly signature: ReadonlyMap<string, PublicJwk>
  readonly encryption: EncryptionKey | undefined
}

const jwks = z.object({ keys: z.array(z.unknown()).max(50) })
const shared = { kid: z.string().regex(/^[A-Za-z0-9._~-]{1,64}$/), use: z.literal('enc') }
const encryptionJwk = z.union([
  z.object({ ...shared, kty: z.literal('EC'), crv: z.literal('P-256'), x: z.string(), y: z.string() }),
  z.object({ ...shared, kty: z.literal('RSA'), n: z.string().min(340), e: z.string() }),
])
const signatureMembers = z.object({
  ...{ kid: z.unknown(), kty: z.unknown(), crv: z.unknown(), x: z.unknown() },
  ...{ y: z.unknown().optional(), alg: z.unknown().optional(), use: z.unknown().optional() },
})

export function createBankKeys({ keys, keysUrl }: BankKeysSettings, clock: Clock, timeLimitMs: number): BankKeys {
  let known = keys && read(keys)
  let readAt = 0
  let askedAt = -Infinity
  let asking: Promise<void> | undefined

  async function fetchKeys(url: string): Promise<void> {
    askedAt = clock.now().getTime()
    const fetched = read(await fetchJson(url, timeLimitMs))
    if (!fetched) return
    known = fetched
    readAt = askedAt
  }

  /** Looks again where what is known is old, or does not have what is asked for. */
  async function fresh(suffices: (published: Published) => boolean): Promise<Published | undefined> {
    if (keysUrl === undefined) return known
    const now = clock.now().getTime()
    const isOld = now - readAt > LIVES_MS
    if (known && !isOld && (suffices(known) || now - askedAt < PAUSE_MS)) return known
    if (isOld || now - askedAt >= PAUSE_MS) {
      asking ??= fetchKeys(keysUrl).finally(() => (asking = undefined))
    }
    await asking
    // Keys that could not be looked at for long are not used: one of them may have been taken back.
    return known && clock.now().getTime() - readAt <= LIVES_MS ? known : undefined
  }

  return {
    signatureKey: async (kid) => (await fresh(({ signature }) => signature.has(kid)))?.signature.get(kid),
    encryptionKey: async () => (await fresh(({ encryption }) => encryption !== undefined))?.encryption,
  }
}

function read(document: unknown): Published | undefined {
  const listed = jwks.safeParse(document)
  if (!listed.success) return undefined
  const signature = new Map<string, PublicJwk>()
  let encryption: EncryptionKey | undefined
  for (const each of listed.data.keys) {
    const enc = encryptionJwk.safeParse(each)
    if (enc.success) {
      const { kid, kty } = enc.data
      encryption ??= { kid, alg: kty === 'EC' ? 'ECDH-ES+A256KW' : 'RSA-OAEP-256', jwk: enc.data }
      continue
    }
    // Of a key only what makes it one is read; whatever else a bank publishes with it is its own affair.
    const members = signatureMembers.safeParse(each)
    const jwk = members.success ? readPublicJwk(withoutAbsent(members.data)) : undefined
    if (jwk?.kind === 'read') signature.set(jwk.jwk.kid, jwk.jwk)
  }
  return { signature, encryption }
}

function withoutAbsent(members: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined))
}

async function fetchJson(url: string, timeLimitMs: number): Promise<unknown> {
  try {
    const response = await fetch(url, {
      headers: { accept: 'application/json' },
      redirect: 'error',
      signal: AbortSignal.timeout(timeLimitMs),
    })
    const body = await readBounded(response, LARGEST_DOCUMENT)
    return response.status === 200 && body ? JSON.parse(body.toString('utf8')) : undefined
  } catch {
    // Away, too slow or no JSON: what was known before stays in use for its time.
    return undefined
  }
}
