import { certifiedEncryptionKey, type PinnedTrust } from '@/lib/trust/browser-chain'
import { CannotSeal } from './cannot-seal'

export interface EncryptionKey {
  readonly key: CryptoKey
  readonly header: { readonly alg: string; readonly enc: 'A256GCM'; readonly kid: string }
}

/** The algorithm is the key's; no other than these is ever used. */
const ALGORITHMS = {
  'ECDH-ES+A256KW': { name: 'ECDH', namedCurve: 'P-256', usages: [] },
  'RSA-OAEP-256': { name: 'RSA-OAEP', hash: 'SHA-256', usages: ['encrypt'] },
} as const

/**
 * The gateway's encryption key of this moment, after its certificates were checked.
 * @param at milliseconds since 1970, by the server's clock
 * @throws CannotSeal
 */
export async function certifiedKey(pinned: PinnedTrust, at: number): Promise<EncryptionKey> {
  const { kid, alg, x5c } = await offeredKey()
  const algorithm = isKnown(alg) ? ALGORITHMS[alg] : undefined
  if (!algorithm) throw new CannotSeal('uncertified')
  const checked = await certifiedEncryptionKey(x5c, pinned, at)
  if (checked.kind === 'refused') throw new CannotSeal('uncertified', checked.reason)
  const { usages, ...named } = algorithm
  const bytes = Uint8Array.from(checked.publicKey)
  const key = await crypto.subtle
    .importKey('spki', bytes, named, false, [...usages])
    .catch(() => Promise.reject(new CannotSeal('uncertified')))
  return { key, header: { alg, enc: 'A256GCM', kid } }
}

interface OfferedKey {
  readonly kid: string
  readonly alg: string
  readonly x5c: readonly string[]
}

async function offeredKey(): Promise<OfferedKey> {
  try {
    const response = await fetch('/.well-known/encryption-keys.json', { credentials: 'omit' })
    const { keys } = (await response.json()) as { keys: readonly OfferedKey[] }
    if (response.ok && keys[0]) return keys[0]
  } catch {
    // Said below, in the same words.
  }
  throw new CannotSeal('unreachable')
}

function isKnown(alg: string): alg is keyof typeof ALGORITHMS {
  return Object.hasOwn(ALGORITHMS, alg)
}
