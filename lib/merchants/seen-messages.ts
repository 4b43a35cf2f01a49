import type { Clock } from '../clock'
import type { Database } from '../db/database'
import type { Uuid } from '../ids'
import { deleteExpiredSeen, insertSeen } from './message-store'

/** Names of signed and encrypted messages that were accepted, so that none is accepted twice (P5.2, P5.3). */
export interface SeenMessages {
  /**
   * True for the first caller only, in any process.
   * @param until from when on the message would be refused for its age alone
   */
  isFirst(tenantId: Uuid, name: string, until: Date): Promise<boolean>
  /** Forgets names that no longer protect anything. A job's work. */
  removeExpired(limit: number): Promise<number>
}

export function createSeenMessages({ database, clock }: { database: Database; clock: Clock }): SeenMessages {
  return {
    isFirst: (tenantId, name, until) => insertSeen(database.pool, tenantId, name, until),
    removeExpired: (limit) => deleteExpiredSeen(database.pool, clock.now(), limit),
  }
}
