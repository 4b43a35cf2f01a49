import { utilitiesOf } from './exhaustive.fixtures'
import type { Instance } from './instance'

/** Utilities that differ by no more are the same; those of the wallets tried here differ by more or not at all. */
const SAME = 1e-7

interface Worth {
  readonly utility: number
  readonly used: number
}

/**
 * The plan of the tie rule by its definition, with a table of all sums for the cards behind each card: what is best is
 * found first, then for one card after the other whether it can be used, then the most that it can be charged. For many
 * cards and some hundreds of units.
 *
 * @returns the charges by card id; undefined when there is no plan
 */
export function firstBySums(instance: Instance): Record<string, number> | undefined {
  const cards = [...instance.cards].sort((a, b) => (a.id < b.id ? -1 : 1))
  const choices = cards.map((card) =>
    utilitiesOf(card, instance).flatMap((utility, charge) => (utility === undefined ? [] : [{ charge, utility }])),
  )
  const best = tablesBehind(choices, instance.amount)[0]![instance.amount]
  if (best === undefined) return undefined

  const decided = [...choices]
  for (const k of choices.keys()) {
    const using = decided[k]!.filter(({ charge }) => charge > 0)
    const open = decided.with(k, using)
    const reached = tablesBehind(open, instance.amount)[0]![instance.amount]
    decided[k] =
      reached !== undefined && isSame(reached, best) ? using : decided[k]!.filter(({ charge }) => charge === 0)
  }

  const behind = tablesBehind(decided, instance.amount)
  const plan: Record<string, number> = {}
  let left = instance.amount
  let worth: Worth = { utility: 0, used: 0 }
  for (const [k, card] of cards.entries()) {
    const fitting = decided[k]!.findLast(({ charge, utility }) => {
      const rest = behind[k + 1]![left - charge]
      return rest !== undefined && isSame(sum(sum(worth, of(charge, utility)), rest), best)
    })!
    if (fitting.charge > 0) plan[card.id] = fitting.charge
    left -= fitting.charge
    worth = sum(worth, of(fitting.charge, fitting.utility))
  }
  return plan
}

type Choices = readonly { readonly charge: number; readonly utility: number }[]

/** For the cards from each one on, and every sum: the most utility, and with it the fewest cards. */
function tablesBehind(choices: readonly Choices[], amount: number): (Worth | undefined)[][] {
  let table: (Worth | undefined)[] = Array.from({ length: amount + 1 }, () => undefined)
  table[0] = { utility: 0, used: 0 }
  const tables = [table]
  for (const own of choices.toReversed()) {
    const next: (Worth | undefined)[] = Array.from({ length: amount + 1 }, () => undefined)
    for (const { charge, utility } of own) {
      for (let total = charge; total <= amount; total++) {
        const rest = table[total - charge]
        if (rest === undefined) continue
        const more = sum(of(charge, utility), rest)
        const known = next[total]
        if (known === undefined || isBetter(more, known)) next[total] = more
      }
    }
    tables.unshift(next)
    table = next
  }
  return tables
}

function of(charge: number, utility: number): Worth {
  return { utility, used: charge > 0 ? 1 : 0 }
}

function sum(a: Worth, b: Worth): Worth {
  return { utility: a.utility + b.utility, used: a.used + b.used }
}

function isBetter(a: Worth, b: Worth): boolean {
  return a.utility > b.utility + SAME || (a.utility > b.utility - SAME && a.used < b.used)
}

function isSame(a: Worth, b: Worth): boolean {
  return Math.abs(a.utility - b.utility) <= SAME && a.used === b.used
}
