import type { ApiClient, RequestOptions } from './api-client'
import type { Payments } from './payments'
import { readAmount, readList, readRecord, readText } from './read-answer'
import type { Cancellation } from './refund'

/** A part of a payment that is paid later. Amounts are whole minor units. */
export interface AwaitedPart {
  readonly module: string
  readonly amount: bigint
  /** What of it has come. */
  readonly received: bigint
  /** Only of giro: ISO 11649, without spaces. */
  readonly reference?: string
  readonly payer?: string
  /** Demands that were sent. */
  readonly demands: number
  readonly dueAt?: string
  readonly isOverdue: boolean
}

/** A payment that was accepted and waits for a part of it. */
export interface UnpaidPayment {
  readonly paymentId: string
  readonly orderRef: string
  readonly orderName: string
  readonly amount: bigint
  /** What other means have paid. */
  readonly taken: bigint
  readonly currency: string
  readonly createdAt: string
  readonly parts: readonly AwaitedPart[]
}

/** What somebody is asked to pay at their bank. */
export interface GiroBill {
  readonly paymentId: string
  /** ISO 11649, without spaces. */
  readonly reference: string
  readonly dueAt: string
  readonly demands: number
}

/** Money that goes back to its payer by transfer, to the account it came from. */
export interface ReturnTransfer {
  readonly id: string
  readonly source: 'debit-refund' | 'debit' | 'giro'
  readonly paymentId?: string
  readonly amount: bigint
  readonly currency: string
  readonly lastFour: string
  readonly state: 'proposed' | 'refused' | 'due' | 'filed' | 'accepted' | 'paid' | 'rejected' | 'by-hand'
  /** The bank's code. */
  readonly reason?: string
  readonly createdAt: string
  readonly changedAt: string
}

/** What your shop waits for, whatever means it is paid by, and what goes back by transfer. */
export interface Unpaid {
  /** Newest first, page by page. */
  list(filter?: {
    readonly module?: string
    readonly overdue?: boolean
    /** In the order, the reference or the payer's name. */
    readonly search?: string
    readonly after?: string
    readonly limit?: number
  }): Promise<{ readonly payments: readonly UnpaidPayment[]; readonly next: string | null }>
  /** Has a demand mailed for what is still owed by giro. */
  demand(paymentId: string, options?: RequestOptions): Promise<GiroBill>
  /** Gives the payer of a giro bill until `dueAt` (RFC 3339). */
  extend(paymentId: string, dueAt: string, options?: RequestOptions): Promise<GiroBill>
  /** Waits no longer: whatever was taken goes back. */
  cancel(paymentId: string, cancel: { readonly reason: string }, options?: RequestOptions): Promise<Cancellation>
  /** Transfers back to payers, newest first, page by page. */
  transfersBack(filter?: {
    readonly state?: ReturnTransfer['state']
    readonly paymentId?: string
    readonly after?: string
    readonly limit?: number
  }): Promise<{ readonly transfers: readonly ReturnTransfer[]; readonly next: string | null }>
}

export function createUnpaid(client: ApiClient, { cancel }: Pick<Payments, 'cancel'>): Unpaid {
  const place = (paymentId: string, rest: string) => `/api/v1/payments/${encodeURIComponent(paymentId)}${rest}`
  return {
    list: ({ overdue, ...filter } = {}) =>
      client.call({
        ...{ method: 'GET', path: '/api/v1/unpaid' },
        query: { ...filter, ...(overdue === undefined ? {} : { overdue: String(overdue) }) },
        read: readUnpaidPage,
      }),
    demand: (paymentId, options) =>
      client.call({ method: 'POST', path: place(paymentId, '/demands'), body: {}, read: readBill, ...options }),
    extend: (paymentId, dueAt, options) =>
      client.call({ method: 'POST', path: place(paymentId, '/due-date'), body: { dueAt }, read: readBill, ...options }),
    cancel,
    transfersBack: (filter = {}) =>
      client.call({ method: 'GET', path: '/api/v1/return-transfers', query: { ...filter }, read: readTransferPage }),
  }
}

function readUnpaidPage(answer: unknown) {
  const { payments, next } = readRecord(answer)
  return { payments: readList(payments, readUnpaid), next: next === null ? null : readText(next) }
}

function readUnpaid(value: unknown): UnpaidPayment {
  const given = readRecord(value)
  return {
    ...given,
    amount: readAmount(given['amount']),
    taken: readAmount(given['taken']),
    parts: readList(given['parts'], readPart),
  } as unknown as UnpaidPayment
}

function readPart(value: unknown): AwaitedPart {
  const given = readRecord(value)
  const amounts = { amount: readAmount(given['amount']), received: readAmount(given['received']) }
  return { ...given, ...amounts } as unknown as AwaitedPart
}

function readBill(value: unknown): GiroBill {
  const given = readRecord(value)
  readText(given['reference'])
  readText(given['dueAt'])
  return given as unknown as GiroBill
}

function readTransferPage(answer: unknown) {
  const { transfers, next } = readRecord(answer)
  return { transfers: readList(transfers, readTransfer), next: next === null ? null : readText(next) }
}

function readTransfer(value: unknown): ReturnTransfer {
  const given = readRecord(value)
  readText(given['id'])
  return { ...given, amount: readAmount(given['amount']) } as unknown as ReturnTransfer
}
