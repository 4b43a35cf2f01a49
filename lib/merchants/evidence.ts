import { z } from 'zod'
import type { Clock } from '../clock'
import type { Database } from '../db/database'
import { publicId, type Uuid, uuidAt } from '../ids'
import { verifyWebhook } from '../messages/webhook-signature'
import type { MerchantKey } from './merchant'
import type { PublicJwk } from './merchant-jwk'
import { findEvidence, insertEvidence } from './message-store'
import type { Signing } from './signing'
import { findKeys } from './store'
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
  /** The signature checked once more, now, against the key as it was valid then. */
  readonly verification: 'valid' | 'invalid' | 'key-unknown' | 'not-signed'
}

/** One file that anybody can check without us: the messages of a payment and the public keys they were signed with. */
export interface EvidenceFile {
  readonly payment: string
  readonly gateway: string
  readonly keys: readonly PublicJwk[]
  readonly messages: readonly {
    readonly at: string
    readonly direction: 'sent' | 'received'
    readonly type: string
    readonly kid?: string
    readonly outcome: string
    readonly message: string
  }[]
}

/** Signed messages between a shop and us, kept for ever, so that nobody can deny what was said (M-166, M-222). */
export interface EvidenceBook {
  keep(evidence: EvidenceToKeep): Promise<void>
  list(merchantId: Uuid, paymentId: Uuid): Promise<EvidenceShown[]>
  export(merchantId: Uuid, paymentId: Uuid): Promise<EvidenceFile>
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

  async function list(merchantId: Uuid, paymentId: Uuid): Promise<EvidenceShown[]> {
    const [rows, shopKeys] = await Promise.all([
      findEvidence(prisma, merchantId, paymentId),
      findKeys(prisma, merchantId),
    ])
    const ours = signing.jwks.keys.map((jwk) => ({ kid: jwk.kid, jwk, validFrom: new Date(0) }))
    return Promise.all(
      rows.map(async ({ kid, direction, ...row }) => {
        const sent = direction === 'sent'
        const verification = await checkAgain(row, kid, sent ? ours : shopKeys)
        return { ...row, direction: sent ? 'sent' : 'received', ...(kid ? { kid } : {}), verification }
      }),
    )
  }

  return {
    list,

    async keep({ kid = null, ...evidence }) {
      const at = clock.now()
      await insertEvidence(prisma, { ...evidence, kid, id: nextId(at), at })
    },

    async export(merchantId, paymentId) {
      const [shown, shopKeys] = await Promise.all([list(merchantId, paymentId), findKeys(prisma, merchantId)])
      const used = new Set(shown.map(({ kid }) => kid))
      return {
        payment: publicId('pay', paymentId),
        gateway: signing.gatewayName,
        keys: [...signing.jwks.keys, ...shopKeys.map(({ jwk }) => jwk)].filter(({ kid }) => used.has(kid)),
        messages: shown.map(({ at, direction, type, kid, outcome, message }) => {
          return { at: at.toISOString(), direction, type, ...(kid ? { kid } : {}), outcome, message }
        }),
      }
    },
  }
}

/** A webhook as kept in the book: what the receiver checked, byte for byte. */
const keptWebhook = z.object({
  headers: z.object({ 'webhook-id': z.string(), 'webhook-timestamp': z.string(), 'webhook-signature': z.string() }),
  body: z.string(),
})

async function checkAgain(
  { message, at }: { message: string; at: Date },
  kid: string | null,
  keys: readonly MerchantKey[],
): Promise<EvidenceShown['verification']> {
  if (!kid || !message) return 'not-signed'
  if (kid.startsWith('whpk_')) {
    const webhook = keptWebhook.safeParse(readJson(message))
    return webhook.success && verifyWebhook(webhook.data.headers, webhook.data.body, kid) ? 'valid' : 'invalid'
  }
  const key = keys.find((known) => known.kid === kid)
  if (!key) return 'key-unknown'
  const checked = await verifySigned(message, () => Promise.resolve(key), at)
  return checked.kind === 'verified' ? 'valid' : 'invalid'
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
