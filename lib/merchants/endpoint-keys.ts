import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'
import { z } from 'zod'
import type { Settings } from '../env'
import type { Uuid } from '../ids'
import { invariant } from '../invariant'
import { newWebhookSeed, webhookPublicKey } from '../messages/webhook-signature'

/** One signature key of a webhook endpoint as it is stored: the seed sealed, the public key in clear. */
const storedKey = z.object({
  keyId: z.string(),
  sealed: z.base64(),
  publicKey: z.string(),
  createdAt: z.iso.datetime(),
})
export const storedKeys = z.array(storedKey)
export type StoredEndpointKey = z.output<typeof storedKey>

export interface EndpointPlace {
  readonly merchantId: Uuid
  readonly id: Uuid
}

/** Makes and opens the keys that webhooks are signed with. A stolen database signs nothing. */
export interface EndpointKeys {
  /** The id of the key that seals now. */
  readonly keyId: string
  make(place: EndpointPlace, now: Date): StoredEndpointKey
  /** @throws BrokenInvariant when the row was tampered with, or its sealing key is no longer among ours */
  open(place: EndpointPlace, stored: StoredEndpointKey): Buffer
  /** The same key, sealed with the key in use now. */
  reseal(place: EndpointPlace, stored: StoredEndpointKey): StoredEndpointKey
}

const IV = 12
const TAG = 16

/** Sealing keys are derived from those of the card vault, for this purpose alone, and rotate with them. */
export function createEndpointKeys(settings: Pick<Settings, 'CARD_KEYS'>): EndpointKeys {
  const keys = new Map(settings.CARD_KEYS.map(({ id, key }) => [id, derive(key)]))
  const current = settings.CARD_KEYS[0]?.id
  invariant(current !== undefined, 'CARD_KEYS must hold a key')

  function keyFor(keyId: string): Buffer {
    const key = keys.get(keyId)
    invariant(key, `the key ${keyId} that sealed a webhook key is not in CARD_KEYS`)
    return key
  }

  function seal(place: EndpointPlace, seed: Buffer): Pick<StoredEndpointKey, 'keyId' | 'sealed'> {
    const iv = randomBytes(IV)
    const cipher = createCipheriv('aes-256-gcm', keyFor(current!), iv)
    cipher.setAAD(boundTo(place, current!))
    const sealed = Buffer.concat([iv, cipher.update(seed), cipher.final(), cipher.getAuthTag()])
    return { keyId: current!, sealed: sealed.toString('base64') }
  }

  function open(place: EndpointPlace, { keyId, sealed }: StoredEndpointKey): Buffer {
    const bytes = Buffer.from(sealed, 'base64')
    const decipher = createDecipheriv('aes-256-gcm', keyFor(keyId), bytes.subarray(0, IV), { authTagLength: TAG })
    decipher.setAAD(boundTo(place, keyId))
    decipher.setAuthTag(bytes.subarray(-TAG))
    return Buffer.concat([decipher.update(bytes.subarray(IV, -TAG)), decipher.final()])
  }

  return {
    keyId: current,
    open,
    make(place, now) {
      const seed = newWebhookSeed()
      return { ...seal(place, seed), publicKey: webhookPublicKey(seed), createdAt: now.toISOString() }
    },
    reseal: (place, stored) => ({ ...stored, ...seal(place, open(place, stored)) }),
  }
}

function derive(key: Uint8Array): Buffer {
  return Buffer.from(hkdfSync('sha256', key, '', 'moa webhook keys', 32))
}

function boundTo({ merchantId, id }: EndpointPlace, keyId: string): Buffer {
  return Buffer.from(`webhook\n${merchantId}\n${id}\n${keyId}`)
}
