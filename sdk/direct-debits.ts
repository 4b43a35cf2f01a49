import type { ApiClient } from './api-client'
import { readAmount, readList, readRecord, readText } from './read-answer'

/** A shopper's agreement that what is ordered at your shop is collected from an account. Only they revoke it. */
export interface Mandate {
  readonly id: string
  /** How banks and payers know it. */
  readonly reference: string
  readonly shopper: string
  readonly kind: 'one-off' | 'recurring'
  readonly bank: string
  readonly lastFour: string
  readonly state: 'active' | 'revoked'
  readonly signedAt: string
  readonly revokedAt?: string
}

/** returned: the bank took it back after the payment was paid. */
export type DebitState =
  | 'asked'
  | 'open'
  | 'batched'
  | 'recalled'
  | 'collected'
  | 'settled'
  | 'refused'
  | 'withdrawn'
  | 'returned'
  | 'to-return'
  | 'returning'
  | 'given-back'

/** Direct debits that go to the bank in one file. Amounts are whole minor units. */
export interface DebitBatch {
  readonly id: string
  readonly bank: string
  /** YYYY-MM-DD */
  readonly collectOn: string
  readonly debits: number
  readonly total: bigint
  readonly currency: string
  readonly state: 'claimed' | 'written' | 'sent' | 'answered' | 'rejected'
  readonly reason?: string
  /** Debits by what became of them since. */
  readonly counts: Readonly<Partial<Record<DebitState, number>>>
  readonly createdAt: string
}

export interface Debit {
  readonly line: number
  readonly paymentId: string
  readonly mandate: string
  readonly orderName: string
  readonly amount: bigint
  readonly currency: string
  readonly tries: number
  readonly state: DebitState
  /** The bank's code. */
  readonly reason?: string
}

interface PageWish {
  readonly after?: string
  readonly limit?: number
}

/** What is collected from accounts: by which agreements, in which files, and what became of it. */
export interface DirectDebits {
  mandate(mandateId: string): Promise<Mandate>
  /** Newest first, page by page. */
  mandates(
    filter?: PageWish & { readonly state?: Mandate['state']; readonly shopper?: string },
  ): Promise<{ readonly mandates: readonly Mandate[]; readonly next: string | null }>
  batch(batchId: string): Promise<DebitBatch>
  /** Newest first, page by page. */
  batches(filter?: PageWish): Promise<{ readonly batches: readonly DebitBatch[]; readonly next: string | null }>
  /** The debits of a file in its order, page by page. */
  debits(
    batchId: string,
    filter?: PageWish,
  ): Promise<{ readonly debits: readonly Debit[]; readonly next: string | null }>
}

export function createDirectDebits(client: ApiClient): DirectDebits {
  const mandates = '/api/v1/mandates'
  const batches = '/api/v1/debit-batches'
  const at = (all: string, id: string, rest = '') => `${all}/${encodeURIComponent(id)}${rest}`
  return {
    mandate: (id) => client.call({ method: 'GET', path: at(mandates, id), read: readMandate }),
    mandates: (filter = {}) =>
      client.call({
        ...{ method: 'GET', path: mandates, query: { ...filter } },
        read: (answer) => {
          const given = readRecord(answer)
          return { mandates: readList(given['mandates'], readMandate), next: readNext(given['next']) }
        },
      }),
    batch: (id) => client.call({ method: 'GET', path: at(batches, id), read: readBatch }),
    batches: (filter = {}) =>
      client.call({
        ...{ method: 'GET', path: batches, query: { ...filter } },
        read: (answer) => {
          const given = readRecord(answer)
          return { batches: readList(given['batches'], readBatch), next: readNext(given['next']) }
        },
      }),
    debits: (id, filter = {}) =>
      client.call({
        ...{ method: 'GET', path: at(batches, id, '/debits'), query: { ...filter } },
        read: (answer) => {
          const given = readRecord(answer)
          return { debits: readList(given['debits'], readDebit), next: readNext(given['next']) }
        },
      }),
  }
}

const readNext = (value: unknown): string | null => (value === null ? null : readText(value))

function readMandate(value: unknown): Mandate {
  const given = readRecord(value)
  readText(given['id'])
  return given as unknown as Mandate
}

function readBatch(value: unknown): DebitBatch {
  const given = readRecord(value)
  readText(given['id'])
  return { ...given, total: readAmount(given['total']) } as unknown as DebitBatch
}

function readDebit(value: unknown): Debit {
  const given = readRecord(value)
  return { ...given, amount: readAmount(given['amount']) } as unknown as Debit
}
