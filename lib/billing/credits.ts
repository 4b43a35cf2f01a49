import type { Clock } from '../clock'
import type { Database } from '../db/database'
import { type Uuid, uuidAt } from '../ids'
import type { OutgoingMessage, PaidOutBy } from '../messages/message'
import type { Currency } from '../money/currency'
import { type CreditMark, dueCredits, findDueCredit, notedPayouts, payOutCredit, sumOfDue } from './credit-store'

/** Money of a bill that was paid already, to be given back by people. */
export interface CreditByHand {
  readonly paymentId: Uuid
  /** Names the refund's part on this leg. */
  readonly reference: string
  readonly orderRef: string
  readonly orderName: string
  /** Minor units. */
  readonly amount: bigint
  readonly currency: Currency
  readonly createdAt: Date
  readonly lineId: Uuid
  /** Enough of the line's number for its holder to recognize. */
  readonly masked: string
}

/** What somebody says of a payout that was made. */
export interface PayoutToNote {
  readonly paymentId: Uuid
  readonly reference: string
  readonly by: PaidOutBy
  /** By which the payout is found again: the bank's reference, or the account's number. */
  readonly named: string
  /** YYYY-MM-DD */
  readonly paidOn: string
  readonly notedBy: { readonly kind: string; readonly id: string; readonly name: string }
}

export interface NotedPayout extends Pick<
  CreditByHand,
  'paymentId' | 'reference' | 'orderRef' | 'orderName' | 'amount' | 'currency'
> {
  readonly by: PaidOutBy
  readonly named: string
  /** YYYY-MM-DD */
  readonly paidOn: string
  /** The name of whoever noted it. */
  readonly notedBy: string
  readonly notedAt: Date
}

export type PayOutAnswer =
  /** Booked, now or before in the same words. */
  | { kind: 'done' }
  | { kind: 'missing' }
  /** Somebody noted another payout of it. */
  | { kind: 'noted-before' }
  /** Its refund has not come to the books yet. */
  | { kind: 'being-checked' }

/** What no bill can give back any more: a shop's list of what its people have to pay out, and of what they have. */
export interface CreditsByHand {
  /** The oldest first, after one of them. */
  due(merchantId: Uuid, limit: number, after?: CreditMark): Promise<CreditByHand[]>
  find(merchantId: Uuid, credit: { paymentId: Uuid; reference: string }): Promise<CreditByHand | undefined>
  /** What is due in each currency, minor units. */
  sums(merchantId: Uuid): Promise<{ currency: string; amount: bigint; count: number }[]>
  /** Books that it was paid out, once, and tells the shopper. */
  payOut(merchantId: Uuid, payout: PayoutToNote, messages: readonly OutgoingMessage[]): Promise<PayOutAnswer>
  /** The newest first, before one of them. */
  paid(merchantId: Uuid, limit: number, before?: CreditMark): Promise<NotedPayout[]>
}

export function createCreditsByHand({
  database: { pool },
  clock,
}: {
  readonly database: Database
  readonly clock: Clock
}): CreditsByHand {
  return {
    due: (merchantId, limit, after) => dueCredits(pool, merchantId, limit, after),
    find: (merchantId, credit) => findDueCredit(pool, { merchantId, ...credit }),
    sums: (merchantId) => sumOfDue(pool, merchantId),
    payOut(merchantId, payout, messages) {
      const at = clock.now()
      return payOutCredit(pool, { ...payout, merchantId, postingId: uuidAt(at), at, messages })
    },
    paid: (merchantId, limit, before) => notedPayouts(pool, merchantId, limit, before),
  }
}
