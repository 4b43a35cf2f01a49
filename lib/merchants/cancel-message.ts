import { createHash, randomBytes } from 'node:crypto'
import type { z } from 'zod'
import type { Clock } from '../clock'
import type { Database } from '../db/database'
import { publicId, readPublicId, type Uuid } from '../ids'
import type { EvidenceBook } from './evidence'
import { claimAnswer, findAnswer, keepAnswer } from './message-store'
import { cancelClaims, isFresh } from './signed-claims'
import type { Signing } from './signing'
import type { ShopMessages } from './shop-messages'
import { type SignatureFault, unverifiedClaim } from './verify-signed'

/** Why a properly signed cancel was not carried out; told to the shop, signed. */
export type CancelRefusal =
  'unknown-payment' | 'wrong-currency' | 'exceeds-what-is-left' | 'nothing-to-cancel' | 'not-cancellable'

export interface CancelOrder {
  readonly merchantId: Uuid
  readonly paymentId: Uuid
  /** Minor units; absent: all that is left. */
  readonly amount?: bigint
  readonly currency?: string
  readonly reason: string
  /** The same for every repeat of the same message: a cancellation begun before a crash is found again by it. */
  readonly claim: { readonly key: string; readonly fingerprint: Buffer }
}

/** Gives back what the order says: voids what is only held, refunds what was taken. Safe to repeat with the same claim. */
export type CancelDeed = (
  order: CancelOrder,
) => Promise<{ kind: 'cancelled' } | { kind: 'refused'; reason: CancelRefusal }>

export type HeardCancel =
  /** A JWS of ours: payment.cancelled or payment.cancel-refused. */
  | { kind: 'answered'; message: string }
  /** Not properly signed, or not for us: not carried out, and not answered with a signature (M-217). */
  | { kind: 'refused'; reason: RefusedCancel }

export type RefusedCancel = SignatureFault | 'bad-claims' | 'not-for-us' | 'outside-time-window' | 'jti-reused'

/** Profile 5 of docs/links: a signed cancel from the shop, a signed answer back (M-211 … M-217, M-227). */
export interface CancelMessages {
  /**
   * The same message again gets the same answer and does nothing twice.
   * @param caller the merchant whose API key brought it, where there was one: it must be the signer
   */
  receive(jws: string, caller?: Uuid): Promise<HeardCancel>
}

interface Parts {
  readonly database: Database
  readonly clock: Clock
  readonly signing: Signing
  readonly evidence: EvidenceBook
  readonly shopMessages: ShopMessages
  readonly cancel: CancelDeed
}

type Claims = z.output<typeof cancelClaims>

export function createCancelMessages(parts: Parts): CancelMessages {
  const { clock, signing, evidence, shopMessages, cancel } = parts
  const { prisma } = parts.database

  return {
    async receive(jws, caller) {
      const iss = unverifiedClaim(jws, 'iss')
      const merchantId = iss === undefined ? undefined : readPublicId('mer', iss)
      if (!merchantId || (caller !== undefined && caller !== merchantId))
        return { kind: 'refused', reason: 'unknown-key' }
      const now = clock.now()
      const sender = { merchantId, purpose: 'payment.cancel' }
      const checked = await shopMessages.check(jws, sender)
      if (checked.kind === 'refused') return { kind: 'refused', reason: checked.reason }
      const refused = async (reason: Exclude<RefusedCancel, SignatureFault>, tid?: string): Promise<HeardCancel> => {
        const about = tid !== undefined && readPublicId('pay', tid) ? { about: tid } : {}
        await shopMessages.refused({ ...sender, ...about }, reason, checked.kid)
        return { kind: 'refused', reason }
      }
      const read = cancelClaims.safeParse(checked.claims)
      if (!read.success) return refused('bad-claims')
      const claims = read.data
      if (claims.iss !== publicId('mer', merchantId) || claims.aud !== signing.gatewayName) {
        return refused('not-for-us', claims.tid)
      }

      const name = `cancel-message ${claims.jti}`
      const fingerprint = createHash('sha256').update(jws).digest()
      if (!isFresh(claims, now)) {
        const answer = await findAnswer(prisma, { merchantId, name, fingerprint })
        // An old message is no longer carried out, but whoever lost our answer to it gets that again.
        if (answer === undefined) return refused('outside-time-window', claims.tid)
        return { kind: 'answered', message: answer }
      }
      const claimed = await claimAnswer(prisma, { merchantId, name, fingerprint, now })
      if (claimed.kind === 'differs') return refused('jti-reused', claims.tid)
      if (claimed.kind === 'answered') return { kind: 'answered', message: claimed.answer }
      const message = await carryOut({ merchantId, jws, kid: checked.kid, claims, fingerprint })
      return { kind: 'answered', message: await keepAnswer(prisma, merchantId, name, message) }
    },
  }

  async function carryOut(heard: { merchantId: Uuid; jws: string; kid: string; claims: Claims; fingerprint: Buffer }) {
    const { merchantId, jws, kid, claims, fingerprint } = heard
    const { tid, amount, currency, reason = '', jti } = claims
    const paymentId = readPublicId('pay', tid)
    const done = paymentId
      ? await cancel({
          merchantId,
          paymentId,
          ...(amount === undefined ? {} : { amount }),
          ...(currency === undefined ? {} : { currency }),
          reason,
          claim: { key: `cancellation ${jti}`, fingerprint },
        })
      : { kind: 'refused' as const, reason: 'unknown-payment' as const }
    const outcome = done.kind === 'refused' ? done.reason : 'cancelled'
    const answer = await sign(merchantId, claims, outcome)
    if (paymentId && outcome !== 'unknown-payment') {
      const kept = { merchantId, paymentId, outcome }
      await evidence.keep({ ...kept, direction: 'received', type: 'payment.cancel', message: jws, kid })
      await evidence.keep({ ...kept, direction: 'sent', type: answer.typ, message: answer.jws, kid: answer.kid })
    }
    return answer.jws
  }

  async function sign(merchantId: Uuid, { tid, amount, jti }: Claims, outcome: CancelRefusal | 'cancelled') {
    const typ = outcome === 'cancelled' ? 'payment.cancelled' : 'payment.cancel-refused'
    const signed = await signing.sign({
      iss: signing.gatewayName,
      aud: publicId('mer', merchantId),
      typ,
      tid,
      ...(amount === undefined ? {} : { amount: amount.toString() }),
      ...(outcome === 'cancelled' ? {} : { reason: outcome }),
      re: jti,
      iat: Math.floor(clock.now().getTime() / 1000),
      jti: randomBytes(16).toString('base64url'),
    })
    return { typ, ...signed }
  }
}
