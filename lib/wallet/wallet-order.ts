import type { Clock } from '../clock'
import type { Database } from '../db/database'
import type { Uuid } from '../ids'
import type { MeansOrder } from './means-order'
import { findWalletOrder, keepWalletOrder } from './store'

/**
 * The payment selector (M-132): in which order a shopper is offered what they have with us, and what is tried first. Only
 * names are kept here; each means is where it always was, and a name whose means is gone is passed over.
 */
export interface WalletOrder {
  of(shopperId: Uuid): Promise<MeansOrder>
  /** From now on this order. False for what no wallet holds: too many, or no names of means. */
  arrange(shopperId: Uuid, order: readonly string[]): Promise<boolean>
  /** @param means is tried first from now on; undefined: none is */
  prefer(shopperId: Uuid, means: string | undefined): Promise<boolean>
}

const MOST_MEANS = 200
const MEANS = /^(?:e-cash|(?:card|line|account|mandate|bank):[0-9a-f-]{36})$/

export function createWalletOrder({
  database: { prisma },
  clock,
}: {
  readonly database: Pick<Database, 'prisma'>
  readonly clock: Clock
}): WalletOrder {
  return {
    async of(shopperId) {
      const row = await findWalletOrder(prisma, shopperId)
      return { order: row?.means ?? [], ...(row?.preferred && { preferred: row.preferred }) }
    },

    async arrange(shopperId, order) {
      const means = [...new Set(order)]
      if (means.length > MOST_MEANS || !means.every((name) => MEANS.test(name))) return false
      await keepWalletOrder(prisma, shopperId, { means, changedAt: clock.now() })
      return true
    },

    async prefer(shopperId, means) {
      if (means !== undefined && !MEANS.test(means)) return false
      await keepWalletOrder(prisma, shopperId, { preferred: means ?? null, changedAt: clock.now() })
      return true
    },
  }
}
