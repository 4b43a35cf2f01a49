import type { Preferences } from './instance'
import { alongPieces, repayment } from './repayment'
import type { Allocation, EarnedReward, Totals } from './result'
import type { Terms } from './terms'
import { feesOf, rewardValue } from './terms'

/**
 * Everything one charge means, from the definitions rather than from the search's curves.
 *
 * @param charge whole minor units, 1 to the card's capacity
 */
export function allocate({ card, rules }: Terms, charge: number, preferences: Preferences): Allocation {
  const repaid = repayment(card, preferences, charge)
  const presentValue = alongPieces(repaid.ends, repaid.slopes, charge)
  const fees = feesOf(card, charge)
  const cost = presentValue + fees
  const rewards: EarnedReward[] = rules.map(({ reward, ruleIndex, affinity }) => {
    const value = rewardValue(reward, charge)
    return { ruleIndex, type: reward.type, value, weighted: affinity * value }
  })
  const bonus = rewards.reduce((sum, { weighted }) => sum + weighted, 0)
  return {
    cardId: card.id,
    amount: charge,
    presentValue,
    interest: alongPieces(repaid.ends, repaid.interest, charge),
    fees,
    cost,
    rewards,
    bonus,
    utility: preferences.weights.bonus * bonus - preferences.weights.cost * cost,
  }
}

export function totalsOf(allocations: readonly Allocation[]): Totals {
  const total = (member: keyof Totals) => allocations.reduce((sum, allocation) => sum + allocation[member], 0)
  return {
    presentValue: total('presentValue'),
    interest: total('interest'),
    fees: total('fees'),
    cost: total('cost'),
    bonus: total('bonus'),
  }
}
