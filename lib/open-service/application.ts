import type { Uuid } from '../ids'
import type { Merchant } from '../merchants/merchant'
import type { Currency } from '../money/currency'
import type { Money } from '../money/money'
import type { Right } from '../parlayx/interfaces/interfaces'

/** Which accounts an application may name: those that its merchant issued, or every one. */
export type Reach = 'own' | 'every'

/** What the operator lets an application do (M-77). */
export interface Permissions {
  readonly rights: readonly Right[]
  readonly reach: Reach
  /** The most that one request may charge; it may then charge in no other currency. Absent: the accounts' own limits. */
  readonly largestCharge?: Money
}

/** A secret as its owner sees it again. */
export interface KnownSecret {
  readonly hint: string
  readonly createdAt: Date
  /** Absent: until it is replaced. */
  readonly expiresAt?: Date
}

/** A program that speaks Parlay X for a merchant. */
export interface Application extends Permissions {
  readonly id: Uuid
  readonly merchantId: Uuid
  readonly name: string
  readonly createdAt: Date
  readonly revokedAt?: Date
  /** To the minute. */
  readonly lastUsedAt?: Date
}

/** An application with its secrets that are good now, the newest first. */
export interface ListedApplication extends Application {
  readonly merchantName: string
  readonly secrets: readonly KnownSecret[]
}

/** Who calls. */
export interface ApplicationCaller {
  readonly application: Application
  readonly merchant: Merchant
}

/**
 * What a charging code costs, or a volume: so many minor units for each `perVolume` units that are begun. A code without
 * `perVolume` is a price.
 */
export interface Tariff {
  readonly code: string
  readonly currency: Currency
  readonly price: bigint
  readonly perVolume?: bigint
  /** What a volume is counted in, as MB. */
  readonly unit: string
}
