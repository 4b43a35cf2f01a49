import type { HookVerdict } from '../payments/hooks'
import type { PaymentState } from '../payments/payment-moves'
import type { HookPoint } from '../payments/payment-plan'

/** What code that joins a payment is told of it. Amounts are minor units in decimal text; of a means only its module. */
export interface JoinedPayment {
  /** pay_… */
  readonly id: string
  /** mer_… */
  readonly merchant: string
  readonly orderRef: string
  readonly orderName: string
  readonly amount: string
  readonly currency: string
  readonly modules: readonly string[]
  readonly metadata: Readonly<Record<string, string>>
}

/** Something that has happened to a payment and is written down. */
export interface PipelineEvent {
  readonly type: `payment.${PaymentState}`
  readonly payment: JoinedPayment
  readonly at: Date
}

/**
 * Code inside the gateway that joins payments: part of this installation, or of a package that it loads. What must not be
 * missed listens to webhooks instead: an event here is told once, to a process that may die.
 */
export interface PaymentHook {
  /** For the log. */
  readonly name: string
  readonly points?: readonly HookPoint[]
  /** At most 4000; 1000 when absent. */
  readonly timeLimitMs?: number
  /** What silence, an error, and any answer that is none count as. */
  readonly noAnswer: 'allow' | 'deny'
  /** Says whether a payment may go on. Asked for each attempt, and asked again when a process has died. */
  ask?(point: HookPoint, payment: JoinedPayment, signal: AbortSignal): Promise<HookVerdict> | HookVerdict
  /** Told after an event is written down. What it throws is logged and harms nobody. */
  heard?(event: PipelineEvent): Promise<void> | void
}
