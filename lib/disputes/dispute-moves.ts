/**
 * How a dispute moves. `open` waits for the shop; `answered` and `unanswered` wait for a decision, with the shop's word or
 * with the fact that there is none; `second` waits for a second person; in `deciding` money is about to go back, and the
 * job end-disputes carries it on.
 */
export const disputeMoves = {
  open: { answered: 'answered', conceded: 'deciding', silent: 'unanswered', withdrawn: 'withdrawn' },
  answered: {
    offerTaken: 'deciding',
    granted: 'deciding',
    turnedAway: 'decided',
    proposed: 'second',
    withdrawn: 'withdrawn',
    ranOut: 'expired',
  },
  unanswered: {
    answered: 'answered',
    conceded: 'deciding',
    granted: 'deciding',
    turnedAway: 'decided',
    proposed: 'second',
    withdrawn: 'withdrawn',
    ranOut: 'expired',
  },
  second: {
    confirmed: 'deciding',
    notConfirmed: 'answered',
    notConfirmedUnanswered: 'unanswered',
    withdrawn: 'withdrawn',
    ranOut: 'expired',
  },
  deciding: { refunded: 'decided', notRefunded: 'answered', notRefundedUnanswered: 'unanswered' },
  decided: {},
  withdrawn: {},
  expired: {},
} as const satisfies Record<string, Readonly<Record<string, string>>>

export type DisputeState = keyof typeof disputeMoves
export const disputeStates = Object.keys(disputeMoves) as DisputeState[]

type MovesOf<State> = State extends DisputeState ? keyof (typeof disputeMoves)[State] : never
export type DisputeEvent = Extract<MovesOf<DisputeState>, string>

/** States in which a payment has no other dispute. */
export const openDisputeStates = disputeStates.filter((state) => Object.keys(disputeMoves[state]).length > 0)

export function isClosed(state: DisputeState): boolean {
  return !openDisputeStates.includes(state)
}

/** Where an event leads; undefined when it cannot happen now. */
export function stateAfter(state: DisputeState, event: DisputeEvent): DisputeState | undefined {
  const moves: Readonly<Partial<Record<DisputeEvent, DisputeState>>> = disputeMoves[state]
  return moves[event]
}
