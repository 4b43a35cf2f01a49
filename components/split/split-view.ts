import type { Currency } from '@/lib/money/currency'

/** What a part of an amount costs and earns, in whole minor units, for people to read. */
export interface SplitFigures {
  readonly interest: bigint
  readonly rewards: bigint
  readonly fees: bigint
  /** What it really costs, in today's money: interest and fees less rewards; negative when it earns more. */
  readonly net: bigint
}

/** One card of the wallet in a division; amount 0 when it carries nothing. */
export interface SplitRow {
  readonly cardId: string
  readonly name: string
  readonly masked: string
  readonly amount: bigint
  /** Open to spend on the card. */
  readonly room: bigint
  readonly figures?: SplitFigures
  /** Why it got its share, as a sentence in the reader's language. */
  readonly sentence?: string
}

export interface BestSingle {
  readonly cardId: string
  readonly name: string
  readonly figures: SplitFigures
}

/** A proposal of the V-Card agent, ready to be shown. */
export type SplitView =
  | {
      readonly kind: 'proposed'
      readonly amount: bigint
      readonly currency: Currency
      readonly recommendation: 'split' | 'single'
      readonly rows: readonly SplitRow[]
      readonly totals: SplitFigures
      readonly bestSingle?: BestSingle
      /** Names of cards whose issuer had nothing new to say of its terms. */
      readonly stale: readonly string[]
      readonly leftOut: readonly { readonly name: string; readonly why: string }[]
    }
  | {
      readonly kind: 'infeasible'
      readonly why: string
      readonly leftOut: readonly { readonly name: string; readonly why: string }[]
    }

/** What edited shares cost and earn, or in words why they cannot be. */
export type EvaluatedSplit =
  | {
      readonly kind: 'evaluated'
      readonly rows: readonly Pick<SplitRow, 'cardId' | 'figures'>[]
      readonly totals: SplitFigures
    }
  | { readonly kind: 'refused'; readonly message: string }

export interface ChosenShare {
  readonly cardId: string
  readonly amount: bigint
}
