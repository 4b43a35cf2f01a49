import type { RewardType } from './optimizer/instance'

/**
 * The preference survey (M-325): three questions with fixed answers. Each answer has points for cost and for bonus, and
 * the points of the chosen answers add up to the weights of the optimizer (M-326). Pure: pages show the effect of an
 * answer while it is chosen.
 */
export const survey = {
  /** Which feature of a card is the most useful? */
  feature: {
    'low-interest': { cost: 4, bonus: 0 },
    'no-fees': { cost: 3, bonus: 1 },
    rewards: { cost: 1, bonus: 3 },
    promotions: { cost: 1, bonus: 3 },
  },
  /** Which reward is the most interesting? */
  reward: {
    cashback: { cost: 1, bonus: 2 },
    miles: { cost: 0, bonus: 3 },
    points: { cost: 0, bonus: 3 },
    discount: { cost: 1, bonus: 2 },
    none: { cost: 3, bonus: 0 },
  },
  /** How is the card bill paid? */
  bill: {
    'in-full': { cost: 0, bonus: 2 },
    'mostly-in-full': { cost: 1, bonus: 1 },
    'in-parts': { cost: 2, bonus: 0 },
    minimum: { cost: 3, bonus: 0 },
  },
} as const

export type Question = keyof typeof survey
export type Answers = { readonly [Q in Question]: keyof (typeof survey)[Q] }

/** What the optimizer is told of a shopper (M-305, M-310). */
export interface PreferenceWeights {
  /** How much a unit of cost and a unit of bonus count; they sum to 1. */
  readonly cost: number
  readonly bonus: number
  /** What one unit of each reward is worth to this shopper, 0 to 1. */
  readonly rewardAffinity: Readonly<Record<RewardType, number>>
  readonly repaymentMode: 'in_full' | 'minimum_over_time'
  /** The shopper's own yearly rate, with which later payments count less (N1). */
  readonly discountRate: number
}

/** What a shopper sets by hand after seeing what the answers mean; each wins over the survey. */
export interface Adjustments {
  /** 0 to 1; the bonus gets the rest. */
  readonly cost?: number | undefined
  readonly rewardAffinity?: Readonly<Partial<Record<RewardType, number>>> | undefined
  readonly discountRate?: number | undefined
}

/** About what a savings account pays; the customer's alternative to repaying sooner. */
const USUAL_DISCOUNT_RATE = 0.03

/** A reward that was not chosen is worth half its money to somebody who looks for another. */
const OTHER_REWARD = 0.5

/** Without answers: both attributes alike, every reward at its money value, bills paid as the model assumes (M-312). */
export const usualWeights: PreferenceWeights = {
  cost: 0.5,
  bonus: 0.5,
  rewardAffinity: { cashback: 1, miles: 1, points: 1, discount: 1 },
  repaymentMode: 'minimum_over_time',
  discountRate: USUAL_DISCOUNT_RATE,
}

/** What answers and adjustments mean for the optimizer. */
export function weightsOf({ feature, reward, bill }: Answers, adjusted: Adjustments = {}): PreferenceWeights {
  const points = [survey.feature[feature], survey.reward[reward], survey.bill[bill]]
  const costPoints = points.reduce((total, { cost }) => total + cost, 0)
  const bonusPoints = points.reduce((total, { bonus }) => total + bonus, 0)
  const cost = adjusted.cost ?? costPoints / (costPoints + bonusPoints)
  const affinityOf = (type: RewardType) => adjusted.rewardAffinity?.[type] ?? (type === reward ? 1 : OTHER_REWARD)
  return {
    cost,
    bonus: 1 - cost,
    rewardAffinity: {
      cashback: affinityOf('cashback'),
      miles: affinityOf('miles'),
      points: affinityOf('points'),
      discount: affinityOf('discount'),
    },
    repaymentMode: bill === 'in-full' || bill === 'mostly-in-full' ? 'in_full' : 'minimum_over_time',
    discountRate: adjusted.discountRate ?? USUAL_DISCOUNT_RATE,
  }
}
