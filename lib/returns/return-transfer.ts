import type { Uuid } from '../ids'
import type { Money } from '../money/money'
import type { Hand } from '../settlement/account-store'

/** What goes back: a refund of a collected direct debit, a debit of an order that had been given up, or giro money. */
export const returnSources = ['debit-refund', 'debit', 'giro'] as const
export type ReturnSource = (typeof returnSources)[number]

/**
 * proposed: waits for a second person. refused: that person said no. due: goes with the next order. filed: in an order to the
 * bank. accepted: the bank has taken it. paid: the payer has it. rejected: the bank has refused it or sent it back. by-hand:
 * people have transferred it after that.
 */
export const returnStates = ['proposed', 'refused', 'due', 'filed', 'accepted', 'paid', 'rejected', 'by-hand'] as const
export type ReturnState = (typeof returnStates)[number]

/** Money that goes back to whoever paid it, to the account it came from. */
export interface ReturnTransfer {
  /** Nobody's, where it is for a giro credit of which nobody knows whose it is. */
  readonly merchantId: Uuid
  readonly id: Uuid
  readonly source: ReturnSource
  readonly sourceId: Uuid
  readonly paymentId?: Uuid
  readonly houseBank: string
  readonly amount: Money
  /** Empty where only the mandate knows it, sealed. */
  readonly payerName: string
  readonly lastFour: string
  readonly state: ReturnState
  /** The bank's code. */
  readonly reason?: string
  /** What a transfer by hand is called at the bank. */
  readonly named?: string
  readonly proposedBy?: Hand
  readonly decidedBy?: Hand
  readonly createdAt: Date
  readonly changedAt: Date
}

/** One thing that is to go back, before there is a transfer of it. */
export interface Returnable {
  readonly merchantId: Uuid
  readonly source: ReturnSource
  readonly sourceId: Uuid
  /** Of a debit's refund; empty for the others. */
  readonly reference: string
}
