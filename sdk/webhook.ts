import { createPublicKey, type KeyObject, verify } from 'node:crypto'
import { type Dispute, readDispute } from './dispute'
import { type Payment, readItem } from './payment'
import { readAmount, readList, readRecord, readText } from './read-answer'
import type { Refund } from './refund'
import type { Subscription } from './subscriptions'
import type { RefundRequest } from './refund-requests'

/** A payment as a webhook tells of it; `retrieve` tells the rest. */
export type ToldPayment = Pick<
  Payment,
  | 'id'
  | 'orderRef'
  | 'orderName'
  | 'amount'
  | 'currency'
  | 'state'
  | 'standing'
  | 'capturedAmount'
  | 'refundedAmount'
  | 'reason'
  | 'approvalCode'
  | 'metadata'
  | 'items'
  | 'createdAt'
>

/** A refund as a webhook tells of it; `refundedAmount` is what really went back. */
export type ToldRefund = Pick<Refund, 'id' | 'kind' | 'amount' | 'state' | 'reason' | 'createdAt'> & {
  readonly refundedAmount: bigint
}

/** A payout to the shop's account. Amounts are smallest units of the currency. */
export interface ToldPayout {
  readonly id: string
  readonly amount: bigint
  readonly currency: string
  /** YYYY-MM-DD */
  readonly day: string
  readonly reason?: string
}
/** What was said of an order on its way. */
export interface ToldOrder {
  readonly payment: string
  readonly orderRef: string
  readonly carrier?: string
  readonly trackingNumber?: string
  readonly trackingUrl?: string
  readonly at: string
}
/** What a bank took back. `reason` is its code. */
export interface ToldReturn {
  readonly amount: bigint
  readonly reason: string
}
/** A refund request as a webhook tells of it. */
export type ToldRefundRequest = Pick<
  RefundRequest,
  'id' | 'amount' | 'items' | 'reason' | 'words' | 'state' | 'answer' | 'createdAt'
>

/** A subscription as a webhook tells of it; `retrieve` tells the rest. Amounts are minor units in decimal text. */
export interface ToldSubscription {
  readonly id: string
  readonly plan: string
  readonly planName: string
  readonly amount: string
  readonly currency: string
  readonly state: Subscription['state']
  readonly period: number
  readonly reference?: string
}

/** What a subscription charges for a period; `payment` once one was opened. */
export interface ToldCharge {
  readonly period: number
  readonly amount: string
  readonly payment?: string
}

/**
 * An event may come more than once, late, and in another order than it happened: keep `id`, and do each once. Later
 * versions of Moa may send types that are not in this list; answer them with 200 too.
 */
export type WebhookEvent = { readonly id: string; readonly timestamp: string } & (
  | {
      readonly type: 'payment.paid' | 'payment.failed' | 'payment.authorized' | 'payment.awaiting'
      readonly data: { readonly payment: ToldPayment }
    }
  | {
      /** A direct debit came back after its payment had been paid; the amount is taken from what is owed to your shop. */
      readonly type: 'payment.returned'
      readonly data: { readonly payment: ToldPayment; readonly returned: ToldReturn }
    }
  | {
      readonly type: 'refund.finished'
      readonly data: { readonly payment: ToldPayment; readonly refund: ToldRefund }
    }
  | {
      readonly type:
        | 'subscription.started'
        | 'subscription.upcoming'
        | 'subscription.renewed'
        | 'subscription.past-due'
        | 'subscription.changed'
        | 'subscription.ended'
      readonly data: { readonly subscription: ToldSubscription; readonly charge?: ToldCharge }
    }
  | {
      readonly type: 'payout.ordered' | 'payout.paid' | 'payout.rejected'
      readonly data: { readonly payout: ToldPayout }
    }
  | {
      readonly type:
        | 'dispute.opened'
        | 'dispute.answered'
        | 'dispute.unanswered'
        | 'dispute.decided'
        | 'dispute.withdrawn'
        | 'dispute.expired'
      readonly data: { readonly dispute: Dispute }
    }
  | {
      /** A payment waits until so many of your people agree. */
      readonly type: 'payment.approval-needed'
      readonly data: { readonly payment: ToldPayment; readonly people: number }
    }
  | {
      readonly type: 'order.shipped' | 'order.delivered'
      readonly data: { readonly order: ToldOrder }
    }
  | {
      readonly type: 'refund-request.opened' | 'refund-request.closed'
      readonly data: { readonly payment: ToldPayment; readonly request: ToldRefundRequest }
    }
)

export type WebhookFault = 'missing-header' | 'outside-tolerance' | 'bad-signature' | 'unreadable'

