/** What an issuer's books are made of. Amounts are minor units, times milliseconds since 1970. */
import type { CardAccount } from './card-account'

export interface Hold {
  readonly key: string
  readonly rrn: string
  readonly stan: string
  readonly acquirer: string
  readonly card: CardAccount
  readonly amount: bigint
  readonly currency: string
  readonly authorizationId: string
  readonly at: number
  readonly merchant: string
  readonly merchantName: string
  readonly vcard: string | undefined
  readonly leg: number | undefined
  readonly of: number | undefined
  state: 'held' | 'completed' | 'reversed' | 'lapsed'
}

export interface Charge {
  readonly key: string
  readonly rrn: string
  readonly stan: string
  readonly hold: Hold
  readonly amount: bigint
  readonly at: number
  refunded: bigint
}

export interface Refund {
  readonly rrn: string
  readonly stan: string
  readonly charge: Charge
  readonly amount: bigint
  readonly at: number
}

/** A reversal that was accepted; `hold` is absent when it came before its authorization, or instead of it. */
export interface Reversal {
  readonly rrn: string
  readonly stan: string
  readonly card: string
  readonly amount: bigint
  readonly currency: string
  readonly reason: string
  readonly at: number
  readonly hold: Hold | undefined
}

/** What the issuer answers, to be put into the elements of an answer. */
export interface Reply {
  readonly code: string
  readonly authorizationId?: string
  readonly balances?: string
  readonly settlement?: Readonly<Record<number, string>>
}

export interface Handled {
  readonly reply: Reply
  /** True when the books or the remembered answers changed: what a journal has to keep. */
  readonly recorded: boolean
}
