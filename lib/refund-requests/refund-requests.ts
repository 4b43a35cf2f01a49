import { type Audit, audited } from '../audit/audit'
import { can } from '../auth/access'
import type { Clock } from '../clock'
import type { Database } from '../db/database'
import { agreed, type NotAgreed } from '../desk/deeds'
import { actorOf, alone, limitLeft, type Member, requesterOf } from '../desk/member'
import { publicId, type Uuid, uuidAt } from '../ids'
import { invariant } from '../invariant'
import type { ShopConsent } from '../merchants/cancel-request'
import type { Contracts } from '../merchants/contract'
import { composeRequestMessages, type ToldRequest } from '../messages/compose'
import { sum } from '../money/money'
import type { OtherWay } from '../payments/other-way'
import type { PaymentParts } from '../payments/parts'
import type { Payment, RefundStrategy, Requester } from '../payments/payment'
import type { Payments } from '../payments/payments'
import { capturedLegs } from '../payments/refund-division'
import { amountOfRefundItems, type RefundItem } from '../payments/refund-items'
import { type PolicyRefusal, refusalByPolicy } from '../payments/refund-policy'
import type { RefundRefusal, Refunds } from '../payments/refunds'
import type { RefundReason, RefundRequest } from './refund-request'
import {
  type AskResult,
  countOpen,
  endRequest,
  findOfPayment,
  findPage,
  findRequest,
  proposeRequest,
  type RequestFilter,
  writeRequest,
} from './store'

export interface RefundWish {
  readonly paymentId: Uuid
  /** Minor units, or the lines it is about. */
  readonly wanted: { readonly amount: bigint } | { readonly items: readonly RefundItem[] }
  readonly reason: RefundReason
  readonly words: string
  /** Made with the form: sending it twice asks once. */
  readonly token: Uuid
}

export type AskRefusal =
  'missing' | 'not-paid' | 'exceeds' | 'no-such-item' | 'item-refunded' | Exclude<PolicyRefusal, 'needs-approval'>

export type Asked = { kind: 'asked'; id: Uuid } | { kind: 'refused'; reason: AskRefusal }

/** Who decides: one of the shop's people, with their role and limit, or whoever holds one of its keys. */
export type Decider =
  | ({ readonly kind: 'member' } & Member)
  | { readonly kind: 'api-key'; readonly merchantId: Uuid; readonly keyId: Uuid; readonly requester: Requester }

export interface Approval {
  readonly requestId: Uuid
  readonly strategy: RefundStrategy
  /** Less than was asked for; all of it when absent. */
  readonly amount?: bigint
  readonly way?: OtherWay
}

export type Decided =
  | { kind: 'approved'; refundId: Uuid }
  | { kind: 'declined' | 'withdrawn' }
  /** Agreed to above the limit: a second person has to agree too. */
  | { kind: 'needs-second-person'; limit: bigint }
  | { kind: 'forbidden' }
  /** The contract wants the shop's signed cancel, and its server refused it or gave none. */
  | NotAgreed
  /** signature-required: an API key alone gives nothing back under such a contract. */
  | { kind: 'refused'; reason: RefundRefusal | 'signature-required' | 'same-person' }

/** What shoppers ask to have back, and what shops say to it (M-140, M-149, M-154). */
export interface RefundRequests {
  /** A shopper asks for a part of an own purchase, or lines of it. Several over time, together never above what is left. */
  ask(shopper: { readonly id: Uuid; readonly name: string }, wish: RefundWish): Promise<Asked>
  /** Puts what somebody of the shop wants to give back into the queue, for somebody else to decide (P6.3). */
  propose(
    member: Member,
    payment: Payment,
    wish: { amount: bigint; items?: readonly RefundItem[]; reason: string; token: Uuid },
  ): Promise<AskResult>
  /** How much of a payment has not gone back, is not on its way and is not asked for; minor units. */
  leftToAsk(payment: Payment): Promise<bigint>
  /** What the shop's rules say against asking now; undefined: nothing. */
  askable(payment: Payment): Promise<AskRefusal | undefined>
  withdraw(shopper: { readonly id: Uuid; readonly name: string }, requestId: Uuid, paymentId: Uuid): Promise<Decided>
  /** Gives it back: the refund is opened in the transaction that grants the request, so that it is granted once. */
  approve(by: Decider, approval: Approval): Promise<Decided>
  /** @param answer what the shopper reads */
  decline(by: Decider, requestId: Uuid, answer: string): Promise<Decided>
  find(merchantId: Uuid, requestId: Uuid): Promise<RefundRequest | undefined>
  /** The newest first. */
  list(merchantId: Uuid, filter: RequestFilter): Promise<RefundRequest[]>
  /** The newest first, a hundred at most. */
  ofPayment(merchantId: Uuid, paymentId: Uuid): Promise<RefundRequest[]>
  countOpen(merchantId: Uuid): Promise<{ count: number; oldest?: Date }>
}

