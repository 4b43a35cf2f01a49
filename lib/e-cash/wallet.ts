import type { Uuid } from '../ids'
import type { Currency } from '../money/currency'

/** Stored value of one shopper in one currency. Amounts are minor units. */
export interface Wallet {
  readonly shopperId: Uuid
  readonly id: Uuid
  readonly currency: Currency
  readonly balance: bigint
  /** Set aside for purchases under way; a part of the balance. */
  readonly held: bigint
  /** Five wrong PINs: nothing is paid with it until its holder sets a new one. */
  readonly isLocked: boolean
  readonly openedAt: Date
}

/** How small e-cash is kept: what a wallet may hold, and what may be paid at once. */
export interface Caps {
  readonly mostHeld: bigint
  readonly mostSpent: bigint
}

export interface WalletMove {
  readonly id: Uuid
  readonly kind: 'load' | 'spend' | 'return'
  /** What came in; negative: what went out. */
  readonly amount: bigint
  /** Afterwards. */
  readonly balance: bigint
  /** The shop's name for a purchase. */
  readonly shop: string
  readonly paymentId: Uuid
  readonly description: string
  readonly at: Date
}
