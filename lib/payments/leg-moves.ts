/**
 * How a leg moves. A leg whose authorization got no answer stays `authorizing` and is voided with the rest: it may or
 * may not be held outside.
 */
export const legMoves = {
  authorizing: { authorized: 'authorized', declined: 'declined', givenUp: 'voiding' },
  authorized: { captureDecided: 'capturing', givenUp: 'voiding' },
  /** A system that does not complete may still hold the amount: it is told to let go. */
  capturing: { captured: 'captured', paidLater: 'awaiting', holdLost: 'voiding' },
  /** Paid later: asked for again when money is said to have come, or when its time is over. */
  awaiting: { askedFor: 'capturing', givenUp: 'voiding' },
  voiding: { voided: 'voided' },
  /** Captured, and on its way back because another leg of the payment lost its hold. */
  captured: { givenUp: 'returning' },
  returning: { returned: 'returned' },
  declined: {},
  voided: {},
  returned: {},
} as const

export type LegState = keyof typeof legMoves

/** queued: by the merchant's contract it waits until its balance covers it. */
export const refundStates = ['queued', 'refunding', 'refunded', 'partly-refunded', 'refused'] as const
export type RefundState = (typeof refundStates)[number]

export const refundLegStates = ['refunding', 'refunded', 'refused'] as const
export type RefundLegState = (typeof refundLegStates)[number]
