import type { Uuid } from '../ids'
import type { Currency } from '../money/currency'
import type { Requester } from '../payments/payment'
import type { RefundItem } from '../payments/refund-items'

/** Why somebody wants money back, as they choose it from a list. */
export const refundReasons = [
  'changed-mind',
  'not-received',
  'damaged',
  'not-as-described',
  'wrong-item',
  'paid-twice',
  'other',
] as const
export type RefundReason = (typeof refundReasons)[number]

/** closed: all of the payment went back without it being decided. */
export const requestStates = ['open', 'approved', 'declined', 'withdrawn', 'closed'] as const
export type RequestState = (typeof requestStates)[number]

/** An agreement above a limit, minor units. */
export interface Proposed {
  readonly by: Requester
  readonly amount: bigint
  readonly at: Date
}

/** What somebody asks to have back of a paid payment (M-154). */
export interface RefundRequest {
  readonly merchantId: Uuid
  readonly id: Uuid
  readonly paymentId: Uuid
  readonly shopperId?: Uuid
  readonly askedBy: Requester
  /** Minor units. */
  readonly amount: bigint
  readonly currency: Currency
  readonly items?: readonly RefundItem[]
  readonly reason: RefundReason
  /** In their own words; may be empty. */
  readonly words: string
  readonly state: RequestState
  /** What the shop said when it declined. */
  readonly answer?: string
  /** How much somebody has agreed to above their limit: a second person has to agree too, to no more than that (P6.3). */
  readonly proposed?: Proposed
  readonly decidedBy?: Requester
  readonly decidedAt?: Date
  readonly refundId?: Uuid
  readonly createdAt: Date
  readonly orderRef: string
  readonly orderName: string
}
