import { type Clock, DAY_MS } from '../clock'
import type { References } from '../db/references'
import type { Uuid } from '../ids'
import type { ModuleCode, Payee, PaymentModule } from '../modules/payment-module'
import type { Currency } from '../money/currency'
import type { LegPrice } from './fees'
import type { HookVerdict } from './hooks'
import type { Buyer, ModuleTerms } from './module-terms'
import type { CaptureMode, Payment, Refund } from './payment'
import type { CreditShopper } from './other-way'
import type { Occasion, OutboxRow } from './payment-move'
import type { HookPoint, PaymentPlan } from './payment-plan'
import type { PaymentStore } from './store'

/** What the payments need to know of the shop they are paid to. */
export interface Shop {
  readonly payee: Payee
  /** Whether the shop must agree to TID and amount before money moves (M-204). */
  readonly confirmation: 'required' | 'none'
  /** Codes of the modules that are active for it. */
  readonly modules: readonly ModuleCode[]
  /** Whether the operator has stopped it: nothing new begins, what runs is finished. */
  readonly isSuspended?: boolean
  /** The terms on which it takes each of them. */
  readonly terms: ReadonlyMap<ModuleCode, ModuleTerms>
  /** What it pays for a leg of a module that is taken now; absent where nothing is agreed on. */
  priceOf?(module: ModuleCode, currency: Currency): LegPrice | undefined
  /** What its flow asks of a payment that begins now; absent where it asks for nothing. */
  plan?(order: PlannedOrder): PlanAnswer
}

/** What a flow needs to know of an order. */
export interface PlannedOrder {
  readonly amount: bigint
  readonly currency: Currency
  /** As the request said; undefined: as the flow says. */
  readonly capture?: CaptureMode | undefined
}

export interface PlanAnswer {
  readonly captureMode: CaptureMode
  readonly plan?: PaymentPlan
}

export type Confirmation = { kind: 'confirmed' } | { kind: 'mismatch' } | { kind: 'refused' } | { kind: 'no-answer' }

/** Everything outside this room that a payment meets on its way. */
export interface PaymentParts {
  readonly store: PaymentStore
  readonly clock: Clock
  readonly references: References
  readonly modules: ReadonlyMap<ModuleCode, PaymentModule>
  shopOf(merchantId: Uuid): Promise<Shop>
  /** Which of these modules, not open to everybody, somebody may use at the shop. */
  openTo(merchantId: Uuid, codes: readonly ModuleCode[], buyer: Buyer): Promise<ReadonlySet<ModuleCode>>
  /** Asks the shop to agree to the payment (merchant-confirmation profile, 3); keeps both messages. */
  confirm(payment: Payment): Promise<Confirmation>
  /** Puts money into a shopper's account; absent where refunds cannot become store credit. */
  readonly creditShopper?: CreditShopper
  /** The messages that report what became of a payment, or of a refund of it; written in the same transaction. */
  readonly compose: {
    payment(occasion: Occasion, payment: Payment, at: Date): readonly OutboxRow[]
    refund(payment: Payment, refund: Refund, at: Date): readonly OutboxRow[]
  }
  /** How far the approval of a held payment has come; asked for those whose plan wants one. */
  approvalOf(payment: Payment): Promise<'waiting' | 'approved' | 'refused'>
  /** When the shop said that it has shipped the order, if it has. */
  shippedAt(payment: Payment): Promise<Date | undefined>
  /** Whether the shopper has said where to deliver to; asked for payments whose plan wants it. */
  addressGiven(payment: Payment): Promise<boolean>
  /** Asks the code that has joined payments at a point; absent: there is none. Never throws, and ends in time. */
  askHooks?(point: HookPoint, payment: Payment): Promise<HookVerdict>
  /** Told of what people who run the gateway should know: stuck items and answers that came too late. */
  report(event: string, detail: Readonly<Record<string, unknown>>): void
  /** Told of every payment that has come to a state, after it was written. Must not throw. */
  moved?(payment: Payment): void
  /** How long a module may take, instead of TIMES.module; set by tests only. */
  readonly moduleLimitMs?: number
}

/** Pauses and bounds, in milliseconds, each with its reason. */
export const TIMES = {
  /** After this long without a move the worker takes over: longer than the slowest outside call. */
  lease: 15_000,
  /** A module that takes longer hangs: more than an issuer's own time limit can be set to, less than the lease. */
  module: 12_000,
  /** The shopper has an answer within 15 s (P3.8); the rest is for the way there and back. */
  answer: 12_000,
  /** Holds lapse at the issuers after seven days; we give them back a day before. */
  hold: 6 * DAY_MS,
  /** A hosted checkout stays open this long unless the merchant says otherwise. */
  checkout: 30 * 60_000,
  /** What a merchant may say: time for a shopper to pay at all, */
  shortestCheckout: 60_000,
  /** and not longer than goods may wait for somebody who has not paid: as long as the longest hold of an issuer. */
  longestCheckout: 7 * DAY_MS,
} as const

/** More attempts than this at one payment are not a shopper's doing. */
export const MOST_ATTEMPTS = 10

/**
 * When an outside system that did not answer is asked again: soon at first, then every 20 s at most, so that an item is
 * settled within 30 s of the system's answering again (P3.3). Jitter keeps many items from asking at once.
 */
export function nextTry(at: Date, tries: number): Date {
  const pause = Math.min(20_000, 1000 * 2 ** Math.min(tries, 10))
  return new Date(at.getTime() + pause * (0.75 + Math.random() * 0.25))
}
