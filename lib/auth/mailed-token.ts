import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Uuid } from '../ids'

/** Names something in the link of a mail. Nothing of it is stored: who has the link has had the mail. */
export interface MailedTokens {
  issue(...ids: readonly Uuid[]): string
  /** What the token was issued for; undefined for anything that we did not issue. */
  read(token: string): Uuid[] | undefined
}

const ID_BYTES = 16
const MARK_BYTES = 32

/** @param purpose keeps a link of one kind from being worth anything as one of another */
export function createMailedTokens(secret: string, purpose: string, idCount: number): MailedTokens {
  const idBytes = idCount * ID_BYTES
  const form = new RegExp(`^[A-Za-z0-9_-]{${Math.ceil(((idBytes + MARK_BYTES) * 4) / 3)}}$`)
  const mark = (ids: Buffer) => createHmac('sha256', secret).update(`${purpose}\n`).update(ids).digest()

  return {
    issue(...uuids) {
      const ids = Buffer.from(uuids.join('').replaceAll('-', ''), 'hex')
      return Buffer.concat([ids, mark(ids)]).toString('base64url')
    },
    read(token) {
      if (!form.test(token)) return undefined
      const bytes = Buffer.from(token, 'base64url')
      const ids = bytes.subarray(0, idBytes)
      if (!timingSafeEqual(bytes.subarray(idBytes), mark(ids))) return undefined
      return Array.from({ length: idCount }, (_, at) => uuidOf(ids.subarray(at * ID_BYTES, (at + 1) * ID_BYTES)))
    },
  }
}

function uuidOf(bytes: Buffer): Uuid {
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
}
