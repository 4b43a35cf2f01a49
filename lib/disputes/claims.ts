import type pg from 'pg'
import type { Audit } from '../audit/audit'
import { type Clock, later } from '../clock'
import { publicId, type Uuid, uuidAt } from '../ids'
import type { Payment, Requester } from '../payments/payment'
import type { Payments } from '../payments/payments'
import type { Dispute, DisputeReason } from './dispute'
import { composeDisputeMessages } from './dispute-messages'
import type { Mover } from './mover'
import { findDispute, findOwners, insertDispute } from './store'
import type { Granted, Grants } from './grants'

export interface NewClaim {
  readonly paymentId: Uuid
  readonly reason: DisputeReason
  /** The shopper's own words. */
  readonly text: string
  /** Minor units; absent: all that is left. */
  readonly wanted?: bigint
}

/** Why a payment cannot be disputed: not (yet) paid, all given back, too long ago, another dispute is open, or more than is left. */
export type ClaimRefusal = 'missing' | 'not-paid' | 'nothing-left' | 'too-late' | 'taken' | 'exceeds'

export type Claimed = { kind: 'opened'; dispute: Dispute } | { kind: 'refused'; reason: ClaimRefusal }

export type ShopperChanged = { kind: 'done'; dispute: Dispute } | { kind: 'missing' } | { kind: 'wrong-state' }

/** The shopper's side of a dispute. */
export interface Claims {
  /** What may be claimed of a payment, or why nothing may. */
  claimable(payment: Payment): { left: bigint } | { refused: Exclude<ClaimRefusal, 'missing' | 'taken' | 'exceeds'> }
  open(shopperId: Uuid, claim: NewClaim): Promise<Claimed>
  withdraw(shopperId: Uuid, merchantId: Uuid, disputeId: Uuid): Promise<ShopperChanged>
  /** Agrees to what the shop offers: it goes back, and the dispute is over. */
  takeOffer(
    shopperId: Uuid,
    merchantId: Uuid,
    disputeId: Uuid,
  ): Promise<Exclude<Granted, { kind: 'wrong-state' }> | Exclude<ShopperChanged, { kind: 'done' }>>
}

interface Parts {
  readonly pool: pg.Pool
  readonly clock: Clock
  readonly payments: Pick<Payments, 'findOfShopper'>
  readonly audit: Pick<Audit, 'note'>
  readonly mover: Mover
  readonly grants: Pick<Grants, 'begin'>
  /** How long after it was paid a payment may be disputed, and how long the shop may take to answer, in milliseconds. */
  readonly windowMs: number
  readonly answerTimeMs: number
}

/** The shop does not learn who its shopper is. */
function shopperActor(shopperId: Uuid): Requester {
  return { kind: 'shopper', id: publicId('per', shopperId), name: '' }
}

export function createClaims(parts: Parts): Claims {
  const { pool, clock, payments, audit, mover, grants, windowMs, answerTimeMs } = parts

  function claimable(payment: Payment): ReturnType<Claims['claimable']> {
    if (payment.state !== 'paid') return { refused: 'not-paid' }
    const left = payment.capturedAmount - payment.refundedAmount
    if (left <= 0n) return { refused: 'nothing-left' }
    const paidAt = payment.finishedAt ?? payment.createdAt
    return clock.now() > later(paidAt, windowMs) ? { refused: 'too-late' } : { left }
  }

  async function note(shopperId: Uuid, merchantId: Uuid, object: string, outcome: string, step: string) {
    await audit.note({
      tenantId: merchantId,
      actor: { kind: 'person', id: shopperId, name: '', role: 'shopper' },
      action: 'dispute.claim',
      ...{ object, outcome, detail: { step } },
    })
  }

  async function openClaim(shopperId: Uuid, payment: Payment, claim: NewClaim): Promise<Claimed> {
    const may = claimable(payment)
    if ('refused' in may) return { kind: 'refused', reason: may.refused }
    const wanted = claim.wanted ?? may.left
    if (wanted <= 0n || wanted > may.left) return { kind: 'refused', reason: 'exceeds' }
    const at = clock.now()
    const dispute: Dispute = {
      ...{ merchantId: payment.merchantId, id: uuidAt(at), paymentId: payment.id, shopperId },
      ...{ orderRef: payment.orderRef, orderName: payment.orderName, currency: payment.currency },
      ...{ reason: claim.reason, claim: claim.text, wanted, locale: payment.locale },
      ...{ state: 'open', version: 1, answerBy: later(at, answerTimeMs), createdAt: at },
    }
    const owners = await findOwners(pool, payment.merchantId)
    const messages = composeDisputeMessages('claimed', dispute, { owners, at })
    const fault = await insertDispute(pool, { dispute, actor: shopperActor(shopperId), messages })
    return fault ? { kind: 'refused', reason: fault } : { kind: 'opened', dispute }
  }

  /** The shopper's own; another's is as good as none. */
  async function own(shopperId: Uuid, merchantId: Uuid, disputeId: Uuid): Promise<Dispute | undefined> {
    const dispute = await findDispute(pool, merchantId, disputeId)
    return dispute?.shopperId === shopperId ? dispute : undefined
  }

  return {
    claimable,
    async open(shopperId, claim) {
      const payment = await payments.findOfShopper(shopperId, claim.paymentId)
      if (!payment) return { kind: 'refused', reason: 'missing' }
      const claimed = await openClaim(shopperId, payment, claim)
      const outcome = claimed.kind === 'opened' ? 'opened' : claimed.reason
      await note(shopperId, payment.merchantId, publicId('pay', payment.id), outcome, 'claim')
      return claimed
    },
    async withdraw(shopperId, merchantId, disputeId) {
      const dispute = await own(shopperId, merchantId, disputeId)
      if (!dispute) return { kind: 'missing' }
      const moved = await mover.move(dispute, 'withdrawn', shopperActor(shopperId))
      await note(shopperId, merchantId, publicId('dis', disputeId), moved.kind, 'withdraw')
      return moved.kind === 'moved' ? { kind: 'done', dispute: moved.dispute } : moved
    },
    async takeOffer(shopperId, merchantId, disputeId) {
      const dispute = await own(shopperId, merchantId, disputeId)
      if (!dispute) return { kind: 'missing' }
      if (dispute.offer === undefined) return { kind: 'wrong-state' }
      const by = shopperActor(shopperId)
      const granted = await grants.begin(dispute, 'offerTaken', by, { granted: dispute.offer })
      await note(shopperId, merchantId, publicId('dis', disputeId), granted.kind, 'take-offer')
      return granted
    },
  }
}
