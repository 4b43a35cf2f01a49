import type { Uuid } from '../ids'
import type { Money } from '../money/money'
import type { Card, Instance } from './optimizer/instance'
import { optimize } from './optimizer/optimize'
import type { Result } from './optimizer/result'
import type { Purchase, ReckonedCard } from './reckoned-card'
import type { PreferenceWeights } from './survey'

/** So many cards at most carry one V-Card: each is an issuer to wait for, and the slowest decides. */
export const MOST_SHARES = 10

export interface Division extends Purchase {
  readonly amount: Money
  readonly weights: PreferenceWeights
}

/** The best division of an amount over cards (M-258, M-305). At most LARGEST_DIVISIBLE. */
export async function divide(cards: readonly ReckonedCard[], division: Division): Promise<Result> {
  return optimize(
    instanceOf(
      cards.map(({ instance }) => instance),
      division,
    ),
  )
}

/**
 * The figures of a division that is given: every card is bound to exactly its share, so that the only plan the optimizer
 * can find is that one and there is one way to reckon. Infeasible when a card cannot carry its share.
 */
export async function reckonDivision(
  shares: readonly { readonly card: ReckonedCard; readonly amount: bigint }[],
  division: Division,
): Promise<Result> {
  const bound = shares.map(({ card, amount }) => {
    const charge = Number(amount)
    return { ...card.instance, minCharge: charge, maxCharge: charge }
  })
  return optimize(
    instanceOf(
      bound,
      division,
      shares.map(({ card }) => card.cardId),
    ),
  )
}

function instanceOf(cards: readonly Card[], division: Division, requiredCards?: readonly Uuid[]): Instance {
  const { amount, at, shop, weights } = division
  const { cost, bonus, rewardAffinity, repaymentMode, discountRate } = weights
  return {
    spec: 'vcard-optimizer/1',
    amount: Number(amount.amount),
    currency: amount.currency,
    at: at.toISOString(),
    merchantId: shop.id,
    preferences: {
      weights: { cost, bonus },
      ...{ rewardAffinity, repaymentMode, discountRate, maxCards: MOST_SHARES },
      ...(requiredCards && { requiredCards }),
    },
    cards,
  }
}
