import 'server-only'
import type { MixPart, PayAnswer } from '@/components/checkout/checkout-view'
import { sum } from '@/lib/money/money'
import type { MeansInput } from '@/lib/payments/plan-means'

const MODULES: Readonly<Record<string, string>> = {
  'e-cash': 'e-cash',
  bank: 'bank-transfer',
  giro: 'giro',
  cash: 'cash-on-delivery',
}

interface Parts {
  /** What was typed for each part, by its name. */
  readonly secrets: Readonly<Record<string, Readonly<Record<string, string>>>>
  /** Codes of the modules here that are not ours. */
  readonly others: readonly string[]
  readonly total: bigint
}

/** The parts of a divided order as payments take them; whose they are, each module checks. */
export function mixedMeans(
  parts: readonly MixPart[],
  { secrets, others, total }: Parts,
): { means: MeansInput[] } | Extract<PayAnswer, { kind: 'refused' }> {
  if (sum(parts.map(({ amount }) => amount)) !== total) return { kind: 'refused', reason: 'means-do-not-sum' }
  if (new Set(parts.map(({ means }) => means)).size < parts.length) return { kind: 'refused', reason: 'wrong-means' }
  const means = parts.map(({ means: name, amount }) => meansOf(name, amount, { secret: secrets[name] ?? {}, others }))
  const known = means.filter((each) => each !== undefined)
  return known.length === parts.length ? { means: known } : { kind: 'refused', reason: 'wrong-means' }
}

function meansOf(
  name: string,
  amount: bigint,
  { secret, others }: { readonly secret: Readonly<Record<string, string>>; readonly others: readonly string[] },
): MeansInput | undefined {
  const [kind, id] = name.split(':')
  if (kind === 'card' && id) return { module: 'card', amount, input: { cardId: id } }
  if (kind === 'account' && id) return { module: 'micro-account', amount, input: { ...secret, accountId: id } }
  if (kind === 'module' && id) return others.includes(id) ? { module: id, amount, input: { ...secret } } : undefined
  const code = Object.hasOwn(MODULES, name) ? MODULES[name] : undefined
  return code === undefined ? undefined : { module: code, amount, input: { ...secret } }
}
