import type { Card, Instance, Reward } from './instance'

/**
 * The specification once more, written from its definitions with none of the optimizer's code: payments month by
 * month, every plan there is, the tie rule by comparing lists. Good for very small instances only.
 */

const TIE = 1e-6

/** A charge for every card, in the order of the ids. */
export type Plan = readonly number[]

export interface Exhaustive {
  readonly ids: readonly string[]
  /** The plan of the tie rule; undefined when no plan exists. */
  readonly plan: Plan | undefined
  readonly utility: number
  readonly bestSingle: { readonly cardId: string; readonly utility: number } | null
}

export function solveExhaustively(instance: Instance): Exhaustive {
  const cards = [...instance.cards].sort((a, b) => (a.id < b.id ? -1 : 1))
  const ids = cards.map(({ id }) => id)
  const utilities = cards.map((card) => utilitiesOf(card, instance))
  const maxCards = instance.preferences.maxCards ?? Infinity

  const plans: { plan: Plan; utility: number }[] = []
  const charges: number[] = []
  const tryAll = (card: number, left: number, utility: number, used: number): void => {
    if (used > maxCards) return
    if (card === cards.length) {
      if (left === 0) plans.push({ plan: [...charges], utility })
      return
    }
    for (let charge = 0; charge <= left; charge++) {
      const gained = utilities[card]![charge]
      if (gained === undefined) continue
      charges[card] = charge
      tryAll(card + 1, left - charge, utility + gained, used + (charge > 0 ? 1 : 0))
    }
  }
  tryAll(0, instance.amount, 0, 0)

  const best = Math.max(...plans.map(({ utility }) => utility))
  const [first] = plans.filter(({ utility }) => utility >= best - TIE).sort((a, b) => byTieRule(ids, a.plan, b.plan))
  const singles = plans.filter(({ plan }) => cardsOf(plan).length === 1)
  const bestSingle = Math.max(...singles.map(({ utility }) => utility))
  const [single] = singles
    .filter(({ utility }) => utility >= bestSingle - TIE)
    .sort((a, b) => byTieRule(ids, a.plan, b.plan))
  return {
    ids,
    plan: first?.plan,
    utility: first?.utility ?? NaN,
    bestSingle: single ? { cardId: ids[cardsOf(single.plan)[0]!]!, utility: single.utility } : null,
  }
}

/** The best utility by trying every charge of every card against every sum; for amounts of some hundreds. */
export function bestUtility(instance: Instance): number {
  const most = Math.min(instance.preferences.maxCards ?? instance.cards.length, instance.cards.length)
  // best[used][sum]
  let best = Array.from({ length: most + 1 }, () => new Array<number>(instance.amount + 1).fill(-Infinity))
  best[0]![0] = 0
  for (const card of instance.cards) {
    const utilities = utilitiesOf(card, instance)
    const next = best.map((row) => row.map((value) => value + (utilities[0] ?? -Infinity)))
    best.slice(0, most).forEach((row, used) => {
      row.forEach((value, sum) => {
        if (value === -Infinity) return
        for (let charge = 1; sum + charge <= instance.amount; charge++) {
          const total = value + (utilities[charge] ?? -Infinity)
          if (total > next[used + 1]![sum + charge]!) next[used + 1]![sum + charge] = total
        }
      })
    })
    best = next
  }
  return Math.max(...best.map((row) => row[instance.amount]!))
}

/** The utility of every allowed charge from 0 to the amount; a charge that is not allowed has none. */
export function utilitiesOf(card: Card, instance: Instance): (number | undefined)[] {
  const { preferences, amount } = instance
  const required = preferences.requiredCards?.includes(card.id) ?? false
  const excluded = preferences.excludedCards?.includes(card.id) ?? false
  const utilities: (number | undefined)[] = [required ? undefined : 0]
  for (let charge = 1; charge <= amount; charge++) {
    utilities.push(!excluded && isAllowed(card, charge, instance) ? utilityOf(card, charge, instance) : undefined)
  }
  return utilities
}

function isAllowed(card: Card, charge: number, instance: Instance): boolean {
  if (charge < (card.minCharge ?? 1) || charge > (card.maxCharge ?? Infinity)) return false
  if (card.balance + charge > card.creditLimit) return false
  return instance.preferences.repaymentMode === 'in_full' || payments(card, card.balance + charge) !== undefined
}

/** The utility of a charge that the card allows. */
export function utilityOf(card: Card, charge: number, instance: Instance): number {
  const { weights, discountRate, repaymentMode, rewardAffinity = {} } = instance.preferences
  const worth = (balance: number) =>
    repaymentMode === 'in_full'
      ? balance / (1 + discountRate / 12)
      : payments(card, balance)!.reduce((sum, paid, k) => sum + paid / (1 + discountRate / 12) ** (k + 1), 0)
  const cost =
    worth(card.balance + charge) -
    worth(card.balance) +
    (card.fee?.fixed ?? 0) +
    (charge * (card.fee?.bps ?? 0)) / 10_000
  const bonus = (card.rewards ?? [])
    .filter((reward) => appliesTo(reward, instance))
    .reduce((sum, reward) => sum + (rewardAffinity[reward.type] ?? 1) * earned(reward, charge), 0)
  return weights.bonus * bonus - weights.cost * cost
}

/** The payments that repay a balance, month by month; undefined when 600 do not. */
function payments({ apr, minPayment }: Card, balance: number): number[] | undefined {
  const made: number[] = []
  let owed = balance
  // What rounding leaves of a balance that is paid off exactly.
  while (owed > 1e-9) {
    if (made.length === 600) return undefined
    owed *= 1 + apr / 12
    made.push(Math.min(minPayment, owed))
    owed -= Math.min(minPayment, owed)
  }
  return made
}

function appliesTo({ startsAt, endsAt, merchantIds }: Reward, { at, merchantId }: Instance): boolean {
  if (startsAt !== undefined && Date.parse(at) < Date.parse(startsAt)) return false
  if (endsAt !== undefined && Date.parse(at) >= Date.parse(endsAt)) return false
  return merchantIds === undefined || merchantIds.some((id) => id === merchantId)
}

function earned(reward: Reward, charge: number): number {
  if (reward.kind === 'bonus') return charge >= (reward.minSpend ?? 1) ? reward.value : 0
  const above = Math.max(0, charge - (reward.floor ?? 0))
  return (reward.valueBps / 10_000) * Math.min(above, reward.cap ?? above)
}

function cardsOf(plan: Plan): number[] {
  return plan.flatMap((charge, card) => (charge > 0 ? [card] : []))
}

function byTieRule(ids: readonly string[], a: Plan, b: Plan): number {
  const cardsA = cardsOf(a)
  const cardsB = cardsOf(b)
  if (cardsA.length !== cardsB.length) return cardsA.length - cardsB.length
  for (const [k, card] of cardsA.entries()) {
    if (card !== cardsB[k]) return ids[card]! < ids[cardsB[k]!]! ? -1 : 1
  }
  for (const card of cardsA) if (a[card] !== b[card]) return b[card]! - a[card]!
  return 0
}
