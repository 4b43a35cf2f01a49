import type { Uuid } from '../ids'
import type { Currency } from '../money/currency'
import type { AccountChange } from './account'

/** Who wants to be told of an account's changes: with each a row of the outbox is written, in the same transaction. */
export interface Watch {
  readonly accountId: Uuid
  /** Whose outbox. */
  readonly merchantId: Uuid
  readonly changes: readonly AccountChange[]
  /** For low-balance: tells when what is available falls to or under it; absent: the account's own threshold. */
  readonly threshold?: bigint
  /** Kind and topic of the outbox row. Its payload is `payload` and, beside it, `change` (see WatchedChange). */
  readonly kind: string
  readonly topic: string
  readonly payload: Readonly<Record<string, unknown>>
  readonly until?: Date
}

/** What stands in the outbox row of a watch, under `change`. Amounts are minor units in decimal text. */
export interface WatchedChange {
  readonly kind: AccountChange
  readonly accountId: Uuid
  readonly movementId: Uuid
  readonly amount: string
  readonly balance: string
  readonly available: string
  readonly currency: Currency
  readonly description: string
  readonly reference: string
  readonly at: string
}
