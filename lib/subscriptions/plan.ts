import type { Uuid } from '../ids'
import type { Currency } from '../money/currency'
import type { Unit } from '../calendar'

/** How often is charged: every so many units. */
export interface Rhythm {
  readonly unit: Unit
  readonly every: number
  /** Day of the month on which periods begin, 1 to 31; only with months. Absent: the day on which it was begun. */
  readonly anchorDay?: number
}

export interface PlanMaker {
  readonly kind: 'person' | 'api-key'
  readonly id: string
  readonly name: string
}

/** What a shop charges again and again. Its terms never change: a new price is a new plan. */
export interface Plan extends Rhythm {
  readonly merchantId: Uuid
  readonly id: Uuid
  readonly name: string
  readonly description?: string
  readonly currency: Currency
  /** For a whole period, in minor units. */
  readonly amount: bigint
  readonly trialDays: number
  /** Nobody new may subscribe. */
  readonly closedAt?: Date
  readonly createdBy: PlanMaker
  readonly createdAt: Date
  /** Where anybody subscribes, signed. */
  readonly url: string
}
