import type { Clock } from '../clock'
import type { Database } from '../db/database'
import type { Uuid } from '../ids'
import type { Currency } from '../money/currency'
import { findLimits, putLimit, setBlock, setMinorAllowed, stopScope } from './limit-store'

/** Whom a limit is set by: one line, one shop, one telco, or everybody. Each bounds what one line may be charged. */
export type LimitScope =
  | { readonly scope: 'operator' }
  | { readonly scope: 'telco'; readonly key: string }
  | { readonly scope: 'merchant'; readonly key: Uuid }
  | { readonly scope: 'line'; readonly key: Uuid }

/** Amounts are minor units; what is absent is not limited. Zero lets nothing through. */
export interface Limit {
  readonly perPurchase?: bigint
  readonly perDay?: bigint
  readonly perMonth?: bigint
  readonly countPerDay?: number
  readonly countPerMonth?: number
}

export interface LimitInForce extends Limit {
  readonly currency: Currency
  readonly stoppedAt?: Date
  readonly changedAt: Date
}

/** Who changed a limit or opened a line, kept beside it. */
export interface ChangedBy {
  readonly kind: 'operator' | 'merchant' | 'shopper' | 'subscriber' | 'guardian'
  readonly id: string
  readonly name: string
}

/** How much may be put on phone bills; the tightest limit wins, and a lowered one counts from the next purchase on (P7.2). */
export interface Limits {
  of(place: LimitScope): Promise<LimitInForce[]>
  set(place: LimitScope, currency: Currency, limit: Limit, by: ChangedBy): Promise<void>
  /** Stops the method within a scope at once, whatever the currency (P7.3). */
  stop(place: LimitScope, by: ChangedBy): Promise<void>
  resume(place: LimitScope, by: ChangedBy): Promise<void>
  /** Closes a line for purchases. */
  block(lineId: Uuid, by: ChangedBy): Promise<void>
  /** Opens it again: only for the kind of person who closed it, or the operator. */
  unblock(lineId: Uuid, by: ChangedBy): Promise<boolean>
  /** Lets a minor's line buy, or no longer: the guardian, or the operator on the guardian's word. */
  allowMinor(lineId: Uuid, allowed: boolean, by: ChangedBy & { kind: 'guardian' | 'operator' }): Promise<void>
}

export function createLimits({ database, clock }: { readonly database: Database; readonly clock: Clock }): Limits {
  const { prisma } = database
  return {
    of: (place) => findLimits(prisma, place),
    set: (place, currency, limit, by) => putLimit(prisma, place, currency, limit, { by, at: clock.now() }),
    async stop(place, by) {
      await stopScope(prisma, place, clock.now(), { by, at: clock.now() })
    },
    async resume(place, by) {
      await stopScope(prisma, place, null, { by, at: clock.now() })
    },
    async block(lineId, by) {
      await setBlock(prisma, lineId, { by, at: clock.now() })
    },
    unblock: (lineId, by) => setBlock(prisma, lineId, undefined, by),
    allowMinor: (lineId, allowed, by) => setMinorAllowed(prisma, lineId, allowed ? { by, at: clock.now() } : undefined),
  }
}
