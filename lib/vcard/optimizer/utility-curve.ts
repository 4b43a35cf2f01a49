import type { Instance } from './instance'
import type { Repayment } from './repayment'
import { repayment } from './repayment'
import type { Terms } from './terms'
import { feesOf, rewardValue } from './terms'

/** What charging a card is worth, by the charge: linear between neighbouring vertices. */
export interface UtilityCurve {
  /** Ascending whole charges from the card's least to its most. */
  readonly charges: number[]
  readonly utilities: number[]
}

/**
 * The utility of charging a usable card, for every whole charge from its least to its capacity or the purchase.
 *
 * Present value bends between integers: both neighbours of each bend are vertices, so that on whole charges the
 * function is exactly the lines between them. A lump reward is a line of length one.
 */
export function utilityCurve(terms: Terms, { amount, preferences }: Instance): UtilityCurve {
  const { card, rules } = terms
  const most = Math.min(terms.capacity, amount)
  const repaid = repayment(card, preferences, most)
  const charges = verticesOf(terms, repaid, most)
  const { cost: costWeight, bonus: bonusWeight } = preferences.weights

  let piece = 0
  let start = 0
  let presentValue = 0 // of the pieces before `start`
  const utilities = charges.map((charge) => {
    while (repaid.ends[piece]! < charge) {
      presentValue += (repaid.ends[piece]! - start) * repaid.slopes[piece]!
      start = repaid.ends[piece]!
      piece++
    }
    const cost = presentValue + (charge - start) * repaid.slopes[piece]! + feesOf(card, charge)
    let bonus = 0
    for (const { reward, affinity } of rules) bonus += affinity * rewardValue(reward, charge)
    return bonusWeight * bonus - costWeight * cost
  })
  return { charges, utilities }
}

function verticesOf({ least, rules }: Terms, { ends }: Repayment, most: number): number[] {
  const marks = [least, most]
  for (const { reward } of rules) {
    if (reward.kind === 'bonus') marks.push((reward.minSpend ?? 1) - 1, reward.minSpend ?? 1)
    else marks.push(reward.floor ?? 0, (reward.floor ?? 0) + (reward.cap ?? Infinity))
  }
  marks.sort((a, b) => a - b)

  const vertices: number[] = []
  let last = least - 1
  const add = (charge: number) => {
    if (charge <= last || charge > most) return
    vertices.push(charge)
    last = charge
  }
  let mark = 0
  for (const end of ends) {
    const before = Math.min(Math.floor(end), most)
    while (mark < marks.length && marks[mark]! <= before) add(marks[mark++]!)
    if (end === Infinity) break
    add(before)
    const after = Math.ceil(end)
    if (after > before) {
      while (mark < marks.length && marks[mark]! <= after) add(marks[mark++]!)
      add(after)
    }
  }
  return vertices
}
