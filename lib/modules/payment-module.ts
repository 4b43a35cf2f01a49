import type { CallReference } from '../call-reference'
import type { Uuid } from '../ids'
import type { Money } from '../money/money'
import type { DeclineReason } from '../payments/decline-reason'

export type ModuleCode = string

/** Set by the module when the outside system set the amount aside; handed back for capture, void and refund. */
export type Hold = Readonly<Record<string, string>>

/** What a module needs to find the means again: identifiers, never numbers. */
export type Means = Readonly<Record<string, string | number>>

/** The shop, as outside systems have to see it. */
export interface Payee {
  readonly merchantId: Uuid
  readonly name: string
  /** As its own shoppers know it, in their writing. */
  readonly localName: string
  readonly categoryCode: string
}

/** The part of a payment that one means carries, as a module sees it. */
export interface LegToSettle {
  readonly merchantId: Uuid
  readonly paymentId: Uuid
  readonly attempt: number
  readonly leg: number
  readonly of: number
  readonly amount: Money
  readonly means: Means
  readonly payee: Payee
  /** What is bought, as the shopper reads it. */
  readonly orderName: string
  readonly locale: 'ko' | 'en'
  /** Names the authorization; drawn and stored before the first call. */
  readonly authorizeReference: CallReference
  /** Names the completion or the reversal, whichever is being made; absent while authorizing. */
  readonly settleReference?: CallReference
  readonly hold?: Hold
  /** Why it is given back; only for void. */
  readonly voidReason?: 'no-answer' | 'cancelled' | 'other-leg-declined'
  /** True when the outside system may have heard this request before. */
  readonly repeat: boolean
}

export interface RefundToMake {
  readonly reference: CallReference
  readonly amount: Money
  readonly repeat: boolean
}

export type Authorization =
  { kind: 'authorized'; hold: Hold } | { kind: 'declined'; reason: DeclineReason } | { kind: 'no-answer' }

/**
 * How money of a captured leg would come back now: at once, by a transfer back to its account, by never being billed, in a
 * later bill, or paid out by people.
 */
export type RefundWay = 'at-once' | 'reverse-transfer' | 'not-billed' | 'next-bill' | 'by-hand'

export type Outcome = { kind: 'done' } | { kind: 'refused'; reason: DeclineReason } | { kind: 'no-answer' }

/** What becomes of a capture: a deferred means may answer that it is paid later, and until when it waits. */
export type Completion = Outcome | { kind: 'later'; until: Date }

/** One share of a payment before it becomes a leg. */
export interface PlannedLeg {
  readonly module: ModuleCode
  readonly means: Means
  readonly amount: bigint
  /** What the shopper typed for this leg only; goes to the outside system and is never stored. */
  readonly secret?: string
}

/** A card number sealed for the vault, in the form in which the database function keep_card reads it. */
export interface SealedCard {
  readonly id: Uuid
  readonly sealedNumber: string
  readonly keyId: string
  readonly fingerprint: string
  readonly bin: string
  readonly lastFour: string
  readonly expiry: string
  readonly issuer: string | null
}

/** What the shopper, or the shop for the shopper, gave to pay an amount with. */
export interface PlanRequest {
  readonly merchantId: Uuid
  readonly paymentId: Uuid
  readonly shopperId?: Uuid
  readonly amount: Money
  /** Who typed it at the hosted checkout, where wrong tries are counted. Absent where the shop sent it. */
  readonly typedBy?: { readonly paymentId: Uuid; readonly address?: string } | undefined
  /** What the merchant has set of this module. */
  readonly settings?: Readonly<Record<string, unknown>>
  /** The reader's language, for what a module has to tell by message. */
  readonly locale?: 'ko' | 'en'
  readonly input: unknown
}

/**
 * A charge that the shopper agreed to once and is not there for: the next period of a subscription. Whose means it is, and
 * that the amount is within what was agreed to, has been checked against the agreement; the module checks that the means is
 * still theirs.
 */
export interface StandingRequest extends Omit<PlanRequest, 'input' | 'shopperId' | 'typedBy'> {
  readonly shopperId: Uuid
  /** Identifiers that the agreement names: cardId, accountId, lineId, mandateId. */
  readonly means: Means
}

/** How a means carries an amount: its legs, and what has to be written with them in one transaction. */
export type MeansPlan =
  | {
      kind: 'planned'
      legs: readonly PlannedLeg[]
      /** A V-Card is spent in the transaction that first accepts it. */
      spend?: { readonly shopperId: Uuid; readonly vcardId: Uuid }
      /** A card typed for this payment, to be kept sealed; its one leg's means names it. */
      card?: SealedCard
    }
  | { kind: 'refused'; reason: DeclineReason }
  | { kind: 'wrong-input' }

