/** Why one of the shopper's own accounts cannot pay now. */
export type AccountWhy = 'currency' | 'suspended' | 'lost' | 'expired' | 'pinLocked' | 'empty'

/** An account of the shopper's, as the checkout shows it. */
export interface OwnAccount {
  readonly id: string
  readonly name: string
  readonly masked: string
  readonly hasPin: boolean
  /** What it may still be charged now, minor units. */
  readonly room: bigint
  readonly why?: AccountWhy
}

/** Why e-cash cannot pay now. */
export type ECashWhy = 'login' | 'none' | 'currency' | 'locked' | 'empty'

export interface OwnECash {
  /** What it may pay now, minor units. */
  readonly room: bigint
  readonly why?: ECashWhy
}
