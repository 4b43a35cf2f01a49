import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Uuid } from '../ids'

/** Names an invitation in the link of its mail. Nothing of it is stored: who has the link has had the mail. */
export interface InvitationTokens {
  issue(invitation: { readonly merchantId: Uuid; readonly id: Uuid }): string
  /** Which invitation the token was issued for; undefined for anything that we did not issue. */
  read(token: string): { merchantId: Uuid; id: Uuid } | undefined
}

const TOKEN = /^[A-Za-z0-9_-]{86}$/
const IDS_LENGTH = 32

export function createInvitationTokens(secret: string): InvitationTokens {
  const mark = (ids: Buffer) => createHmac('sha256', secret).update('invitation\n').update(ids).digest()

  return {
    issue({ merchantId, id }) {
      const ids = Buffer.from((merchantId + id).replaceAll('-', ''), 'hex')
      return Buffer.concat([ids, mark(ids)]).toString('base64url')
    },
    read(token) {
      if (!TOKEN.test(token)) return undefined
      const bytes = Buffer.from(token, 'base64url')
      const ids = bytes.subarray(0, IDS_LENGTH)
      if (!timingSafeEqual(bytes.subarray(IDS_LENGTH), mark(ids))) return undefined
      return { merchantId: uuidOf(ids.subarray(0, 16)), id: uuidOf(ids.subarray(16)) }
    },
  }
}

function uuidOf(bytes: Buffer): Uuid {
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
}
