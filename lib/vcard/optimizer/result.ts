import type { RewardType } from './instance'

/** The optimizer's answer. Money that is not a charge is the exact model value in minor units, neither rounded nor formatted. */
export type Result = OptimalResult | InfeasibleResult

interface Answer {
  readonly spec: 'vcard-optimizer/1'
  readonly id?: string
  readonly currency: string
  readonly amount: number
  readonly usedCards: number
}

export interface OptimalResult extends Answer {
  readonly status: 'optimal'
  readonly recommendation: 'split' | 'single'
  readonly utility: number
  /** Only charged cards, ascending by card id (ASCII). */
  readonly allocations: readonly Allocation[]
  readonly totals: Totals
  /** The best plan of exactly one card, or null when no single card will do. */
  readonly bestSingle: { readonly cardId: string; readonly utility: number } | null
  /** What the plan is worth above the best single card; 0 when it is a single card; null without such a card. */
  readonly advantage: number | null
  readonly infeasible: null
}

export interface InfeasibleResult extends Answer {
  readonly status: 'infeasible'
  readonly recommendation: 'infeasible'
  readonly utility: null
  readonly allocations: readonly []
  readonly totals: null
  readonly bestSingle: null
  readonly advantage: null
  readonly infeasible: InfeasibleReason
}

export interface Allocation extends Totals {
  readonly cardId: string
  /** Charged to the card, whole minor units. */
  readonly amount: number
  /** One entry for every rule that applies to the purchase, also when it earns nothing. */
  readonly rewards: readonly EarnedReward[]
  readonly utility: number
}

export interface Totals {
  /** Of all payments the charge causes, discounted at the customer's rate. */
  readonly presentValue: number
  /** Undiscounted payments the charge causes, less the charge. */
  readonly interest: number
  readonly fees: number
  readonly cost: number
  readonly bonus: number
}

export interface EarnedReward {
  /** Position in the card's `rewards`, from 0. */
  readonly ruleIndex: number
  readonly type: RewardType
  readonly value: number
  readonly weighted: number
}

export interface UnavailableCard {
  readonly cardId: string
  readonly reason: 'excluded' | 'no_capacity' | 'min_charge_above_capacity'
}

export type InfeasibleReason =
  | { readonly code: 'REQUIRED_CARD_UNAVAILABLE'; readonly cards: readonly UnavailableCard[] }
  | { readonly code: 'REQUIRED_EXCEEDS_MAX_CARDS'; readonly requiredCount: number; readonly maxCards: number }
  | { readonly code: 'REQUIRED_MIN_CHARGE_ABOVE_AMOUNT'; readonly requiredMinimum: number; readonly excess: number }
  | {
      readonly code: 'CAPACITY_SHORT' | 'MAX_CARDS_CAPACITY_SHORT'
      readonly capacity: number
      readonly shortBy: number
    }
  | { readonly code: 'MIN_CHARGE_CONFLICT' }
