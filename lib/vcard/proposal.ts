import type { Uuid } from '../ids'
import type { Money } from '../money/money'
import type { PublishedReward, RewardType } from '../gateways/issuer-terms/issuer-terms'
import type { Allocation, InfeasibleReason, OptimalResult } from './optimizer/result'
import type { LeftOutCard, ReckonedCard, TermsSource } from './reckoned-card'
import type { PreferenceWeights } from './survey'

/** What a part of a purchase costs and earns: exact model values in minor units, not rounded. */
export interface Figures {
  readonly presentValue: number
  readonly interest: number
  readonly fees: number
  /** Present value and fees. */
  readonly cost: number
  /** Money value of all rewards. */
  readonly rewards: number
  /** The rewards as this shopper values them. */
  readonly bonus: number
  /** What the optimizer makes as large as it can. */
  readonly utility: number
}

export interface EarnedReward {
  readonly id: string
  readonly type: RewardType
  readonly value: number
  readonly label?: { readonly ko: string; readonly en: string }
}

/** Why a card got its share, for the sentence beside it. */
export type ShareReason =
  /** Everything that was open on the card. */
  | { readonly code: 'all-its-room'; readonly room: bigint }
  /** The largest charge that the issuer allows in one purchase. */
  | { readonly code: 'largest-charge'; readonly amount: bigint }
  | { readonly code: 'earns'; readonly reward: EarnedReward }
  /** Exactly as much as earns the reward; more would earn no more. */
  | { readonly code: 'up-to-cap'; readonly reward: EarnedReward }
  /** Enough for a reward that is given once. */
  | { readonly code: 'reaches-bonus'; readonly reward: EarnedReward; readonly minSpend: bigint }
  | { readonly code: 'lowest-interest'; readonly apr: number }
  /** What the others did not carry. */
  | { readonly code: 'rest' }

export interface ProposedShare extends Figures {
  readonly cardId: Uuid
  readonly amount: bigint
  readonly room: bigint
  readonly apr: number
  readonly terms: TermsSource
  /** Rewards that the share earns. */
  readonly earned: readonly EarnedReward[]
  readonly reasons: readonly ShareReason[]
}

/** A card of the wallet that could carry a part. */
export interface ConsideredCard {
  readonly cardId: Uuid
  readonly room: bigint
  readonly apr: number
  readonly terms: TermsSource
}

export interface Plan {
  readonly amount: Money
  readonly shares: readonly ProposedShare[]
  readonly totals: Figures
  /** True when the published monthly payments would never pay it off, and larger ones are assumed (N3). */
  readonly hasRaisedPayments: boolean
}

export type Proposal =
  | (Plan & {
      readonly kind: 'proposed'
      /** A split is recommended only when it is worth more than the best single card, fees counted (M-318). */
      readonly recommendation: 'split' | 'single'
      /** The whole amount on the best single card; absent when no card can carry it alone. */
      readonly bestSingle?: ProposedShare
      /** How much more the plan is worth than the best single card, in utility. */
      readonly advantage?: number
      readonly considered: readonly ConsideredCard[]
      readonly leftOut: readonly LeftOutCard[]
      readonly weights: PreferenceWeights
    })
  | {
      readonly kind: 'infeasible'
      readonly amount: Money
      readonly reason: InfeasibleReason | { readonly code: 'AMOUNT_TOO_LARGE'; readonly largest: bigint }
      readonly considered: readonly ConsideredCard[]
      readonly leftOut: readonly LeftOutCard[]
    }
  | { readonly kind: 'refused'; readonly reason: 'unknown-merchant' }

export type Evaluation =
  | (Plan & { readonly kind: 'evaluated' })
  | {
      readonly kind: 'refused'
      readonly reason: 'unknown-merchant' | 'amount-too-large' | 'shares-do-not-sum' | 'too-many-cards'
    }
  | {
      readonly kind: 'refused'
      readonly reason: 'card-missing' | 'over-limit' | 'below-least-charge' | 'above-largest-charge'
      readonly cardId: Uuid
    }

export function considered({ cardId, room, apr, source }: ReckonedCard): ConsideredCard {
  return { cardId, room, apr, terms: source }
}

/** The optimizer's result in the words of the wallet. */
export function planOf(
  result: OptimalResult,
  cards: readonly ReckonedCard[],
  amount: Money,
): Omit<Plan, 'hasRaisedPayments'> {
  const byId = new Map(cards.map((card) => [card.cardId, card]))
  const lowestApr = Math.min(...cards.map(({ apr }) => apr))
  const shares = result.allocations.map((allocation) => shareOf(allocation, byId.get(allocation.cardId)!, lowestApr))
  const rewards = shares.reduce((total, share) => total + share.rewards, 0)
  return { amount, shares, totals: { ...figuresOf(result.totals, result.utility), rewards } }
}

function figuresOf(totals: OptimalResult['totals'], utility: number): Omit<Figures, 'rewards'> {
  const { presentValue, interest, fees, cost, bonus } = totals
  return { presentValue, interest, fees, cost, bonus, utility }
}

function shareOf(allocation: Allocation, card: ReckonedCard, lowestApr: number): ProposedShare {
  const { cardId, room, apr, source, rewards } = card
  const earned = allocation.rewards
    .filter(({ value }) => value > 0)
    .map(({ ruleIndex, value }) => ({ rule: rewards[ruleIndex]!, value }))
  const rewardOf = ({ rule, value }: Earned) => ({
    ...{ id: rule.id, type: rule.type, value },
    ...(rule.label && { label: rule.label }),
  })
  const amount = BigInt(allocation.amount)
  return {
    ...{ cardId, amount, room, apr, terms: source },
    ...figuresOf(allocation, allocation.utility),
    rewards: allocation.rewards.reduce((total, { value }) => total + value, 0),
    earned: earned.map(rewardOf),
    reasons: reasonsOf(amount, card, {
      earned: earned.map((each) => ({ rule: each.rule, reward: rewardOf(each) })),
      hasLowestInterest: apr === lowestApr && allocation.interest > 0,
    }),
  }
}

interface Earned {
  readonly rule: PublishedReward
  readonly value: number
}

function reasonsOf(
  amount: bigint,
  { room, apr, instance }: ReckonedCard,
  facts: {
    readonly earned: readonly { readonly rule: PublishedReward; readonly reward: EarnedReward }[]
    readonly hasLowestInterest: boolean
  },
): ShareReason[] {
  const reasons: ShareReason[] = []
  if (amount === room) reasons.push({ code: 'all-its-room', room })
  if (Number(amount) === instance.maxCharge) reasons.push({ code: 'largest-charge', amount })
  for (const { rule, reward } of facts.earned) {
    if (rule.kind === 'bonus') reasons.push({ code: 'reaches-bonus', reward, minSpend: rule.minSpend ?? 1n })
    else if (rule.cap !== undefined && amount === (rule.floor ?? 0n) + rule.cap) {
      reasons.push({ code: 'up-to-cap', reward })
    } else reasons.push({ code: 'earns', reward })
  }
  if (facts.hasLowestInterest) reasons.push({ code: 'lowest-interest', apr })
  return reasons.length > 0 ? reasons : [{ code: 'rest' }]
}