interface Parts {
  readonly database: Database
  readonly clock: Clock
  readonly payments: Pick<Payments, 'find' | 'findOfShopper'>
  readonly refunds: Pick<Refunds, 'open' | 'takenItems' | 'listOfPayment'>
  readonly shopOf: PaymentParts['shopOf']
  readonly contracts: Pick<Contracts, 'of'>
  readonly consent: ShopConsent
  readonly audit: Audit
}

/** What an approval comes down to, once everybody who has to has agreed. */
interface Grant {
  readonly request: RefundRequest
  readonly payment: Payment
  readonly approval: Approval
  readonly amount: bigint
  /** How much of the payment whoever agrees may give back alone; absent: without limit, or somebody else has agreed too. */
  readonly limit?: bigint
  readonly requestedBy: Requester
  readonly reason: string
}

export function createRefundRequests(parts: Parts): RefundRequests {
  const { clock, payments, refunds, shopOf, contracts, consent, audit } = parts
  const { pool } = parts.database

  async function byPolicy(payment: Payment, items?: readonly RefundItem[]) {
    const { terms } = await shopOf(payment.merchantId)
    const modules = capturedLegs(payment).map(({ module }) => module)
    const refusal = refusalByPolicy({
      ...{ payment, modules, items, terms, word: 'asked', at: clock.now() },
      // How it is paid out is for whoever decides to say.
      isOtherwise: true,
    })
    return refusal === 'needs-approval' ? undefined : refusal
  }

  const ask: RefundRequests['ask'] = async (shopper, { paymentId, wanted, reason, words, token }) => {
    const payment = await payments.findOfShopper(shopper.id, paymentId)
    if (!payment) return { kind: 'refused', reason: 'missing' }
    if (payment.state !== 'paid') return { kind: 'refused', reason: 'not-paid' }
    const items = 'items' in wanted ? wanted.items : undefined
    const refusal = await byPolicy(payment, items)
    if (refusal) return { kind: 'refused', reason: refusal }
    // Whether others have asked for the same lines is decided under the payment's lock.
    const taken = items && (await refunds.takenItems(payment.merchantId, payment.id, false))
    const amount = 'items' in wanted ? amountOfRefundItems(payment, wanted.items, taken ?? new Map()) : wanted.amount
    if (typeof amount === 'string') return { kind: 'refused', reason: amount }
    if (amount <= 0n) return { kind: 'refused', reason: 'exceeds' }
    const at = clock.now()
    const request = {
      ...{ merchantId: payment.merchantId, id: uuidAt(at), paymentId, shopperId: shopper.id, amount, reason, words },
      askedBy: { kind: 'shopper', id: publicId('per', shopper.id), name: shopper.name } as const,
      ...(items && { items }),
    }
    const shown = { ...request, state: 'open', createdAt: at } as const
    const messages = composeRequestMessages({ ...payment, standing: 'refund-requested' }, shown, at)
    return writeRequest(pool, { ...request, token, at, messages })
  }

  const propose: RefundRequests['propose'] = async (member, payment, { amount, items, reason: words, token }) => {
    const at = clock.now()
    const request = {
      ...{ merchantId: payment.merchantId, id: uuidAt(at), paymentId: payment.id, amount, words },
      ...{ reason: 'other' as const, askedBy: requesterOf(member), ...(items && { items }) },
    }
    const shown = { ...request, state: 'open', createdAt: at } as const
    const messages = toldOf({ ...payment, standing: 'refund-requested' }, shown, at)
    return writeRequest(pool, { ...request, token, at, messages })
  }

  async function noted(by: Decider, action: string, requestId: Uuid, decide: () => Promise<Decided>): Promise<Decided> {
    const actor =
      by.kind === 'member'
        ? actorOf(by)
        : ({ kind: 'api-key', id: by.keyId, name: by.requester.name, role: 'api-key' } as const)
    const line = { tenantId: merchantOf(by), actor, action, object: publicId('rrq', requestId) }
    return audited(audit, line, decide, (decided) => (decided.kind === 'refused' ? decided.reason : decided.kind))
  }

  async function approve(by: Decider, approval: Approval): Promise<Decided> {
    const { requestId, amount: less } = approval
    const merchantId = merchantOf(by)
    if (!can(roleOf(by), 'refund-request.decide')) return { kind: 'forbidden' }
    if (by.kind === 'api-key' && (await contracts.of(merchantId))?.signedCancel !== 'none') {
      return refused('signature-required')
    }
    const request = await findRequest(pool, merchantId, requestId)
    const payment = request && (await payments.find(merchantId, request.paymentId))
    if (!request || !payment) return refused('missing')
    if (request.state !== 'open') return refused('request-closed')
    const requestedBy = by.kind === 'member' ? requesterOf(by) : by.requester
    if (request.askedBy.id === requestedBy.id) return refused('same-person')
    if (less !== undefined && (less <= 0n || less > request.amount)) return refused('exceeds')
    const amount = less ?? request.amount
    const reason = request.words || request.reason
    const wanted = { request, payment, approval, amount, requestedBy, reason }
    // The shop's own server has said yes to nothing yet when its people have: the contract may want its signature too.
    if (by.kind === 'api-key') return grant(wanted)
    const isSecond = isAgreedWith(request, requestedBy, amount)
    if (!isSecond && (await isOverLimit(by, payment, amount))) return askSecond(by, request, amount)
    const token = `refund-request ${requestId} ${amount}`
    const limit = isSecond ? {} : alone(by)
    const answer = agreed(
      await consent.through(
        payment,
        { amount, reason, token },
        () => grant({ ...wanted, ...limit }),
        ({ kind }) => (kind === 'approved' ? undefined : 'not-cancellable'),
      ),
    )
    // What the same person gave back meanwhile was quicker.
    return answer.kind === 'refused' && answer.reason === 'over-limit' ? askSecond(by, request, amount) : answer
  }

  async function grant({ request, payment, approval, amount, limit, requestedBy, reason }: Grant): Promise<Decided> {
    const { requestId, strategy, way } = approval
    const at = clock.now()
    const granted = { ...request, state: 'approved', decidedAt: at } as const
    const whole = amount === request.amount
    const opened = await refunds.open({
      ...{ merchantId: payment.merchantId, paymentId: payment.id, strategy, kind: 'refund' },
      ...{ requestedBy, reason, word: 'agreed' },
      ...(whole && request.items ? { items: request.items } : { amount }),
      ...(limit !== undefined && { limit }),
      ...(way && { way }),
      granting: { requestId, messages: toldOf({ ...payment, standing: 'paid' }, granted, at) },
    })
    switch (opened.kind) {
      case 'opened':
        return { kind: 'approved', refundId: opened.refund.id }
      case 'refused':
        return opened
      case 'replay':
      case 'in-progress':
      case 'key-reused':
        return refused('request-closed')
    }
  }

  async function isOverLimit(member: Member, { merchantId, id }: Payment, amount: bigint): Promise<boolean> {
    const left = limitLeft(member, await refunds.listOfPayment(merchantId, id))
    return left !== undefined && amount > left
  }

  /** Notes what a member agrees to, for somebody else to agree to it too. */
  async function askSecond(member: Member, request: RefundRequest, amount: bigint): Promise<Decided> {
    const { refundLimit: limit } = member.membership
    invariant(limit !== undefined, 'only who has a limit is above it')
    await proposeRequest(pool, request, { by: requesterOf(member), amount, at: clock.now() })
    return { kind: 'needs-second-person', limit }
  }

  async function end(request: RefundRequest, state: 'declined' | 'withdrawn', by: Requester, answer?: string) {
    const payment = await payments.find(request.merchantId, request.paymentId)
    if (!payment) return refused('missing')
    const at = clock.now()
    const said = { ...request, state, decidedAt: at, ...(answer !== undefined && { answer }) }
    const messages = toldOf(payment, said, at)
    const { merchantId, id, paymentId } = request
    const isEnded = await endRequest(pool, {
      ...{ merchantId, id, paymentId, state, by, at, messages },
      ...(answer !== undefined && { answer }),
    })
    return isEnded ? ({ kind: state } as const) : refused('request-closed')
  }

  async function decline(by: Decider, requestId: Uuid, answer: string): Promise<Decided> {
    if (!can(roleOf(by), 'refund-request.decide')) return { kind: 'forbidden' }
    const request = await findRequest(pool, merchantOf(by), requestId)
    if (!request) return refused('missing')
    return end(request, 'declined', by.kind === 'member' ? requesterOf(by) : by.requester, answer)
  }

  return {
    ask,
    propose,
    async leftToAsk({ merchantId, id, capturedAmount, refundedAmount }) {
      const open = (await findOfPayment(pool, merchantId, id)).filter(({ state }) => state === 'open')
      return capturedAmount - refundedAmount - sum(open.map(({ amount }) => amount))
    },
    async askable(payment) {
      if (payment.state !== 'paid') return 'not-paid'
      if (payment.capturedAmount === payment.refundedAmount) return 'exceeds'
      // Where only some kinds of product are forbidden, the others can still be asked for line by line.
      const lines = (payment.items ?? []).map((_, index) => [{ item: index + 1, quantity: 1 }])
      const refusals = await Promise.all([undefined, ...lines].map((items) => byPolicy(payment, items)))
      return refusals.includes(undefined) ? undefined : refusals[0]
    },
    async withdraw({ id, name }, requestId, paymentId) {
      const payment = await payments.findOfShopper(id, paymentId)
      const request = payment && (await findRequest(pool, payment.merchantId, requestId))
      if (!request || request.paymentId !== paymentId || request.shopperId !== id) return refused('missing')
      return end(request, 'withdrawn', { kind: 'shopper', id: publicId('per', id), name })
    },
    approve: (by, approval) => noted(by, 'refund-request.approve', approval.requestId, () => approve(by, approval)),
    decline: (by, requestId, answer) =>
      noted(by, 'refund-request.decline', requestId, () => decline(by, requestId, answer)),
    find: (merchantId, requestId) => findRequest(pool, merchantId, requestId),
    list: (merchantId, filter) => findPage(pool, merchantId, filter),
    ofPayment: (merchantId, paymentId) => findOfPayment(pool, merchantId, paymentId),
    countOpen: (merchantId) => countOpen(pool, merchantId),
  }
}

function refused(reason: Extract<Decided, { kind: 'refused' }>['reason']): Decided & { kind: 'refused' } {
  return { kind: 'refused', reason }
}

/** Whether somebody else has agreed to as much before. */
function isAgreedWith({ proposed }: RefundRequest, second: Requester, amount: bigint): boolean {
  return proposed !== undefined && proposed.by.id !== second.id && amount <= proposed.amount
}

/** The shopper hears of what they have asked for themselves; of what the shop's people propose, only the shop does. */
function toldOf(payment: Payment, request: ToldRequest & Pick<RefundRequest, 'askedBy'>, at: Date) {
  const messages = composeRequestMessages(payment, request, at)
  return request.askedBy.kind === 'shopper' ? messages : messages.filter(({ kind }) => kind === 'webhook')
}

const merchantOf = (by: Decider) => (by.kind === 'member' ? by.membership.merchantId : by.merchantId)
const roleOf = (by: Decider) => (by.kind === 'member' ? by.membership.role : 'api-key')
