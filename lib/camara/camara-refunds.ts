import { createHmac } from 'node:crypto'
import type { Vault } from '../cards/vault'
import { type Clock, later } from '../clock'
import type { Database } from '../db/database'
import { publicId, type Uuid, uuidAt } from '../ids'
import type { Money } from '../money/money'
import type { TokenCaller } from '../oauth/oauth-client'
import type { Refunds } from '../payments/refunds'
import type { CamaraPayment, CamaraRefund, RefundStatus, SentAmount, Sink } from './camara-payment'
import { release, releaseAbandoned, show } from './claims'
import { claimRefund, findRefund, listRefunds, type RefundRow, type RefundsOf } from './refund-store'
import { sealSink } from './sinks'

export interface NewCamaraRefund {
  readonly type: 'total' | 'partial'
  /** Absent: all that is left. */
  readonly amount?: Money
  readonly referenceCode: string
  readonly clientCorrelator?: string
  readonly refundAmount: SentAmount
  readonly merchantIdentifier?: string
  readonly reason?: string
  /** With a sink the outcome is told by an event. */
  readonly sink?: Sink
  /** The whole request, as bytes that are the same when it is repeated. */
  readonly request: string
  readonly correlationId: string
}

export type RefundNotMade =
  | { kind: 'not-paid-yet' }
  /** Denied, cancelled, given back already, or by a means that cannot give back. */
  | { kind: 'not-eligible' }
  | { kind: 'above-payment' }
  | { kind: 'above-rest' }
  | { kind: 'correlator-taken' }
  | { kind: 'in-progress' }
  | { kind: 'denied' }

export type RefundMade = { kind: 'made'; refund: CamaraRefund } | RefundNotMade

export interface RefundFilter {
  readonly from?: Date
  readonly until?: Date
  readonly statuses?: readonly RefundStatus[]
  readonly merchantIdentifier?: string
  readonly order: 'asc' | 'desc'
  /** Counted from 1. */
  readonly page: number
  readonly perPage: number
}

export interface CamaraRefunds {
  /** Gives back a part of a payment, or all that is left of it. */
  create(caller: TokenCaller, payment: CamaraPayment, request: NewCamaraRefund): Promise<RefundMade>
  find(caller: TokenCaller, paymentId: Uuid, refundId: Uuid): Promise<CamaraRefund | undefined>
  list(
    caller: TokenCaller,
    paymentId: Uuid,
    filter: RefundFilter,
  ): Promise<{ refunds: CamaraRefund[]; total: number } | 'too-many'>
}

interface Parts {
  readonly database: Database
  readonly clock: Clock
  readonly vault: Vault
  readonly settings: { readonly FINGERPRINT_KEY: Buffer }
  readonly refunds: Refunds
}

/** Longer than any request that is alive. */
const ALIVE_MS = 30_000
/** A list that is longer has to be asked for in parts. */
const MOST_MATCHING = 10_000

