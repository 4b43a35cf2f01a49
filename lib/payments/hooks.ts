import type { DeclineReason } from './decline-reason'
import type { Payment } from './payment'
import type { HookPoint } from './payment-plan'
import type { PaymentParts } from './parts'

/** What the code that may join a payment says. */
export type HookVerdict =
  { readonly kind: 'allowed' } | { readonly kind: 'denied'; readonly words?: string } | { readonly kind: 'no-answer' }

export type HookAnswer =
  | { readonly kind: 'allowed' }
  /** Words are the shop's own, for its people and the shopper. */
  | { readonly kind: 'denied'; readonly reason: DeclineReason; readonly words?: string }

/** Asks whoever has joined the payment at a point whether it may go on. Nobody has: nothing is asked. */
export async function askHooks(point: HookPoint, payment: Payment, parts: PaymentParts): Promise<HookAnswer> {
  const verdict = (await parts.askHooks?.(point, payment)) ?? { kind: 'allowed' }
  switch (verdict.kind) {
    case 'allowed':
      return verdict
    case 'denied':
      return { ...verdict, reason: 'hook-denied' }
    case 'no-answer':
      return { kind: 'denied', reason: 'hook-no-answer' }
  }
}
