import type pg from 'pg'
import { type Actor, type Audit, audited } from '../audit/audit'
import { type Action, can, type Role } from '../auth/access'
import type { NotAllowed } from '../desk/deeds'
import { actorOf, alone, limitLeft, type Member, requesterOf } from '../desk/member'
import { publicId, type Uuid } from '../ids'
import type { Requester } from '../payments/payment'
import type { Payments } from '../payments/payments'
import type { Refunds } from '../payments/refunds'
import type { Dispute, GrantFault } from './dispute'
import type { Grants } from './grants'
import type { Moved, Mover } from './mover'
import { findDispute } from './store'

/** Somebody of the shop's people, or its server. */
export type ShopSide =
  | { readonly kind: 'member'; readonly member: Member }
  | { readonly kind: 'server'; readonly merchantId: Uuid; readonly actor: Who['actor']; readonly requester: Requester }

export interface ShopAnswer {
  readonly disputeId: Uuid
  readonly text: string
  /** Minor units that the shop offers to give back: all that is claimed ends the dispute, less waits for the shopper's word. */
  readonly offer?: bigint
}

export interface Decision {
  readonly disputeId: Uuid
  /** Minor units that go back; none at all decides for the shop. */
  readonly granted: bigint
  /** Why: both sides read it. */
  readonly words: string
}

export type DeskDecided =
  | { kind: 'done'; dispute: Dispute }
  /** It waits for a second person. */
  | { kind: 'proposed'; dispute: Dispute; limit: bigint }
  | { kind: 'not-refunded'; dispute: Dispute; why: GrantFault; words?: string }
  | { kind: 'missing' }
  | { kind: 'wrong-state' }
  /** exceeds: more than is claimed, or than is left of the payment. own-answer, own-decision: somebody else has to. */
  | { kind: 'refused'; reason: 'exceeds' | 'own-answer' | 'own-decision' }
  | NotAllowed

/** The shop's side of a dispute: its answer, and the decision of a counselor, within limits (P6.3). */
export interface Decisions {
  answer(side: ShopSide, answer: ShopAnswer): Promise<DeskDecided>
  /** Above the counselor's limit it is only proposed. */
  decide(member: Member, decision: Decision): Promise<DeskDecided>
  /** The second person's word on what the first has proposed. */
  confirm(
    member: Member,
    disputeId: Uuid,
    word: { readonly agrees: boolean; readonly words: string },
  ): Promise<DeskDecided>
}

interface Parts {
  readonly pool: pg.Pool
  readonly audit: Pick<Audit, 'note'>
  readonly payments: Pick<Payments, 'find'>
  readonly refunds: Pick<Refunds, 'listOfPayment'>
  readonly mover: Mover
  readonly grants: Pick<Grants, 'begin'>
}

