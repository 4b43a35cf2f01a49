import type { PaymentState } from '../../lib/payments/payment-moves'
import type { Deed, SwitchTarget } from '../../simulators/issuers/deeds'
import type { HoldView } from '../../simulators/issuers/book-view'

/** How an issuer misbehaves towards one leg of the payment. */
export interface Trouble {
  readonly leg: 1 | 2 | 3
  readonly on: SwitchTarget
  readonly do: Deed
}

/** What an issuer's book says of a leg: the state of its hold, or that it never heard of it. */
export type OutsideState = HoldView['state'] | 'unheard'

/** A point in the life of a payment over three cards at which a process is killed. */
export interface KillPoint {
  /** Completes "killed when …". */
  readonly name: string
  readonly troubles?: readonly Trouble[]
  /** The move that is being written when the process dies, and whether it is lost or comes through unheard. */
  readonly writing?: { readonly event: string; readonly then: 'lost' | 'unheard' }
  /** The leg whose hold its issuer lets lapse before the decision to charge reaches it. */
  readonly lapsed?: 2
  readonly shop?: 'silent'
  readonly capture?: 'manual'
  readonly mayRetry?: true
  /** Recorded in the database at the moment of death; undefined: nothing at all. */
  readonly recorded: PaymentState | undefined
  /** In the books of the three issuers at the moment of death. */
  readonly outside: readonly [OutsideState, OutsideState, OutsideState]
  /** How the payment has to end. */
  readonly ends: 'paid' | 'declined'
}

/** A point at which the worker dies, with what it takes up: a payment whose request died in an earlier state. */
export interface WorkerKillPoint extends KillPoint {
  readonly takesUp: KillPoint
}

type Kind = 'stall' | 'lose-answer'

const trouble = (on: SwitchTarget, kind: Kind, legs: readonly Trouble['leg'][]): Trouble[] =>
  legs.map((leg) => ({ leg, on, do: { kind } }))
const silent = (on: SwitchTarget, ...legs: Trouble['leg'][]) => trouble(on, 'stall', legs)
const loses = (on: SwitchTarget, ...legs: Trouble['leg'][]) => trouble(on, 'lose-answer', legs)
const REFUSED: Trouble = { leg: 2, on: 'authorization', do: { kind: 'decline', code: '51' } }

const HELD = ['held', 'held', 'held'] as const
const CHARGED = ['completed', 'completed', 'completed'] as const
const UNHEARD = ['unheard', 'unheard', 'unheard'] as const
const GIVEN_BACK = ['reversed', 'unheard', 'reversed'] as const

/** Every recorded point of a direct payment over three cards, in order; before and after the decision, and on the way back. */
export const requestPoints: readonly KillPoint[] = [
  {
    name: 'the payment is about to be recorded, and is not',
    writing: { event: 'opened', then: 'lost' },
    recorded: undefined,
    outside: UNHEARD,
    ends: 'paid',
  },
  {
    name: 'the payment is recorded, but the process never hears so',
    writing: { event: 'opened', then: 'unheard' },
    recorded: undefined,
    outside: UNHEARD,
    ends: 'declined',
  },
  {
    name: 'no issuer has taken up its request yet',
    troubles: silent('authorization', 1, 2, 3),
    recorded: 'authorizing',
    outside: UNHEARD,
    ends: 'declined',
  },
  {
    name: 'one issuer holds its share and two are silent',
    troubles: silent('authorization', 2, 3),
    recorded: 'authorizing',
    outside: ['held', 'unheard', 'unheard'],
    ends: 'declined',
  },
  {
    name: 'all issuers hold their shares and one answer is lost',
    troubles: loses('authorization', 3),
    recorded: 'authorizing',
    outside: HELD,
    ends: 'declined',
  },
  {
    name: 'the decision to charge is about to be recorded, and is not',
    writing: { event: 'allAuthorized', then: 'lost' },
    recorded: 'authorizing',
    outside: HELD,
    ends: 'declined',
  },
  {
    name: 'the decision to charge is recorded, but the process never hears so',
    writing: { event: 'allAuthorized', then: 'unheard' },
    recorded: 'authorizing',
    outside: HELD,
    ends: 'paid',
  },
  {
    name: 'the shop is being asked to confirm',
    shop: 'silent',
    recorded: 'confirming',
    outside: HELD,
    ends: 'declined',
  },
  {
    name: 'everything is held for a merchant who captures later',
    capture: 'manual',
    recorded: 'authorized',
    outside: HELD,
    ends: 'paid',
  },
  {
    name: 'it is decided to charge, and no issuer has taken it up yet',
    troubles: silent('completion', 1, 2, 3),
    recorded: 'capturing',
    outside: HELD,
    ends: 'paid',
  },
  {
    name: 'one issuer has charged and two are silent',
    troubles: silent('completion', 2, 3),
    recorded: 'capturing',
    outside: ['completed', 'held', 'held'],
    ends: 'paid',
  },
  {
    name: 'all issuers have charged and one answer is lost',
    troubles: loses('completion', 3),
    recorded: 'capturing',
    outside: CHARGED,
    ends: 'paid',
  },
  {
    name: '"paid" is about to be recorded, and is not',
    writing: { event: 'allCaptured', then: 'lost' },
    recorded: 'capturing',
    outside: CHARGED,
    ends: 'paid',
  },
  {
    name: '"paid" is recorded, but the shop never hears so',
    writing: { event: 'allCaptured', then: 'unheard' },
    recorded: 'capturing',
    outside: CHARGED,
    ends: 'paid',
  },
  {
    name: 'one hold was lost after the decision, and the other shares are on their way back',
    capture: 'manual',
    troubles: silent('refund', 1, 3),
    lapsed: 2,
    recorded: 'reversing',
    outside: ['completed', 'lapsed', 'completed'],
    ends: 'declined',
  },
  {
    name: 'one issuer has refused, and giving back the others is about to be recorded, and is not',
    troubles: [REFUSED],
    writing: { event: 'notAllAuthorized', then: 'lost' },
    recorded: 'authorizing',
    outside: ['held', 'unheard', 'held'],
    ends: 'declined',
  },
  {
    name: 'one issuer has refused, and the others have not given back yet',
    troubles: [REFUSED, ...silent('reversal', 1, 3)],
    recorded: 'voiding',
    outside: ['held', 'unheard', 'held'],
    ends: 'declined',
  },
  {
    name: 'one issuer has given back and one is silent',
    troubles: [REFUSED, ...silent('reversal', 3)],
    recorded: 'voiding',
    outside: ['reversed', 'unheard', 'held'],
    ends: 'declined',
  },
  {
    name: 'everything is given back, and the end is about to be recorded, and is not',
    troubles: [REFUSED],
    writing: { event: 'voided', then: 'lost' },
    recorded: 'voiding',
    outside: GIVEN_BACK,
    ends: 'declined',
  },
  {
    name: 'everything is given back, and the remaining cards are to be tried, but the process never hears so',
    troubles: [REFUSED],
    mayRetry: true,
    writing: { event: 'triedAgain', then: 'unheard' },
    recorded: 'voiding',
    outside: GIVEN_BACK,
    ends: 'declined',
  },
]

