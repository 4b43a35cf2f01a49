import type { Uuid } from '../ids'
import type { Currency } from '../money/currency'

/** What a link costs: always the same, or what the buyer chooses within bounds. Minor units. */
export type LinkPrice =
  | { readonly kind: 'fixed'; readonly amount: bigint }
  | { readonly kind: 'open'; readonly least: bigint; readonly most: bigint }

/** Whether it can be bought now, and why not. */
export type LinkState = 'open' | 'off' | 'expired' | 'sold-out'

export const linkStates = ['open', 'off', 'expired', 'sold-out'] as const satisfies readonly LinkState[]

export interface LinkMaker {
  readonly kind: 'person' | 'api-key'
  readonly id: string
  readonly name: string
}

/** A product or an amount behind one signed address: the digital offer (M-119). */
export interface PaymentLink {
  readonly merchantId: Uuid
  readonly id: Uuid
  readonly name: string
  readonly description?: string
  readonly currency: Currency
  readonly price: LinkPrice
  /** How many may be sold in all; absent: any number. */
  readonly stock?: number
  /** Sold, or set aside for checkouts that are open. */
  readonly taken: number
  readonly state: LinkState
  readonly expiresAt?: Date
  readonly closedAt?: Date
  readonly createdBy: LinkMaker
  readonly createdAt: Date
  /** The address that is given to buyers, signed. */
  readonly url: string
}

/** One piece that was set aside, and the payment it was set aside for. */
export interface LinkSale {
  readonly paymentId: Uuid
  readonly number: number
  readonly amount: bigint
  readonly state: 'open' | 'sold' | 'given-back'
  readonly openedAt: Date
}
