import type { Instance } from './instance'
import type { InfeasibleReason, UnavailableCard } from './result'
import type { Terms } from './terms'

/** The first reason, in the specification's order, why no plan can exist; undefined when none of them applies. */
export function whyInfeasible(
  terms: readonly Terms[],
  { amount, preferences }: Instance,
): InfeasibleReason | undefined {
  const required = terms.filter((each) => each.required)
  const unavailable = required.filter(({ usable }) => !usable).map(unavailability)
  if (unavailable.length > 0) return { code: 'REQUIRED_CARD_UNAVAILABLE', cards: unavailable }

  const { maxCards = Infinity } = preferences
  if (required.length > maxCards) {
    return { code: 'REQUIRED_EXCEEDS_MAX_CARDS', requiredCount: required.length, maxCards }
  }

  const requiredMinimum = total(required.map(({ least }) => least))
  if (requiredMinimum > amount) {
    return { code: 'REQUIRED_MIN_CHARGE_ABOVE_AMOUNT', requiredMinimum, excess: requiredMinimum - amount }
  }

  const requiredCapacity = total(required.map(({ capacity }) => capacity))
  const optional = terms.filter((each) => each.usable && !each.required).map(({ capacity }) => capacity)
  const capacity = requiredCapacity + total(optional)
  if (capacity < amount) return { code: 'CAPACITY_SHORT', capacity, shortBy: amount - capacity }

  const largest = optional.sort((a, b) => b - a).slice(0, Math.min(maxCards, terms.length) - required.length)
  const most = requiredCapacity + total(largest)
  if (most < amount) return { code: 'MAX_CARDS_CAPACITY_SHORT', capacity: most, shortBy: amount - most }
  return undefined
}

function unavailability({ card, excluded, capacity }: Terms): UnavailableCard {
  const reason = excluded ? 'excluded' : capacity === 0 ? 'no_capacity' : 'min_charge_above_capacity'
  return { cardId: card.id, reason }
}

function total(amounts: readonly number[]): number {
  return amounts.reduce((sum, amount) => sum + amount, 0)
}
