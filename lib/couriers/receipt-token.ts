import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Uuid } from '../ids'

/** What a receipt's address names: one delivery, and when its cash was taken. */
export interface ReceiptSubject {
  readonly merchantId: Uuid
  readonly id: Uuid
  readonly takenAt: Date
}

/**
 * Writes and reads the part of an address that shows one receipt: shop, delivery, the second in which the cash was taken,
 * and 128 bits of a MAC over them, made with a key that serves nothing else. Whoever has it can look, and do nothing.
 */
export interface ReceiptTokens {
  write(subject: ReceiptSubject): string
  /** Undefined for anything that `write` has not made. Whether its time is over is for the reader to see. */
  read(token: string): ReceiptSubject | undefined
}

const ID_BYTES = 16
const TIME_BYTES = 5
const MAC_BYTES = 16
const SIGNED = 2 * ID_BYTES + TIME_BYTES
const FORM = /^[A-Za-z0-9_-]{71}$/

export function createReceiptTokens(secret: Buffer): ReceiptTokens {
  const key = createHmac('sha256', secret).update('cash-receipt').digest()
  const macOf = (signed: Buffer) => createHmac('sha256', key).update(signed).digest().subarray(0, MAC_BYTES)

  return {
    write({ merchantId, id, takenAt }) {
      const time = Buffer.alloc(TIME_BYTES)
      time.writeUIntBE(Math.floor(takenAt.getTime() / 1000), 0, TIME_BYTES)
      const signed = Buffer.concat([bytesOf(merchantId), bytesOf(id), time])
      return Buffer.concat([signed, macOf(signed)]).toString('base64url')
    },

    read(token) {
      if (!FORM.test(token)) return undefined
      const bytes = Buffer.from(token, 'base64url')
      // A last character may carry bits that belong to no byte: an address has one form.
      if (bytes.toString('base64url') !== token) return undefined
      const signed = bytes.subarray(0, SIGNED)
      if (!timingSafeEqual(bytes.subarray(SIGNED), macOf(signed))) return undefined
      const hex = signed.toString('hex')
      return {
        merchantId: uuidFrom(hex.slice(0, 32)),
        id: uuidFrom(hex.slice(32, 64)),
        takenAt: new Date(signed.readUIntBE(2 * ID_BYTES, TIME_BYTES) * 1000),
      }
    },
  }
}

const bytesOf = (uuid: Uuid) => Buffer.from(uuid.replaceAll('-', ''), 'hex')

function uuidFrom(hex: string): Uuid {
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}
