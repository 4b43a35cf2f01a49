import type { Binding, Sealed } from '../cards/vault'
import type { Uuid } from '../ids'
import { NO_MERCHANT } from '../messages/message'

/** What the account of a giro payer is sealed for: the credit may turn out to be any merchant's. */
export function payerAccountBinding(id: Uuid): Binding {
  return { kind: 'payer-account', ownerId: NO_MERCHANT, id }
}

/** The account that a credit came from: what is its payer's goes back there, and nowhere else. */
export interface SealedPayerAccount extends Sealed {
  /** The bank's own reference of the credit. */
  readonly bankRef: string
  readonly id: Uuid
  /** The payer's bank: its BIC, or its number in clearing. */
  readonly agent: string | null
}
