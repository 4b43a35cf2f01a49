import type { Currency } from '../money/currency'
import type { BatchSchedule, ModuleTerms } from '../payments/module-terms'
import type { InstalledModule } from './installed-module'

/** What a merchant may change of the terms on which it takes a means. */
export type TermsChanges = Partial<
  Pick<
    ModuleTerms,
    'state' | 'position' | 'currencies' | 'limits' | 'fee' | 'audience' | 'combination' | 'refunds' | 'settings'
  >
> & {
  /** null removes it. */
  readonly schedule?: BatchSchedule | null
}

export type TermsFault =
  | 'not-installed'
  | 'not-registered'
  | 'currency-not-accepted'
  | 'limits-crossed'
  | 'unknown-module'
  | 'no-batches'
  | 'group-twice'
  | 'wrong-settings'

/** What cannot hold of changed terms, though each member of them is well-formed. */
export function termsFault(
  changes: TermsChanges,
  own: {
    readonly installed: InstalledModule
    readonly currencies: readonly Currency[]
    readonly codes: readonly string[]
  },
): TermsFault | undefined {
  const named = [
    ...(changes.currencies ?? []),
    ...(Object.keys(changes.limits ?? {}) as Currency[]),
    ...(Object.keys(changes.fee?.fixed ?? {}) as Currency[]),
  ]
  if (named.some((currency) => !own.currencies.includes(currency))) return 'currency-not-accepted'
  const isCrossed = ({ minimum = 0n, maximum }: { minimum?: bigint; maximum?: bigint }) =>
    maximum !== undefined && minimum > maximum
  if (Object.values(changes.limits ?? {}).some(isCrossed)) return 'limits-crossed'
  const { combination, refunds, schedule } = changes
  if (combination?.kind === 'listed' && combination.with.some((code) => !own.codes.includes(code)))
    return 'unknown-module'
  if (schedule && !own.installed.batch) return 'no-batches'
  const groups = refunds?.groups.map(({ group }) => group) ?? []
  if (new Set(groups).size < groups.length) return 'group-twice'
  return undefined
}

/** The terms after a change; the next batch is computed elsewhere. */
export function changedTerms(held: ModuleTerms, { schedule, ...changes }: TermsChanges, at: Date): ModuleTerms {
  const { schedule: before, nextBatchAt, ...terms } = { ...held, ...changes, changedAt: at }
  if (schedule === null) return terms
  if (schedule) return { ...terms, schedule }
  return { ...terms, ...(before && { schedule: before }), ...(nextBatchAt && { nextBatchAt }) }
}
