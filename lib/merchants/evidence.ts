import { z } from 'zod'
import type { Clock } from '../clock'
import type { Database } from '../db/database'
import { publicId, type Uuid, uuidAt } from '../ids'
import { readJson } from '../json'
import { verifyWebhook } from '../messages/webhook-signature'
import { type EvidenceFile, evidenceFile } from './evidence-file'
import type { MerchantKey } from './merchant'
import { type PublicJwk, readPublicJwk } from './merchant-jwk'
import { findEvidence, findMerchantOfEvidence, insertEvidence } from './message-store'
import type { Signing } from './signing'
import { findKey, findKeys, findMerchant } from './store'
import { verifySigned } from './verify-signed'

export interface EvidenceToKeep {
  readonly merchantId: Uuid
  readonly paymentId: Uuid
  readonly direction: 'sent' | 'received'
  /** The message's purpose: payment.confirm, payment.confirmed, payment.cancel … */
  readonly type: string
  /** Exactly as sent or received. */
  readonly message: string
  /** The key it was signed or checked with: a key id, or a webhook's public key. */
  readonly kid?: string
  /** sent, accepted, or why it was refused. */
  readonly outcome: string
}

export interface EvidenceShown extends EvidenceToKeep {
  readonly id: Uuid
  readonly at: Date
  /** The key as it was when the message was kept, with its certificates; absent for webhooks, whose key id is the key. */
  readonly key?: PublicJwk
  /** The signature checked once more, now, against the key as it was valid then. */
  readonly verification: 'valid' | 'invalid' | 'key-unknown' | 'not-signed'
}

/** Signed messages between a shop and us, kept for ever, so that nobody can deny what was said (M-166, M-222). */
export interface EvidenceBook {
  keep(evidence: EvidenceToKeep): Promise<void>
  list(merchantId: Uuid, paymentId: Uuid): Promise<EvidenceShown[]>
  /** One file that anybody can check without us (docs/evidence.md). */
  export(merchantId: Uuid, paymentId: Uuid): Promise<EvidenceFile>
  /** The shop of a payment of which something is kept: for those who look at the whole installation. */
  merchantOf(paymentId: Uuid): Promise<Uuid | undefined>
}

interface Parts {
  readonly database: Database
  readonly clock: Clock
  readonly signing: Signing
}

export function createEvidenceBook({ database, clock, signing }: Parts): EvidenceBook {
  const { prisma } = database
  let latest = 0

  /** Question and answer may fall into one millisecond; their ids still tell which came first. */
  function nextId(at: Date): Uuid {
    latest = Math.max(at.getTime(), latest + 1)
    return uuidAt(new Date(latest))
  }

  /** The key itself is kept beside what it signed: keys are changed, and evidence outlives them. */
  async function keyOf({ merchantId, direction, kid }: EvidenceToKeep): Promise<PublicJwk | undefined> {
    if (kid === undefined || isWebhookKey(kid)) return undefined
    if (direction === 'sent') return signing.jwks.keys.find((jwk) => jwk.kid === kid)
    return (await findKey(prisma, merchantId, kid))?.jwk
  }

  async function list(merchantId: Uuid, paymentId: Uuid): Promise<EvidenceShown[]> {
    const [rows, shopKeys] = await Promise.all([
      findEvidence(prisma, merchantId, paymentId),
      findKeys(prisma, merchantId),
    ])
    const ours = signing.jwks.keys.map((jwk) => ({ kid: jwk.kid, jwk, validFrom: new Date(0) }))
    return Promise.all(
      rows.map(async ({ kid, direction, key: stored, ...row }) => {
        const isSent = direction === 'sent'
        const kept = readPublicJwk(stored)
        const key = kept.kind === 'read' ? kept.jwk : undefined
        const known = (isSent ? ours : shopKeys).find((each) => each.kid === kid)
        const verification = await checkAgain(row, kid, key, known)
        return {
          ...row,
          direction: isSent ? 'sent' : 'received',
          ...(kid ? { kid } : {}),
          ...((key ?? known) ? { key: key ?? known!.jwk } : {}),
          verification,
        }
      }),
    )
  }

  return {
    list,

    async keep(evidence) {
      const at = clock.now()
      const key = await keyOf(evidence)
      const { kid = null, ...row } = evidence
      await insertEvidence(prisma, { ...row, kid, id: nextId(at), at, ...(key ? { key } : {}) })
    },

    async export(merchantId, paymentId) {
      const [messages, merchant] = await Promise.all([list(merchantId, paymentId), findMerchant(prisma, merchantId)])
      return evidenceFile({
        payment: publicId('pay', paymentId),
        gateway: signing.gatewayName,
        merchant: { id: publicId('mer', merchantId), name: merchant?.nameEn || merchant?.name || '' },
        at: clock.now(),
        messages,
      })
    },

    merchantOf: (paymentId) => findMerchantOfEvidence(prisma, paymentId),
  }
}

/** A webhook as kept in the book: what the receiver checked, byte for byte. */
const keptWebhook = z.object({
  headers: z.object({ 'webhook-id': z.string(), 'webhook-timestamp': z.string(), 'webhook-signature': z.string() }),
  body: z.string(),
})

const isWebhookKey = (kid: string) => kid.startsWith('whpk_')

/**
 * Checks a message with the key that was kept with it, as valid as the registry says that it was then. A kept key that is not
 * the registered one of its id is no key.
 */
async function checkAgain(
  { message, at }: { message: string; at: Date },
  kid: string | null,
  kept: PublicJwk | undefined,
  known: MerchantKey | undefined,
): Promise<EvidenceShown['verification']> {
  if (!kid || !message) return 'not-signed'
  if (isWebhookKey(kid)) {
    const webhook = keptWebhook.safeParse(readJson(message))
    return webhook.success && verifyWebhook(webhook.data.headers, webhook.data.body, kid) ? 'valid' : 'invalid'
  }
  if (kept && known && !isSameKey(kept, known.jwk)) return 'invalid'
  const key = known ?? (kept && { kid, jwk: kept, validFrom: new Date(0) })
  if (!key) return 'key-unknown'
  const checked = await verifySigned(message, () => Promise.resolve(key), at)
  return checked.kind === 'verified' ? 'valid' : 'invalid'
}

function isSameKey(one: PublicJwk, other: PublicJwk): boolean {
  const point = (jwk: PublicJwk) => (jwk.kty === 'EC' ? `${jwk.x} ${jwk.y}` : jwk.x)
  return one.kty === other.kty && point(one) === point(other)
}
