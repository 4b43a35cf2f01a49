import type { SealingOffer } from '@/lib/checkout/sealed-input'
import type { Currency } from '@/lib/money/currency'
import type { DeclineReason } from '@/lib/payments/decline-reason'
import type { LegState } from '@/lib/payments/leg-moves'
import type { Verdict } from '@/lib/payments/payment'
import type { PaymentState } from '@/lib/payments/payment-moves'
import type checkoutTexts from '@/locales/ko/checkout.json'
import type { ChosenShare, EvaluatedSplit, SplitView } from '../split/split-view'

export type CheckoutWords = typeof checkoutTexts

export interface SavedCard {
  readonly id: string
  readonly name: string
  readonly masked: string
  /** MM/YY */
  readonly expiry: string
  readonly isExpired: boolean
  /** Kept by its issuer in another currency than the payment's. */
  readonly isForeign: boolean
  /** Open to spend when the issuer was last asked; undefined: never asked. */
  readonly room?: bigint
}

export interface CheckoutView {
  readonly paymentId: string
  /** The number of the latest try; 0: none yet. */
  readonly attempt: number
  readonly amount: bigint
  readonly currency: Currency
  readonly personName?: string
  readonly cards: readonly SavedCard[]
  /** Ways that this shop takes and this shopper may use. */
  readonly takesCards: boolean
  readonly takesSplits: boolean
  readonly needsEmail: boolean
  readonly sealing: SealingOffer
}

/** What the shopper chose to pay with. */
export type Choice =
  | { readonly kind: 'saved'; readonly cardId: string }
  | { readonly kind: 'typed'; readonly message: string; readonly remember: boolean; readonly email?: string }
  | { readonly kind: 'split'; readonly shares: readonly ChosenShare[]; readonly mayRetry: boolean }

export type PayFault = keyof CheckoutWords['fault']
/** over: the payment says what became of it. declined: before anybody was asked. */
export type PayAnswer =
  | { readonly kind: 'over' }
  | { readonly kind: 'declined'; readonly reason: DeclineReason }
  | { readonly kind: 'refused'; readonly reason: PayFault }

export interface CheckoutActions {
  pay(choice: Choice): Promise<PayAnswer>
  propose(): Promise<SplitView>
  evaluate(shares: readonly ChosenShare[]): Promise<EvaluatedSplit>
}

export interface LegProgress {
  readonly leg: number
  readonly name: string
  readonly amount: string
  readonly state: LegState
}

/** How a payment stands while somebody watches. */
export interface PayProgress {
  readonly verdict: Verdict
  readonly state: PaymentState
  readonly attempt: number
  readonly legs: readonly LegProgress[]
}