/** A field that a packaged module asks the shopper for at the checkout. */
export interface ShopperField {
  readonly name: string
  readonly label: Readonly<Record<'ko' | 'en', string>>
  /** Below the field, what it wants. */
  readonly hint?: Readonly<Record<'ko' | 'en', string>> | undefined
  readonly kind: 'text' | 'digits' | 'secret'
  readonly shortest: number
  readonly longest: number
  /** What browsers may fill in, as HTML names it. */
  readonly autofill?: 'name' | 'email' | 'tel' | 'username' | 'one-time-code' | undefined
  readonly optional: boolean
}

/** A module that somebody else has written, loaded at start (docs/modules.md). */
export interface ModulePackage {
  readonly spi: 1
  /** The package's name or path, as the settings have it. */
  readonly source: string
  readonly names: Readonly<Record<'ko' | 'en', string>>
  readonly version: string
  readonly fields: readonly ShopperField[]
}

/**
 * One means of payment. A verb repeated for the same leg does nothing new and answers the same.
 * It translates between a leg and one means; it keeps no state and decides nothing about the payment as a whole.
 */
export interface PaymentModule {
  readonly code: ModuleCode
  /** immediate: approved before shipping; deferred: paid later. */
  readonly timing: 'immediate' | 'deferred'
  /**
   * True where the shop is owed what was captured only once somebody else has paid (a telephone bill). Such a leg cannot
   * stand beside a deferred one: nobody could say any more what of the order is still to come.
   */
  readonly owedLater?: boolean
  /**
   * True where authorizing sets nothing aside: the money is asked for at capture only, and may be refused there. Such legs
   * are captured before those that are held, so that a refusal finds nothing taken yet.
   */
  readonly holdsNothing?: boolean
  /**
   * Whether people notice an authorization (a delivery is sent, a statement mailed), so that the leg is asked only when all
   * others have said yes (authorization-order.ts). When absent, deferred means are.
   */
  readonly noticed?: boolean
  /** collection: it collects by batches of its own, on the schedule that the merchant sets. */
  readonly batch?: 'collection'
  /** What a module that came as a package says of itself. */
  readonly packaged?: ModulePackage
  /** Whether what a merchant wants to set of this module is right. Absent where there is nothing to set. */
  settingsFault?(settings: Readonly<Record<string, unknown>>): Promise<string | undefined>
  /** Whether it could take payments now: asked by people who try it, never on the way of a payment. */
  check?(): Promise<{ kind: 'ready' } | { kind: 'not-ready'; words: string } | { kind: 'no-answer' }>
  /** Reads what was given to pay with, and says how it carries the amount. Moves nothing. */
  plan(request: PlanRequest): Promise<MeansPlan>
  /**
   * Says how a means that was agreed to beforehand carries an amount while its shopper is not there. Moves nothing. Absent
   * where every charge needs its shopper (a password, a code).
   */
  planStanding?(request: StandingRequest): Promise<MeansPlan>
  /** Sets the amount aside without taking it. The secret is what the shopper typed for this leg only. */
  authorize(leg: LegToSettle, secret?: string): Promise<Authorization>
  /**
   * Takes what was set aside. `refused` means that the hold is gone; of a means that holds nothing, that it does not pay.
   * A deferred means answers `later` until it is paid whole. It is asked again when its room says that money has come, and
   * at the latest at the time it named: then it answers `done`, another `later`, or `refused` because nobody has paid.
   */
  capture(leg: LegToSettle): Promise<Completion>
  /** Gives back what was set aside. A leg that was never authorized is void already. */
  void(leg: LegToSettle): Promise<Outcome>
  /** Gives back captured money, whole or in part. Absent where the means cannot; then it is done by hand. */
  refund?(leg: LegToSettle, refund: RefundToMake): Promise<Outcome>
  /** How a refund would come back, asked before anybody confirms one. Absent where it always goes back at once. */
  refundWay?(leg: Pick<LegToSettle, 'merchantId' | 'paymentId' | 'attempt' | 'leg'>): Promise<RefundWay>
  /**
   * How the legs of this module can be carried without those that declined; undefined when they cannot, or when the
   * shopper has not agreed to it (P3.7). Absent for a means that has no other way.
   */
  planAgain?(legs: readonly LegToSettle[], declined: readonly LegToSettle[]): Promise<readonly PlannedLeg[] | undefined>
}
