import { DAY_MS, later } from '../clock'
import type { ModuleCode } from '../modules/payment-module'
import { type ModuleTerms, type RefundPolicy, type RefundTerms, refundTermsOf } from './module-terms'
import type { Payment } from './payment'
import type { RefundItem } from './refund-items'

export type PolicyRefusal = 'forbidden-by-policy' | 'window-over' | 'needs-approval' | 'by-hand-only'

/**
 * On whose word a refund is given: somebody asks (a shopper, a counselor, the shop's server), somebody of the shop's staff
 * gives it, whom a second person has to agree with where the rules say so, or whoever may decide has agreed to it.
 */
export type RefundWord = 'asked' | 'given' | 'agreed'

interface Question {
  readonly payment: Payment
  /** The means that it goes back over. */
  readonly modules: readonly ModuleCode[]
  /** The lines it is about; absent: it may be about any of them, and the strictest rule holds. */
  readonly items?: readonly RefundItem[] | undefined
  readonly terms: ReadonlyMap<ModuleCode, ModuleTerms>
  readonly word: RefundWord
  /** Whether people pay it out, or it becomes store credit. */
  readonly isOtherwise: boolean
  readonly at: Date
}

const STRICTEST: readonly RefundPolicy[] = ['allow', 'approval', 'by-hand', 'forbid']

/**
 * What the shop's own rules say against a refund (M-149); undefined: nothing. Its window is one for asking: a person of the
 * shop may still agree after it.
 */
export function refusalByPolicy(question: Question): PolicyRefusal | undefined {
  const { payment, word, isOtherwise, at } = question
  const all = termsFor(question)
  const strictest = STRICTEST.findLast((policy) => all.some((terms) => terms.policy === policy)) ?? 'allow'
  if (strictest === 'forbid') return 'forbidden-by-policy'
  const days = all.flatMap((terms) => terms.days ?? [])
  const paidAt = payment.finishedAt ?? payment.createdAt
  if (word === 'asked' && days.length > 0 && at > later(paidAt, Math.min(...days) * DAY_MS)) return 'window-over'
  if (strictest === 'by-hand' && !isOtherwise) return 'by-hand-only'
  return strictest === 'approval' && word !== 'agreed' ? 'needs-approval' : undefined
}

/** Every rule that has a say: of each means, for each kind of product concerned. */
function termsFor({ payment, modules, items, terms }: Question): RefundTerms[] {
  const named = items?.flatMap(({ item }) => payment.items?.[item - 1] ?? [])
  const groups = (named ?? payment.items ?? []).map(({ group }) => group)
  return [...new Set(modules)].flatMap((module) => {
    const own = terms.get(module)
    if (!own) return []
    return groups.length > 0 ? groups.map((group) => refundTermsOf(own, group)) : [refundTermsOf(own)]
  })
}
