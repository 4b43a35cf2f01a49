import { allocate, totalsOf } from './allocation'
import { bestPlan } from './best-plan'
import { whyInfeasible } from './infeasible'
import type { Instance } from './instance'
import { parseInstance } from './parse-instance'
import type { Candidate } from './relaxation'
import type { Allocation, InfeasibleReason, InfeasibleResult, OptimalResult, Result } from './result'
import { TIE } from './search'
import type { Terms } from './terms'
import { termsOf } from './terms'
import { utilityCurve } from './utility-curve'
import type { Pausable } from './work'
import { Work } from './work'

/**
 * The whole computation, in pauses.
 *
 * @throws InvalidInstance when the input is no instance
 */
export function* solve(input: unknown): Pausable<Result> {
  const instance = parseInstance(input)
  const { amount, preferences } = instance
  const terms = termsOf(instance)
  const reason = whyInfeasible(terms, instance)
  if (reason !== undefined) return infeasible(instance, reason)

  const usable = terms.filter((each) => each.usable && each.least <= amount)
  const candidates: Candidate[] = usable.map((each) => ({
    required: each.required,
    curve: utilityCurve(each, instance),
  }))
  const required = usable.filter((each) => each.required).length
  const optionalCards = (preferences.maxCards ?? Infinity) - required
  const single = bestSingle(usable, candidates, instance)
  const optional = usable.length - required
  const charges = yield* bestPlan(candidates, amount, optionalCards < optional ? optionalCards : Infinity, new Work())
  if (charges === undefined) return infeasible(instance, { code: 'MIN_CHARGE_CONFLICT' })

  const plan: Allocation[] = []
  usable.forEach((each, card) => {
    if (charges[card]! > 0) plan.push(allocate(each, charges[card]!, preferences))
  })
  return optimal(instance, plan, single)
}

/** The best plan of exactly one card; the smallest id among equals. */
function bestSingle(
  usable: readonly Terms[],
  candidates: readonly Candidate[],
  { amount, preferences }: Instance,
): Allocation | undefined {
  const required = usable.filter((each) => each.required)
  if (required.length > 1) return undefined
  const utilities = usable.map((each, card) => {
    if (each.capacity < amount || (required.length === 1 && !each.required)) return -Infinity
    const { utilities } = candidates[card]!.curve
    return utilities[utilities.length - 1]!
  })
  const best = Math.max(...utilities)
  if (best === -Infinity) return undefined
  return allocate(usable[utilities.findIndex((utility) => utility >= best - TIE)]!, amount, preferences)
}

function optimal(instance: Instance, best: readonly Allocation[], single: Allocation | undefined): OptimalResult {
  const utilityOf = (plan: readonly Allocation[]) => plan.reduce((sum, { utility }) => sum + utility, 0)
  // By the tie rule one card that attains the optimum is the plan; rounding must not make a split of it that is worth less.
  const plan = single !== undefined && single.utility >= utilityOf(best) ? [single] : best
  const utility = utilityOf(plan)
  return {
    ...answerTo(instance),
    status: 'optimal',
    recommendation: plan.length === 1 ? 'single' : 'split',
    utility,
    usedCards: plan.length,
    allocations: plan,
    totals: totalsOf(plan),
    bestSingle: single === undefined ? null : { cardId: single.cardId, utility: single.utility },
    advantage: single === undefined ? null : plan.length === 1 ? 0 : utility - single.utility,
    infeasible: null,
  }
}

function infeasible(instance: Instance, reason: InfeasibleReason): InfeasibleResult {
  return {
    ...answerTo(instance),
    status: 'infeasible',
    recommendation: 'infeasible',
    utility: null,
    usedCards: 0,
    allocations: [],
    totals: null,
    bestSingle: null,
    advantage: null,
    infeasible: reason,
  }
}

function answerTo({ spec, id, currency, amount }: Instance) {
  return { spec, ...(id === undefined ? {} : { id }), currency, amount }
}
