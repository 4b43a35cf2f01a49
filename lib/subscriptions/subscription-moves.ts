/**
 * How a subscription moves. A charge that nobody has answered yet is not a move: the subscription stays where it is and the
 * job charge-subscriptions asks again.
 */
const subscriptionMoves = {
  /** The shop has made an address for one customer, who has not agreed yet. */
  offered: { agreed: 'incomplete', trialBegan: 'trialing', ended: 'cancelled' },
  /** Agreed to; the first charge has not succeeded yet. */
  incomplete: { started: 'active', ended: 'cancelled' },
  /** Nothing is charged until the trial is over. */
  trialing: { renewed: 'active', declined: 'past-due', paused: 'paused', ended: 'cancelled' },
  active: { renewed: 'active', declined: 'past-due', paused: 'paused', ended: 'cancelled' },
  /** A charge was declined and is tried again. */
  'past-due': { renewed: 'active', declined: 'past-due', ended: 'cancelled' },
  /** No period begins until it goes on. */
  paused: { resumed: 'active', ended: 'cancelled' },
  cancelled: {},
} as const

export type SubscriptionState = keyof typeof subscriptionMoves

export const subscriptionStates = Object.keys(subscriptionMoves) as SubscriptionState[]

export type SubscriptionMove = {
  [State in SubscriptionState]: keyof (typeof subscriptionMoves)[State]
}[SubscriptionState]

/** Where a move leads from a state; undefined when it cannot happen there. */
export function stateAfter(state: SubscriptionState, move: SubscriptionMove): SubscriptionState | undefined {
  const moves: Partial<Record<SubscriptionMove, SubscriptionState>> = subscriptionMoves[state]
  return moves[move]
}
