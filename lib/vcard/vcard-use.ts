import type { Prisma } from '../db/generated/client'
import type { Uuid } from '../ids'
import type { LegState } from '../payments/leg-moves'

/**
 * What became of a V-Card that was spent (M-277): voiding until every issuer has confirmed that it holds nothing any more, however
 * often they have to be asked (N16).
 */
export const vcardUses = ['being-checked', 'held', 'approved', 'voiding', 'not-charged'] as const
export type VCardUse = (typeof vcardUses)[number]

const GOING_BACK: readonly LegState[] = ['voiding', 'returning']
const MOVING: readonly LegState[] = ['authorizing', 'capturing']

/** What the legs of one try come to. */
function outcomeOf(states: readonly LegState[]): VCardUse {
  const isAny = (wanted: readonly LegState[]) => states.some((state) => wanted.includes(state))
  if (isAny(GOING_BACK)) return 'voiding'
  if (isAny(MOVING)) return 'being-checked'
  if (states.every((state) => state === 'captured')) return 'approved'
  return states.every((state) => state === 'authorized' || state === 'captured') ? 'held' : 'not-charged'
}

/** A V-Card and the payment for which it was spent, where it was. */
interface Spent {
  readonly id: Uuid
  readonly merchantId: Uuid
  readonly paymentId: Uuid | null
}

/** What became of each V-Card that was spent, by its id: one question for a whole page of them. */
export async function findUses(
  tx: Prisma.TransactionClient,
  vcards: readonly Spent[],
): Promise<ReadonlyMap<Uuid, VCardUse>> {
  const spent = vcards.flatMap(({ id, merchantId, paymentId }) =>
    paymentId === null ? [] : [{ id, merchantId, paymentId }],
  )
  if (spent.length === 0) return new Map()
  const legs = await tx.leg.findMany({
    where: { OR: spent.map(({ merchantId, paymentId }) => ({ merchantId, paymentId, module: 'vcard' })) },
    select: { attempt: true, state: true, means: true },
  })
  const uses = new Map<Uuid, VCardUse>()
  for (const { id } of spent) {
    const own = legs.filter(({ means }) => (means as { vcardId?: string }).vcardId === id)
    const latest = Math.max(...own.map(({ attempt }) => attempt))
    const states = own.filter(({ attempt }) => attempt === latest).map(({ state }) => state as LegState)
    if (states.length > 0) uses.set(id, outcomeOf(states))
  }
  return uses
}
