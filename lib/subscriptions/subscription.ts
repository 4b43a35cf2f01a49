import type { Uuid } from '../ids'
import type { Means, ModuleCode } from '../modules/payment-module'
import type { Currency } from '../money/currency'
import type { Locale } from '../payments/payment'
import type { Day } from '../calendar'
import type { Course } from './schedule'
import type { SubscriptionState } from './subscription-moves'

/** The means that is charged while its shopper is not there: identifiers, never numbers. */
export interface AgreedMeans {
  readonly module: ModuleCode
  readonly means: Means
}

/** What the shopper read and agreed to. */
export interface Consent {
  readonly at: string
  readonly planId: Uuid
  readonly planName: string
  /** Minor units for a whole period: no charge without them goes beyond it. */
  readonly amount: string
  readonly currency: Currency
  readonly unit: string
  readonly every: number
  /** The first day on which something is charged. */
  readonly firstOn: Day
  readonly firstAmount: string
}

export interface Actor {
  readonly kind: 'person' | 'api-key' | 'shopper'
  readonly id: string
  readonly name: string
}

export const endReasons = ['shopper', 'shop', 'unpaid', 'never-started'] as const
export type EndReason = (typeof endReasons)[number]

/** A shopper's agreement to be charged by a plan. Days are those of the installation's zone. */
export interface Subscription {
  readonly merchantId: Uuid
  readonly id: Uuid
  readonly planId: Uuid
  readonly reference?: string
  readonly shopperId?: Uuid
  readonly email?: string
  readonly locale: Locale
  readonly returnUrl?: string
  readonly state: SubscriptionState
  readonly version: number
  readonly means?: AgreedMeans
  readonly consent?: Consent
  /** Number of the running period; 0: the trial, or none yet. */
  readonly period: number
  readonly periodStart?: Day
  readonly periodEnd?: Day
  readonly course?: Course
  /** Owed besides the plan's amount with the next charge; below zero a credit. Minor units. */
  readonly adjustment: bigint
  /** It ends on this day instead of going on. */
  readonly endsOn?: Day
  readonly failures: number
  readonly announced: number
  readonly wakeAt?: Date
  readonly endReason?: EndReason
  readonly createdAt: Date
  readonly startedAt?: Date
  readonly endedAt?: Date
}

/** What is charged for one period. */
export interface Charge {
  readonly merchantId: Uuid
  readonly subscriptionId: Uuid
  readonly period: number
  readonly startsOn: Day
  readonly endsOn: Day
  readonly price: bigint
  readonly amount: bigint
  readonly currency: Currency
  readonly state: 'open' | 'paid' | 'covered' | 'failed'
  readonly tries: number
  readonly paymentId?: Uuid
  readonly createdAt: Date
  readonly settledAt?: Date
}

export const subscriptionEvents = [
  'offered',
  'agreed',
  'started',
  'announced',
  'renewed',
  'declined',
  'returned',
  'means-changed',
  'plan-changed',
  'end-set',
  'end-withdrawn',
  'paused',
  'resumed',
  'skipped',
  'ended',
] as const
export type SubscriptionEventKind = (typeof subscriptionEvents)[number]

export interface SubscriptionEvent {
  readonly id: Uuid
  readonly kind: SubscriptionEventKind
  readonly detail: Readonly<Record<string, string>>
  /** Absent: it happened by itself. */
  readonly by?: Actor
  readonly at: Date
}
