/**
 * How a payment moves. "No answer" is not a move: the payment stays where it is and the job finish-open-payments asks
 * again. The -ing states are the ones that job looks for.
 *
 * Before `capturing` is written nothing is taken, and whatever dies leads to `voiding` (presumed abort). `capturing` is
 * the decision: from there on every leg is completed until its outside system acknowledges it.
 */
export const paymentMoves = {
  /** Waits for the shopper to choose a means (hosted checkout). */
  created: { started: 'authorizing', timedOut: 'expired', cancelled: 'cancelled' },
  /** Each leg's outside system has been, or is being, asked to set its amount aside. */
  authorizing: {
    allAuthorized: 'capturing',
    shopToConfirm: 'confirming',
    allHeld: 'authorized',
    notAllAuthorized: 'voiding',
  },
  /** Everything is set aside; the shop is asked to agree to TID and amount (document 003). */
  confirming: { confirmed: 'capturing', confirmedAndHeld: 'authorized', notConfirmed: 'voiding' },
  /** Set aside until the merchant captures or cancels, or the flow that the payment began with says that it is time. */
  authorized: {
    captureAsked: 'capturing',
    captureDue: 'capturing',
    stillHeld: 'authorized',
    cancelAsked: 'voiding',
    notApproved: 'voiding',
    captureDenied: 'voiding',
    holdRunsOut: 'voiding',
  },
  /** Decided: completing every leg. */
  capturing: { progressed: 'capturing', allCaptured: 'paid', restAwaited: 'awaiting', holdLost: 'reversing' },
  /**
   * Accepted: what can be taken is taken, and the rest is paid later (a deferred means: on delivery, by giro). All or
   * nothing still: what was taken goes back when the rest does not come.
   */
  awaiting: { restAskedFor: 'capturing', cancelAsked: 'reversing' },
  /** Giving back what was set aside. From here the shopper may try again, or the remaining cards are tried. */
  voiding: {
    progressed: 'voiding',
    voided: 'declined',
    voidedByCancel: 'cancelled',
    voidedToChooseAgain: 'created',
    triedAgain: 'authorizing',
    voidedTooLate: 'expired',
  },
  /**
   * A leg was refused after the decision: what was captured goes back, the rest is voided. Where nothing had been taken
   * the shopper may pay another way.
   */
  reversing: {
    progressed: 'reversing',
    allReturned: 'declined',
    returnedByCancel: 'cancelled',
    returnedTooLate: 'expired',
    letGoToChooseAgain: 'created',
  },
  paid: {},
  declined: {},
  cancelled: {},
  expired: {},
} as const

export type PaymentState = keyof typeof paymentMoves

export type PaymentEvent = {
  [State in PaymentState]: keyof (typeof paymentMoves)[State]
}[PaymentState]

/** Where an event leads from a state; undefined when it cannot happen there. */
export function nextPaymentState(state: PaymentState, event: PaymentEvent): PaymentState | undefined {
  const moves: Partial<Record<PaymentEvent, PaymentState>> = paymentMoves[state]
  return moves[event]
}

/** States in which somebody still has to act without being asked by a person. */
export const movingStates: readonly PaymentState[] = ['authorizing', 'confirming', 'capturing', 'voiding', 'reversing']

export const finalStates: readonly PaymentState[] = ['paid', 'declined', 'cancelled', 'expired']
