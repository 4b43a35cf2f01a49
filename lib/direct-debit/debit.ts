import { type Uuid } from '../ids'
import type { Money } from '../money/money'

/**
 * How a debit stands. asked: authorized, not decided. open: waits for a batch. batched: in a file at the bank. recalled: so,
 * and nobody wants it any more. collected: the bank has the money. settled: the payment has taken it. to-return: it came for
 * an order that had been given up. returning: the transfer back is ordered. returned: the bank took it back after the payment had been paid.
 */
export const debitStates = [
  ...(['asked', 'open', 'batched', 'recalled', 'collected', 'settled', 'refused', 'withdrawn', 'returned'] as const),
  ...(['to-return', 'returning', 'given-back'] as const),
] as const
export type DebitState = (typeof debitStates)[number]

export interface Debit {
  readonly merchantId: Uuid
  readonly id: Uuid
  readonly paymentId: Uuid
  readonly mandateId: Uuid
  readonly amount: Money
  readonly orderName: string
  readonly state: DebitState
  /** In how many files it has been. */
  readonly tries: number
  readonly collectAt?: Date
  readonly batchId?: Uuid
  /** The bank's code of a refusal or return. */
  readonly reason?: string
  readonly createdAt: Date
  readonly changedAt: Date
}

export const batchStates = ['claimed', 'written', 'sent', 'answered', 'rejected'] as const
export type BatchState = (typeof batchStates)[number]

/** Debits of a merchant that go to the bank in one file. */
export interface DebitBatch {
  readonly merchantId: Uuid
  readonly id: Uuid
  readonly houseBank: string
  /** YYYY-MM-DD, the day on which the payers' banks are to be asked. */
  readonly collectOn: string
  readonly debits: number
  readonly total: Money
  readonly state: BatchState
  readonly sha256?: string
  readonly reason?: string
  readonly createdAt: Date
  readonly changedAt: Date
}

/** A batch with what became of its debits, by state of the debit. */
export interface BatchWithCounts extends DebitBatch {
  readonly counts: Readonly<Partial<Record<DebitState, number>>>
}

const hex = (id: Uuid) => id.replaceAll('-', '')
const uuidOf = (digits: string): Uuid => digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')

/** How banks know it: 35 characters of those that no bank changes. */
export const mandateReference = (id: Uuid): string => `M${hex(id)}`
export const messageIdOf = (batchId: Uuid): string => `DD${hex(batchId)}`
export const paymentInformationIdOf = (batchId: Uuid): string => `P${hex(batchId)}`
export const noticeIdOf = (debitId: Uuid): string => `N${hex(debitId)}`
export const fileNameOf = (batchId: Uuid): string => `${messageIdOf(batchId)}.pain008.xml`
/** Of one try of a debit: a reference that was refused is never used again. */
export const endToEndIdOf = (debitId: Uuid, tries: number): string => `D${hex(debitId)}${tries}`

export function readMessageId(text: string): Uuid | undefined {
  const digits = /^DD([0-9a-f]{32})$/.exec(text)?.[1]
  return digits === undefined ? undefined : uuidOf(digits)
}

export function readEndToEndId(text: string): { readonly debitId: Uuid; readonly tries: number } | undefined {
  const [, digits, tries] = /^D([0-9a-f]{32})([1-9][0-9]?)$/.exec(text) ?? []
  return digits === undefined || tries === undefined ? undefined : { debitId: uuidOf(digits), tries: Number(tries) }
}
