import type { Database } from '../db/database'
import type { Uuid } from '../ids'
import { insertSeen } from './message-store'

/** Names of signed and encrypted messages that were accepted, so that none is accepted twice (P5.2, P5.3). */
export interface SeenMessages {
  /**
   * True for the first caller only, in any process.
   * @param until from when on the message would be refused for its age alone
   */
  isFirst(tenantId: Uuid, name: string, until: Date): Promise<boolean>
}

export function createSeenMessages({ database }: { database: Database }): SeenMessages {
  return {
    isFirst: (tenantId, name, until) => insertSeen(database.pool, tenantId, name, until),
  }
}