export type VerifiedWebhook =
  | { readonly kind: 'verified'; readonly event: WebhookEvent }
  /** Answer with 401 and do nothing. */
  | { readonly kind: 'refused'; readonly reason: WebhookFault }

/** Header names in lower case, as Node gives them, or a web-standard Headers. */
export type WebhookHeaders = Headers | Readonly<Record<string, string | readonly string[] | undefined>>

export interface WebhookOptions {
  /** How old, or how early, a delivery may be; 300 seconds when absent. */
  readonly toleranceSeconds?: number
  readonly now?: () => Date
}

const SPKI_ED25519 = Buffer.from('302a300506032b6570032100', 'hex')
/** Moa signs with two keys at most; more are somebody's attempt to keep us busy. */
const MOST_SIGNATURES = 8

/**
 * Checks a webhook (Standard Webhooks 1.0, asymmetric) and reads it.
 *
 * @param rawBody the bytes as they came; a body parsed and written again has another signature
 * @param publicKeys `whpk_…`, each live key of the endpoint: during a change of keys there are two
 * @throws Error when a public key is not one
 */
export function verifyWebhook(
  rawBody: string | Uint8Array,
  headers: WebhookHeaders,
  publicKeys: readonly string[],
  { toleranceSeconds = 300, now = () => new Date() }: WebhookOptions = {},
): VerifiedWebhook {
  const keys = publicKeys.map(readKey)
  const [id, timestamp, signatures] = ['webhook-id', 'webhook-timestamp', 'webhook-signature'].map((name) =>
    headerOf(headers, name),
  )
  if (!id || !timestamp || !signatures || !/^[0-9]{1,12}$/.test(timestamp)) return refused('missing-header')
  if (Math.abs(now().getTime() / 1000 - Number(timestamp)) > toleranceSeconds) return refused('outside-tolerance')

  const signed = Buffer.concat([Buffer.from(`${id}.${timestamp}.`), Buffer.from(rawBody)])
  const offered = signatures
    .split(' ')
    .slice(0, MOST_SIGNATURES)
    .flatMap((one) => (one.startsWith('v1a,') ? [Buffer.from(one.slice(4), 'base64')] : []))
  // Every signature with every key, whatever the first ones say, so that the time taken tells nothing.
  const matches = keys.flatMap((key) => offered.map((signature) => verify(null, signed, key, signature)))
  if (!matches.includes(true)) return refused('bad-signature')
  try {
    return { kind: 'verified', event: readEvent(id, JSON.parse(Buffer.from(rawBody).toString('utf8'))) }
  } catch {
    return refused('unreadable')
  }
}

function refused(reason: WebhookFault): VerifiedWebhook {
  return { kind: 'refused', reason }
}

function readKey(publicKey: string): KeyObject {
  const raw = Buffer.from(publicKey.replace(/^whpk_/, ''), 'base64')
  if (!publicKey.startsWith('whpk_') || raw.length !== 32) throw new Error('Moa: a webhook key must be whpk_… .')
  return createPublicKey({ key: Buffer.concat([SPKI_ED25519, raw]), format: 'der', type: 'spki' })
}

function headerOf(headers: WebhookHeaders, name: string): string | undefined {
  if (headers instanceof Headers) return headers.get(name) ?? undefined
  const value = headers[name]
  return typeof value === 'string' ? value : undefined
}

function readEvent(id: string, value: unknown): WebhookEvent {
  const { type, timestamp, data } = readRecord(value)
  const { payment, refund, payout, dispute, request, returned, ...others } = readRecord(data)
  const read = {
    ...others,
    ...(payment !== undefined && { payment: readToldPayment(payment) }),
    ...(dispute !== undefined && { dispute: readDispute(dispute) }),
    ...(refund !== undefined && { refund: readTold(refund, ['amount', 'refundedAmount']) }),
    ...(payout !== undefined && { payout: readTold(payout, ['amount']) }),
    ...(returned !== undefined && { returned: readTold(returned, ['amount']) }),
    ...(request !== undefined && { request: readTold(request, ['amount']) }),
  }
  return { id, type: readText(type), timestamp: readText(timestamp), data: read } as unknown as WebhookEvent
}

function readToldPayment(value: unknown): Record<string, unknown> {
  const { items, ...payment } = readTold(value, ['amount', 'capturedAmount', 'refundedAmount'])
  return { ...payment, ...(items !== undefined && { items: readList(items, readItem) }) }
}

function readTold(value: unknown, amounts: readonly string[]): Record<string, unknown> {
  const given = readRecord(value)
  return { ...given, ...Object.fromEntries(amounts.map((name) => [name, readAmount(given[name])])) }
}
