import type { Audit } from '../audit/audit'
import { type Clock, HOUR_MS } from '../clock'
import type { Database } from '../db/database'
import { countOne } from '../db/rate-count'
import { publicId, type Uuid } from '../ids'
import { noteUse } from './key-store'
import { findKey, findMerchant } from './store'
import { type CheckedSignature, verifySigned } from './verify-signed'

/** In whose name a message came, and for what. */
export interface Sender {
  readonly merchantId: Uuid
  /** payment.redirect, payment.confirmed, payment.cancel, payment.input */
  readonly purpose: string
  /** The payment it is about, as people see it; absent while nobody knows. */
  readonly about?: string
}

/** A checked message; `noted` says whether a refused one has its line in the audit trail, and may be kept beside it. */
export type CheckedMessage =
  | Extract<CheckedSignature, { kind: 'verified' }>
  | (Extract<CheckedSignature, { kind: 'refused' }> & { readonly noted: boolean })

/** What comes in a shop's name, whoever sent it: checked against that shop's keys, and refusals written down (P5.2, P9.3). */
export interface ShopMessages {
  check(jws: string, sender: Sender): Promise<CheckedMessage>
  /**
   * Notes that a message was refused for what it says, or for what it is. False where strangers have sent so many that no more
   * are noted within the hour.
   */
  refused(sender: Sender, reason: string, kid?: string): Promise<boolean>
}

interface Parts {
  readonly database: Database
  readonly clock: Clock
  readonly audit: Pick<Audit, 'note'>
}

/** Strangers can send as much as they like in a shop's name; more lines than this in an hour tell nobody anything new. */
const MOST_LINES_AN_HOUR = 200

export function createShopMessages({ database, clock, audit }: Parts): ShopMessages {
  const { prisma } = database

  async function refused({ merchantId, purpose, about }: Sender, reason: string, kid?: string): Promise<boolean> {
    const now = clock.now()
    const hour = new Date(now.getTime() - (now.getTime() % HOUR_MS))
    const merchant = await findMerchant(prisma, merchantId)
    if (!merchant) return false
    const lines = await countOne(prisma, `refused-message:${merchantId}:${purpose}`, hour)
    if (lines > MOST_LINES_AN_HOUR) return false
    await audit.note({
      tenantId: merchantId,
      actor: { kind: 'shop', id: merchantId, name: publicId('mer', merchantId), role: 'shop' },
      action: 'message.refuse',
      object: about ?? publicId('mer', merchantId),
      outcome: reason,
      detail: { purpose, ...(kid === undefined ? {} : { kid }) },
    })
    return true
  }

  return {
    refused,
    async check(jws, sender) {
      const { merchantId } = sender
      const now = clock.now()
      const checked = await verifySigned(jws, (kid) => findKey(prisma, merchantId, kid), now)
      if (checked.kind === 'refused') {
        return { ...checked, noted: await refused(sender, checked.reason, checked.kid) }
      }
      await noteUse(prisma, { merchantId, kid: checked.kid }, now)
      return checked
    },
  }
}
