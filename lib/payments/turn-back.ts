import { later } from '../clock'
import type { DeclineReason } from './decline-reason'
import type { Leg } from './payment'
import type { LegChange, PaymentMove } from './payment-move'
import { type PaymentParts, TIMES } from './parts'

/** Changes of which some have been overtaken by later ones of the same leg. */
export function replaced(changes: readonly LegChange[], by: readonly LegChange[]): LegChange[] {
  return [...changes.filter((change) => !by.some(({ leg }) => leg === change.leg)), ...by]
}

/** Nobody has been asked to take these yet, or nobody has paid them: what they hold goes back. */
export async function letGo(legs: readonly Leg[], parts: PaymentParts): Promise<LegChange[]> {
  const held = legs.filter(({ state }) => state === 'capturing' || state === 'awaiting')
  const references = await parts.references.drawMany(held.length)
  return held.map(({ attempt, leg }, index) => ({
    ...{ attempt, leg, state: 'voiding', tries: 0 },
    settleReference: references[index]!,
  }))
}

/** What was captured goes back, besides the given changes of other legs. */
export async function turnBack(
  legs: readonly Leg[],
  changes: readonly LegChange[],
  reason: DeclineReason,
  parts: PaymentParts,
): Promise<Omit<PaymentMove, 'event'>> {
  const captured = legs.filter(({ state }) => state === 'captured')
  const references = await parts.references.drawMany(captured.length)
  const returning = captured.map((leg, index): LegChange => ({
    attempt: leg.attempt,
    leg: leg.leg,
    state: 'returning',
    capturedAmount: leg.amount,
    tries: 0,
    hold: { ...leg.hold, returnReference: references[index]! },
  }))
  const others = changes.filter((change) => !returning.some(({ leg }) => leg === change.leg))
  return {
    legs: [...others, ...returning],
    reason,
    carryOnAt: later(parts.clock.now(), TIMES.lease),
  }
}
