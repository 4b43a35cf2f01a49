import type { Uuid } from '../ids'
import { createMailedTokens } from './mailed-token'

/** Names an invitation in the link of its mail. */
export interface InvitationTokens {
  issue(invitation: { readonly merchantId: Uuid; readonly id: Uuid }): string
  /** Which invitation the token was issued for; undefined for anything that we did not issue. */
  read(token: string): { merchantId: Uuid; id: Uuid } | undefined
}

export function createInvitationTokens(secret: string): InvitationTokens {
  const tokens = createMailedTokens(secret, 'invitation', 2)
  return {
    issue: ({ merchantId, id }) => tokens.issue(merchantId, id),
    read(token) {
      const [merchantId, id] = tokens.read(token) ?? []
      return merchantId && id ? { merchantId, id } : undefined
    },
  }
}
