import type { Uuid } from '../ids'
import type { Money } from '../money/money'
import type { Card, Instance } from './optimizer/instance'
import { optimizeAside } from './optimizer/optimize-aside'
import type { Result } from './optimizer/result'
import type { Purchase, ReckonedCard } from './reckoned-card'
import type { PreferenceWeights } from './survey'

/** So many cards at most carry one V-Card: each is an issuer to wait for, and the slowest decides. */
export const MOST_SHARES = 10

export interface Division extends Purchase {
  readonly amount: Money
  readonly weights: PreferenceWeights
}

export interface Divided {
  readonly result: Result
  /**
   * True when the published monthly payments would never pay the charges off, and larger ones had to be assumed (N3).
   */
  readonly hasRaisedPayments: boolean
}

/** The best division of an amount over cards (M-258, M-305). At most LARGEST_DIVISIBLE. */
export function divide(cards: readonly ReckonedCard[], division: Division): Promise<Divided> {
  return solve({ ...instanceOf(division), cards: cards.map(({ instance }) => instance) })
}

/**
 * The figures of a division that is given: every card is bound to exactly its share, so that the only plan the optimizer
 * can find is that one and there is one way to reckon. Infeasible when a card cannot carry its share.
 */
export function reckonDivision(
  shares: readonly { readonly card: ReckonedCard; readonly amount: bigint }[],
  division: Division,
): Promise<Divided> {
  return solve({
    ...instanceOf(
      division,
      shares.map(({ card }) => card.cardId),
    ),
    cards: shares.map(({ card, amount }) => ({
      ...card.instance,
      minCharge: Number(amount),
      maxCharge: Number(amount),
    })),
  })
}

function instanceOf({ amount, at, shop, weights }: Division, requiredCards?: readonly Uuid[]): Omit<Instance, 'cards'> {
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
  }
}

/**
 * A purchase that the cards have room for is not refused because a low monthly payment would never pay it off: the
 * payment is raised instead, as an issuer would (N3). Asked only when the published payments leave no plan.
 */
async function solve(instance: Instance): Promise<Divided> {
  const result = await optimizeAside(instance)
  if (result.status === 'optimal' || instance.preferences.repaymentMode === 'in_full') {
    return { result, hasRaisedPayments: false }
  }
  const raised = await optimizeAside({ ...instance, cards: instance.cards.map(withRaisedPayment) })
  return { result: raised, hasRaisedPayments: raised.status === 'optimal' }
}

/** The optimizer's horizon, in months. */
const HORIZON = 600

/** A card whose monthly payment pays its whole limit off within the horizon. */
function withRaisedPayment(card: Card): Card {
  const rate = card.apr / 12
  const share = rate === 0 ? 1 / HORIZON : rate / -Math.expm1(-HORIZON * Math.log1p(rate))
  // One unit more than needed: the horizon is reckoned to the unit, this payment to rounding.
  return { ...card, minPayment: Math.max(card.minPayment, Math.ceil(card.creditLimit * share) + 1) }
}
