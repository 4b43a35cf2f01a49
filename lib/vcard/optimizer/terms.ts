import { parseInstant } from './instant'
import type { Card, Instance, Reward, RewardType } from './instance'
import { byAscii } from './instance'
import { mostCarried } from './repayment'

/** A card as this purchase sees it. */
export interface Terms {
  readonly card: Card
  /** Most that can be charged, whole minor units; may exceed the purchase. */
  readonly capacity: number
  /** Least that can be charged when the card is used. */
  readonly least: number
  readonly required: boolean
  readonly excluded: boolean
  /** Not excluded, and the least charge fits the capacity. */
  readonly usable: boolean
  /** The rewards that apply to this purchase, in the card's order. */
  readonly rules: readonly AppliedRule[]
}

export interface AppliedRule {
  readonly reward: Reward
  readonly ruleIndex: number
  /** Personal value of one unit of this reward. */
  readonly affinity: number
}

/** The terms of all cards, ascending by id, so that nothing can depend on the order they came in. */
export function termsOf(instance: Instance): Terms[] {
  const { preferences, cards } = instance
  const required = new Set(preferences.requiredCards)
  const excluded = new Set(preferences.excludedCards)
  const at = parseInstant(instance.at)!
  return [...cards]
    .sort((a, b) => byAscii(a.id, b.id))
    .map((card) => {
      const room = mostCarried(card, preferences) - card.balance
      const capacity = Math.max(0, Math.min(room, card.maxCharge ?? Infinity))
      const least = card.minCharge ?? 1
      return {
        card,
        capacity,
        least,
        required: required.has(card.id),
        excluded: excluded.has(card.id),
        usable: !excluded.has(card.id) && capacity >= least,
        rules: rulesOf(card, instance, at),
      }
    })
}

/** Money value of what a charge earns by one rule, before the customer's affinity. */
export function rewardValue(reward: Reward, charge: number): number {
  if (reward.kind === 'bonus') return charge >= (reward.minSpend ?? 1) ? reward.value : 0
  const earning = Math.min(Math.max(charge - (reward.floor ?? 0), 0), reward.cap ?? Infinity)
  return (reward.valueBps * earning) / 10_000
}

/** What using the card for this charge costs in fees. */
export function feesOf({ fee }: Card, charge: number): number {
  return (fee?.fixed ?? 0) + (charge * (fee?.bps ?? 0)) / 10_000
}

function rulesOf(card: Card, instance: Instance, at: number): AppliedRule[] {
  const affinities: Partial<Record<RewardType, number>> = instance.preferences.rewardAffinity ?? {}
  const rules: AppliedRule[] = []
  card.rewards?.forEach((reward, ruleIndex) => {
    if (applies(reward, instance, at)) rules.push({ reward, ruleIndex, affinity: affinities[reward.type] ?? 1 })
  })
  return rules
}

function applies({ startsAt, endsAt, merchantIds }: Reward, { merchantId }: Instance, at: number): boolean {
  if (startsAt !== undefined && parseInstant(startsAt)! > at) return false
  if (endsAt !== undefined && parseInstant(endsAt)! <= at) return false
  return merchantIds === undefined || (merchantId !== undefined && merchantIds.includes(merchantId))
}