export function createCamaraRefunds({ database, clock, vault, settings, refunds }: Parts): CamaraRefunds {
  const { pool } = database

  function refusalOf(payment: CamaraPayment, { amount }: NewCamaraRefund): RefundNotMade | undefined {
    if (payment.status === 'denied' || payment.status === 'cancelled') return { kind: 'not-eligible' }
    if (payment.status !== 'succeeded') return { kind: 'not-paid-yet' }
    if (amount && amount.amount > payment.capturedAmount) return { kind: 'above-payment' }
    const left = payment.capturedAmount - payment.refundedAmount
    if (left === 0n) return { kind: 'not-eligible' }
    return amount && amount.amount > left ? { kind: 'above-rest' } : undefined
  }

  const create: CamaraRefunds['create'] = async (caller, payment, request) => {
    const { merchant, clientId } = caller
    const { paymentId } = payment
    const at = clock.now()
    const refundId = uuidAt(at)
    const of = { merchantId: merchant.id, clientId, paymentId }
    const claimed = await claimRefund(pool, {
      ...of,
      refundId,
      fingerprint: createHmac('sha256', settings.FINGERPRINT_KEY)
        .update(`camara refund\n${paymentId} ${request.request}`)
        .digest(),
      type: request.type,
      asynchronous: request.sink !== undefined,
      referenceCode: request.referenceCode,
      refundAmount: request.refundAmount,
      correlationId: request.correlationId,
      createdAt: at,
      ...(request.clientCorrelator !== undefined && { clientCorrelator: request.clientCorrelator }),
      ...(request.merchantIdentifier !== undefined && { merchantIdentifier: request.merchantIdentifier }),
      ...(request.reason !== undefined && { reason: request.reason }),
      ...(request.sink && { sink: sealSink(vault, { ownerId: merchant.id, id: refundId }, request.sink) }),
    })
    if (claimed.kind === 'held') {
      if (!claimed.fits) return { kind: 'correlator-taken' }
      const abandoned = await releaseAbandoned(pool, 'refund', merchant.id, claimed.id, later(at, -ALIVE_MS))
      return abandoned ? create(caller, payment, request) : repeated(of, claimed.id)
    }

    const refusal = refusalOf(payment, request)
    if (refusal) {
      await release(pool, 'refund', merchant.id, refundId)
      return refusal
    }
    const opened = await refunds.open({
      id: refundId,
      merchantId: merchant.id,
      paymentId,
      strategy: 'ratio',
      kind: 'refund',
      reason: request.reason ?? 'CAMARA',
      requestedBy: { kind: 'oauth-client', id: publicId('ocl', clientId), name: 'CAMARA' },
      ...(request.amount && { amount: request.amount.amount }),
    })
    if (opened.kind !== 'opened') {
      await release(pool, 'refund', merchant.id, refundId)
      return notOpened(opened.kind === 'refused' ? opened.reason : undefined)
    }
    if (!request.sink && opened.refund.state === 'refused') return { kind: 'denied' }
    await show(pool, 'refund', merchant.id, refundId, clock.now())
    const row = await findRefund(pool, of, refundId)
    if (!row) return { kind: 'in-progress' }
    // Whoever named a sink is told there what has become of it.
    return { kind: 'made', refund: request.sink ? { ...pending(view(row)), status: 'processing' } : view(row) }
  }

  /** The same request again: answered by what its refund has become. */
  async function repeated(of: RefundsOf, refundId: Uuid): Promise<RefundMade> {
    const row = await findRefund(pool, of, refundId, true)
    if (!row) return { kind: 'in-progress' }
    return row.status === 'denied' && row.shown_at === null ? { kind: 'denied' } : { kind: 'made', refund: view(row) }
  }

  return {
    create,
    async find({ merchant, clientId }, paymentId, refundId) {
      const row = await findRefund(pool, { merchantId: merchant.id, clientId, paymentId }, refundId)
      return row && view(row)
    },
    async list({ merchant, clientId }, paymentId, { page, perPage, ...filter }) {
      const wanted = { ...filter, offset: (page - 1) * perPage, limit: perPage }
      const of = { merchantId: merchant.id, clientId, paymentId }
      const { rows, total } = await listRefunds(pool, of, wanted, MOST_MATCHING)
      return total > MOST_MATCHING ? 'too-many' : { refunds: rows.map(view), total }
    },
  }
}

function notOpened(reason: string | undefined): RefundNotMade {
  switch (reason) {
    // Another refund was quicker.
    case 'exceeds':
      return { kind: 'above-rest' }
    case 'not-paid':
      return { kind: 'not-paid-yet' }
    default:
      return { kind: 'not-eligible' }
  }
}

function pending({ finishedAt: _finishedAt, ...refund }: CamaraRefund): CamaraRefund {
  return refund
}

function view(row: RefundRow): CamaraRefund {
  return {
    refundId: row.refund_id,
    paymentId: row.payment_id,
    status: row.status,
    type: row.type,
    referenceCode: row.reference_code,
    refundAmount: row.refund_amount,
    createdAt: row.created_at,
    ...(row.client_correlator !== null && { clientCorrelator: row.client_correlator }),
    ...(row.reason !== null && { reason: row.reason }),
    ...(row.sink !== null && { sink: row.sink }),
    ...(row.status === 'succeeded' && row.finished_at && { finishedAt: row.finished_at }),
  }
}