export function createDecisions({ pool, audit, payments, refunds, mover, grants }: Parts): Decisions {
  /** Runs a deed if the role allows it, and notes what came of it. */
  async function within(
    { merchantId, actor }: Who,
    { action, disputeId, detail }: { action: Action; disputeId: Uuid; detail: Readonly<Record<string, string>> },
    deed: (dispute: Dispute) => Promise<DeskDecided>,
  ): Promise<DeskDecided> {
    const dispute = await findDispute(pool, merchantId, disputeId)
    const line = { tenantId: merchantId, actor, action, object: publicId('dis', disputeId), detail }
    const isAllowed = can(actor.role, action)
    if (!isAllowed || !dispute) {
      const kind = isAllowed ? 'missing' : 'forbidden'
      await audit.note({ ...line, outcome: kind })
      return { kind }
    }
    return audited(audit, line, () => deed(dispute), outcomeOf)
  }

  /** How much of it the member may give back alone; undefined is without limit. */
  async function limitOf(member: Member, { merchantId, paymentId }: Dispute): Promise<bigint | undefined> {
    return limitLeft(member, await refunds.listOfPayment(merchantId, paymentId))
  }

  async function leftOf({ merchantId, paymentId }: Dispute): Promise<bigint> {
    const payment = await payments.find(merchantId, paymentId)
    return payment?.state === 'paid' ? payment.capturedAmount - payment.refundedAmount : 0n
  }

  async function answerIt(side: ShopSide, { text, offer }: ShopAnswer, dispute: Dispute): Promise<DeskDecided> {
    if (offer !== undefined) {
      if (offer <= 0n || offer > dispute.wanted || offer > (await leftOf(dispute))) {
        return { kind: 'refused', reason: 'exceeds' }
      }
      // What is offered goes back on the shopper's word alone.
      const limit = side.kind === 'member' ? await limitOf(side.member, dispute) : undefined
      if (limit !== undefined && offer > limit) return { kind: 'needs-second-person', limit }
    }
    const answeredBy = whoOf(side).requester
    const changes = { answer: text, answeredBy, offer: offer ?? null }
    if (offer === dispute.wanted) {
      const limit = side.kind === 'member' ? alone(side.member) : {}
      return grants.begin(dispute, 'conceded', answeredBy, { granted: offer, ...limit, words: text, changes })
    }
    const detail = offer === undefined ? {} : { detail: { amount: offer.toString() } }
    return doneOf(await mover.move(dispute, 'answered', answeredBy, { words: text, ...detail, changes }))
  }

  async function decideIt(
    member: Member,
    { granted, words }: Omit<Decision, 'disputeId'>,
    dispute: Dispute,
  ): Promise<DeskDecided> {
    const by = requesterOf(member)
    if (dispute.answeredBy?.id === by.id) return { kind: 'refused', reason: 'own-answer' }
    if (granted === 0n) {
      const changes = { outcome: 'shop', granted, decision: words, decidedBy: by, refundId: null } as const
      return doneOf(await mover.move(dispute, 'turnedAway', by, { words, changes }))
    }
    if (granted < 0n || granted > dispute.wanted || granted > (await leftOf(dispute))) {
      return { kind: 'refused', reason: 'exceeds' }
    }
    const limit = await limitOf(member, dispute)
    if (limit === undefined || granted <= limit) {
      const done = await grants.begin(dispute, 'granted', by, { granted, ...alone(member), words })
      // Money that the same counselor gave back meanwhile was quicker: then it is decided anew, which proposes it.
      const isOver = done.kind === 'not-refunded' && done.why === 'over-limit'
      return isOver ? decideIt(member, { granted, words }, done.dispute) : done
    }
    const outcome = granted === dispute.wanted ? 'shopper' : 'part'
    const moved = await mover.move(dispute, 'proposed', by, {
      ...{ words, detail: { amount: granted.toString() } },
      changes: { outcome, granted, decision: words, decidedBy: by },
    })
    return moved.kind === 'moved' ? { kind: 'proposed', dispute: moved.dispute, limit } : moved
  }

  async function confirmIt(
    member: Member,
    { agrees, words }: { agrees: boolean; words: string },
    dispute: Dispute,
  ): Promise<DeskDecided> {
    const by = requesterOf(member)
    if (dispute.state !== 'second' || dispute.granted === undefined) return { kind: 'wrong-state' }
    if (dispute.decidedBy?.id === by.id) return { kind: 'refused', reason: 'own-decision' }
    if (!agrees) {
      const event = dispute.answer === undefined ? 'notConfirmedUnanswered' : 'notConfirmed'
      return doneOf(await mover.move(dispute, event, by, { words }))
    }
    const limit = await limitOf(member, dispute)
    if (limit !== undefined && dispute.granted > limit) return { kind: 'needs-second-person', limit }
    return grants.begin(dispute, 'confirmed', by, { granted: dispute.granted, ...alone(member), words })
  }

  return {
    answer: (side, answer) => {
      const detail = { words: answer.text, ...(answer.offer !== undefined && { offer: String(answer.offer) }) }
      const { disputeId } = answer
      return within(whoOf(side), { action: 'dispute.answer', disputeId, detail }, (dispute) =>
        answerIt(side, answer, dispute),
      )
    },
    decide: (member, decision) => {
      const { disputeId, words, granted } = decision
      const detail = { words, granted: String(granted) }
      return within(whoOf({ kind: 'member', member }), { action: 'dispute.decide', disputeId, detail }, (dispute) =>
        decideIt(member, decision, dispute),
      )
    },
    confirm: (member, disputeId, word) => {
      const detail = { words: word.words, agrees: String(word.agrees) }
      return within(whoOf({ kind: 'member', member }), { action: 'dispute.decide', disputeId, detail }, (dispute) =>
        confirmIt(member, word, dispute),
      )
    },
  }
}

function outcomeOf(decided: DeskDecided): string {
  switch (decided.kind) {
    case 'refused':
      return decided.reason
    case 'not-refunded':
      return decided.why
    default:
      return decided.kind
  }
}

interface Who {
  readonly merchantId: Uuid
  readonly actor: Actor & { readonly role: Role }
  readonly requester: Requester
}

function whoOf(side: ShopSide): Who {
  if (side.kind === 'server') return side
  const { member } = side
  return { merchantId: member.membership.merchantId, actor: actorOf(member), requester: requesterOf(member) }
}

function doneOf(moved: Moved): DeskDecided {
  return moved.kind === 'moved' ? { kind: 'done', dispute: moved.dispute } : moved
}
