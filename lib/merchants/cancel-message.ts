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

export type RefusedCancel =
  SignatureFault | 'bad-claims' | 'not-for-us' | 'outside-time-window' | 'jti-reused' | 'not-our-question'

/** Profile 5 of docs/links: a signed cancel from the shop, a signed answer back (M-211 … M-217, M-227). */
export interface CancelMessages {
  /**
   * The same message again gets the same answer and does nothing twice.
   * @param caller the merchant whose API key brought it, where there was one: it must be the signer
   */
  receive(jws: string, caller?: Uuid): Promise<HeardCancel>
  /**
   * A cancel with which the shop answers what we asked of it (profile 6): refused unless it is that payment's, with that amount,
   * in answer to that request. What is kept that was refused stands beside its line in the audit trail.
   */
  receiveAsked(jws: string, asked: AskedCancel): Promise<HeardCancel>
}

/** What we asked the shop to cancel, and how it is carried out when the shop agrees. */
export interface AskedCancel {
  readonly merchantId: Uuid
  readonly paymentId: Uuid
  /** Minor units. */
  readonly amount: bigint
  readonly currency: string
  /** Our request's jti. */
  readonly re: string
  /** What asking is about, the same in every request for the same. */
  readonly ref: string
  readonly cancel: CancelDeed
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
    receive: (jws, caller) => hear(jws, caller),
    async receiveAsked(jws, asked) {
      const heard = await hear(jws, asked.merchantId, asked)
      if (heard.kind === 'refused') {
        const { merchantId, paymentId } = asked
        const kept = { direction: 'received', type: 'payment.cancel', message: jws } as const
        await evidence.keep({ merchantId, paymentId, ...kept, outcome: `refused: ${heard.reason}` })
      }
      return heard
    },
  }

  async function hear(jws: string, caller?: Uuid, asked?: AskedCancel): Promise<HeardCancel> {
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
    if (asked && !answers(claims, asked)) return refused('not-our-question', claims.tid)

    const name = `cancel-message ${claims.jti}`
    const fingerprint = createHash('sha256').update(jws).digest()
    const isUnasked = !asked && claims.re !== undefined
    if (isUnasked || !isFresh(claims, now)) {
      const answer = await findAnswer(prisma, { merchantId, name, fingerprint })
      // It is no longer carried out, but whoever lost our answer to it, or answered us with it, gets that answer again.
      if (answer === undefined) return refused(isUnasked ? 'not-our-question' : 'outside-time-window', claims.tid)
      return { kind: 'answered', message: answer }
    }
    const claimed = await claimAnswer(prisma, { merchantId, name, fingerprint, now })
    if (claimed.kind === 'differs') return refused('jti-reused', claims.tid)
    if (claimed.kind === 'answered') return { kind: 'answered', message: claimed.answer }
    const deed = asked?.cancel ?? cancel
    const message = await carryOut({ merchantId, jws, kid: checked.kid, claims, fingerprint }, deed)
    return { kind: 'answered', message: await keepAnswer(prisma, merchantId, name, message) }
  }

  async function carryOut(
    heard: { merchantId: Uuid; jws: string; kid: string; claims: Claims; fingerprint: Buffer },
    deed: CancelDeed,
  ) {
    const { merchantId, jws, kid, claims, fingerprint } = heard
    const { tid, amount, currency, reason = '', jti } = claims
    const paymentId = readPublicId('pay', tid)
    const done = paymentId
      ? await deed({
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

/** Whether a cancel says what was asked: an answer to a request cancels that and nothing else. */
function answers({ tid, amount, currency, re, ref }: Claims, asked: AskedCancel): boolean {
  const isSame = tid === publicId('pay', asked.paymentId) && amount === asked.amount && currency === asked.currency
  return isSame && re === asked.re && ref === asked.ref
}
