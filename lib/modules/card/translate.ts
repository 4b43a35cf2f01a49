import type { IssuerAnswer, IssuerRefusal } from '../../gateways/issuer/issuer'
import type { DeclineReason } from '../../payments/decline-reason'
import type { Authorization, Outcome } from '../payment-module'

/** What an issuer's no to an authorization means to shopper and merchant. */
const REASONS: Record<Exclude<IssuerRefusal, 'duplicate'>, DeclineReason> = {
  declined: 'declined',
  'no-such-card': 'card-not-usable',
  'lost-or-stolen': 'card-not-usable',
  'insufficient-funds': 'insufficient-funds',
  'expired-card': 'expired-card',
  'not-permitted': 'not-permitted',
  'limit-exceeded': 'limit-exceeded',
  'pin-tries-exceeded': 'card-not-usable',
  'try-later': 'try-later',
  'format-error': 'declined',
  'original-not-found': 'declined',
}

export function authorizationFrom(answer: IssuerAnswer<{ authorizationId: string }>, issuer: string): Authorization {
  if (answer.kind === 'approved') {
    return { kind: 'authorized', hold: { authorizationId: answer.authorizationId, counterparty: issuer } }
  }
  // "Duplicate" says that the issuer knows this request: it may hold the amount, so it is reversed, not forgotten.
  if (answer.kind === 'no-answer' || answer.reason === 'duplicate') return { kind: 'no-answer' }
  return { kind: 'declined', reason: REASONS[answer.reason] }
}

/** Refusals that say nothing about the money: the issuer is asked again. */
const ASK_AGAIN: ReadonlySet<IssuerRefusal> = new Set(['try-later', 'duplicate', 'format-error'])

/** Of a completion, a reversal or a refund. */
export function outcomeFrom(answer: IssuerAnswer<object>): Outcome {
  if (answer.kind === 'approved') return { kind: 'done' }
  if (answer.kind === 'no-answer' || answer.reason === 'duplicate' || ASK_AGAIN.has(answer.reason))
    return { kind: 'no-answer' }
  return { kind: 'refused', reason: REASONS[answer.reason] }
}
