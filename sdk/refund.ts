import { readAmount, readList, readRecord, readText } from './read-answer'

/** Money on its way back, or back, over the legs of a payment. */
export interface Refund {
  readonly id: string
  readonly paymentId: string
  readonly kind: 'refund' | 'cancellation'
  readonly amount: bigint
  /** `refunding` settles by itself; `queued` waits, by contract, until the balance of the shop covers it. */
  readonly state: 'queued' | 'refunding' | 'refunded' | 'partly-refunded' | 'refused'
  readonly strategy: string
  readonly reason: string
  /** The lines it gives back, where they were named. */
  readonly items?: readonly RefundItem[]
  /** `back`: the way it came. */
  readonly way: 'back' | 'hand' | 'store-credit'
  readonly createdAt: string
  readonly finishedAt?: string
  readonly legs: readonly RefundLeg[]
}

/** So many of a line of the order; lines are counted from one. */
export interface RefundItem {
  readonly item: number
  readonly quantity: number
}

/** How it goes back where its means cannot take it: you have paid it out, or it becomes credit with the shopper. */
export type OtherWay = { readonly kind: 'hand'; readonly reference: string } | { readonly kind: 'store-credit' }

export interface RefundLeg {
  readonly attempt: number
  readonly leg: number
  readonly amount: bigint
  readonly state: string
  readonly reason?: string
}

/** What came of cancelling a payment. */
export interface Cancellation {
  readonly paymentId: string
  /** cancelled: nothing was taken. refunded: it was paid, and everything left went back. */
  readonly outcome: 'cancelled' | 'refunded' | 'partly-refunded' | 'refused' | 'being-checked'
  readonly refund?: Refund
}

/** @throws UnreadableAnswer */
export function readRefund(value: unknown): Refund {
  const given = readRecord(value)
  readText(given['id'])
  readText(given['state'])
  return {
    ...(given as unknown as Refund),
    amount: readAmount(given['amount']),
    legs: readList(given['legs'], (leg) => {
      const read = readRecord(leg)
      return { ...(read as unknown as RefundLeg), amount: readAmount(read['amount']) }
    }),
  }
}

/** @throws UnreadableAnswer */
export function readRefunds(value: unknown): readonly Refund[] {
  return readList(readRecord(value)['refunds'], readRefund)
}

/** @throws UnreadableAnswer */
export function readCancellation(value: unknown): Cancellation {
  const { refund, ...given } = readRecord(value)
  readText(given['outcome'])
  return { ...(given as unknown as Cancellation), ...(refund !== undefined && { refund: readRefund(refund) }) }
}
