import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Uuid } from '../ids'

/** What an address names, as far as it can be read without asking the database. */
export interface TokenSubject {
  readonly merchantId: Uuid
  readonly id: Uuid
}

/**
 * Writes and checks the part of an address that says what is bought: the identifiers of shop and object, and a MAC over
 * them and over its terms as they are stored. Neither can be changed without the other: not the address by whoever passes
 * it on, nor the price behind a printed code.
 */
export interface LinkTokens {
  write(subject: TokenSubject, terms: string): string
  /** Reads the identifiers; undefined for anything that is not of this form. Says nothing about the MAC yet. */
  read(token: string): TokenSubject | undefined
  isGenuine(token: string, subject: TokenSubject, terms: string): boolean
}

const ID_BYTES = 16
// 128 bits: guessing one is out of reach, and the code stays small enough to be read from a poster.
const MAC_BYTES = 16

/** @param purpose tells keys apart: an address made for one kind of object is worth nothing for another */
export function createLinkTokens(secret: Buffer, purpose: string): LinkTokens {
  const key = createHmac('sha256', secret).update(purpose).digest()
  const macOf = ({ merchantId, id }: TokenSubject, terms: string) =>
    createHmac('sha256', key)
      .update(JSON.stringify([merchantId, id, terms]))
      .digest()
      .subarray(0, MAC_BYTES)
  const bytesOf = (uuid: Uuid) => Buffer.from(uuid.replaceAll('-', ''), 'hex')

  return {
    write: (subject, terms) =>
      Buffer.concat([bytesOf(subject.merchantId), bytesOf(subject.id), macOf(subject, terms)]).toString('base64url'),

    read(token) {
      if (!/^[A-Za-z0-9_-]{64}$/.test(token)) return undefined
      const hex = Buffer.from(token, 'base64url')
        .subarray(0, 2 * ID_BYTES)
        .toString('hex')
      return { merchantId: uuidFrom(hex.slice(0, 32)), id: uuidFrom(hex.slice(32)) }
    },

    isGenuine: (token, subject, terms) =>
      timingSafeEqual(Buffer.from(token, 'base64url').subarray(2 * ID_BYTES), macOf(subject, terms)),
  }
}

function uuidFrom(hex: string): Uuid {
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}
