import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto'
import type { Uuid } from '../ids'
import { invariant } from '../invariant'

/** What a sealed number belongs to. It opens for this record and no other: a row copied over another is useless. */
export interface Binding {
  readonly kind:
    | 'card'
    | 'vcard'
    | 'message'
    | 'phone-line'
    | 'phone-notify'
    | 'account'
    | 'account-mobile'
    | 'authenticator'
    | 'mandate'
    | 'oauth'
    | 'camara'
    | 'camara-sink'
    | 'open-secret'
    | 'open-sms'
    | 'address'
    | 'payment-address'
    | 'payout-account'
    | 'bank-account'
    | 'payer-account'
  readonly ownerId: Uuid
  readonly id: Uuid
}

export interface Sealed {
  /** Initialization vector, ciphertext and tag, in this order. */
  readonly sealedNumber: Uint8Array<ArrayBuffer>
  readonly keyId: string
}

/** Where card numbers become unreadable and readable again (P8.1). The keys come from outside the database. */
export interface Vault {
  /** The key that seals from now on. Older ones still open. */
  readonly keyId: string
  seal(binding: Binding, number: string): Sealed
  /** @throws BrokenInvariant if the key is not among ours, or what was sealed or its place has been tampered with */
  open(binding: Binding, sealed: Sealed): string
  /** Keyed hash (HMAC-SHA-256) by which a number is found without opening any. */
  fingerprint(number: string): Uint8Array<ArrayBuffer>
}

export interface VaultKeys {
  /** The key in use first, older ones after it. */
  readonly sealing: readonly { readonly id: string; readonly key: Uint8Array }[]
  readonly fingerprint: Uint8Array
}

const CIPHER = 'aes-256-gcm'
// Random vectors of 96 bits: one key may seal some 2^32 numbers before two of them could meet.
const IV_LENGTH = 12
const TAG_LENGTH = 16

export function createVault({ sealing, fingerprint }: VaultKeys): Vault {
  const keys = new Map(sealing.map(({ id, key }) => [id, key]))
  const [current] = sealing
  invariant(current, 'a vault needs a key')

  return {
    keyId: current.id,
    seal(binding, number) {
      const iv = randomBytes(IV_LENGTH)
      const cipher = createCipheriv(CIPHER, current.key, iv)
      cipher.setAAD(placeOf(binding, current.id))
      const sealed = [iv, cipher.update(number, 'utf8'), cipher.final(), cipher.getAuthTag()]
      return { sealedNumber: Uint8Array.from(Buffer.concat(sealed)), keyId: current.id }
    },
    open(binding, { sealedNumber, keyId }) {
      const key = keys.get(keyId)
      invariant(key, `the key ${keyId} that sealed a number is not among the keys in use`)
      const bytes = Buffer.from(sealedNumber)
      invariant(bytes.length > IV_LENGTH + TAG_LENGTH, 'a sealed number is too short')
      const decipher = createDecipheriv(CIPHER, key, bytes.subarray(0, IV_LENGTH), { authTagLength: TAG_LENGTH })
      decipher.setAAD(placeOf(binding, keyId))
      decipher.setAuthTag(bytes.subarray(-TAG_LENGTH))
      try {
        const number = decipher.update(bytes.subarray(IV_LENGTH, -TAG_LENGTH))
        return Buffer.concat([number, decipher.final()]).toString('utf8')
      } catch {
        invariant(false, `a sealed number does not belong to the ${binding.kind} it was found in`)
      }
    },
    fingerprint: (number) =>
      Uint8Array.from(createHmac('sha256', fingerprint).update(`card-number:${number}`).digest()),
  }
}

function placeOf({ kind, ownerId, id }: Binding, keyId: string): Buffer {
  return Buffer.from(`moa:${kind}:${ownerId}:${id}:${keyId}`)
}