const point = (name: string): KillPoint => {
  const found = requestPoints.find((each) => each.name === name)
  if (!found) throw new Error(`no such point: ${name}`)
  return found
}
const undecided = point('all issuers hold their shares and one answer is lost')
const decided = point('it is decided to charge, and no issuer has taken it up yet')

/** Every recorded point of what the worker does with a payment over three cards whose request has died. */
export const workerPoints: readonly WorkerKillPoint[] = [
  {
    name: 'giving up is about to be recorded, and is not',
    takesUp: undecided,
    writing: { event: 'notAllAuthorized', then: 'lost' },
    recorded: 'authorizing',
    outside: HELD,
    ends: 'declined',
  },
  {
    name: 'giving up is recorded, but the worker never hears so',
    takesUp: undecided,
    writing: { event: 'notAllAuthorized', then: 'unheard' },
    recorded: 'authorizing',
    outside: HELD,
    ends: 'declined',
  },
  {
    name: 'no issuer has given back yet',
    takesUp: undecided,
    troubles: silent('reversal', 1, 2, 3),
    recorded: 'voiding',
    outside: HELD,
    ends: 'declined',
  },
  {
    name: 'one issuer has given back and two are silent',
    takesUp: undecided,
    troubles: silent('reversal', 2, 3),
    recorded: 'voiding',
    outside: ['reversed', 'held', 'held'],
    ends: 'declined',
  },
  {
    name: 'all have given back, and the end is about to be recorded, and is not',
    takesUp: undecided,
    writing: { event: 'voided', then: 'lost' },
    recorded: 'voiding',
    outside: ['reversed', 'reversed', 'reversed'],
    ends: 'declined',
  },
  {
    name: 'no issuer has charged yet',
    takesUp: decided,
    troubles: silent('completion', 1, 2, 3),
    recorded: 'capturing',
    outside: HELD,
    ends: 'paid',
  },
  {
    name: 'one issuer has charged and two are silent',
    takesUp: decided,
    troubles: silent('completion', 2, 3),
    recorded: 'capturing',
    outside: ['completed', 'held', 'held'],
    ends: 'paid',
  },
  {
    name: 'all have charged, and "paid" is about to be recorded, and is not',
    takesUp: decided,
    writing: { event: 'allCaptured', then: 'lost' },
    recorded: 'capturing',
    outside: CHARGED,
    ends: 'paid',
  },
  {
    name: 'all have charged, and "paid" is recorded, but the worker never hears so',
    takesUp: decided,
    writing: { event: 'allCaptured', then: 'unheard' },
    recorded: 'capturing',
    outside: CHARGED,
    ends: 'paid',
  },
  {
    name: 'one hold was lost, and no other issuer has given back its charge yet',
    takesUp: decided,
    troubles: silent('refund', 1, 3),
    lapsed: 2,
    recorded: 'reversing',
    outside: ['completed', 'lapsed', 'completed'],
    ends: 'declined',
  },
  {
    name: 'one hold was lost, and that all charges are given back is about to be recorded, and is not',
    takesUp: decided,
    lapsed: 2,
    writing: { event: 'allReturned', then: 'lost' },
    recorded: 'reversing',
    outside: ['completed', 'lapsed', 'completed'],
    ends: 'declined',
  },
]
