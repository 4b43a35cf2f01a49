import type { Clock } from '../clock'
import type { Database } from '../db/database'
import { type Uuid, uuidAt } from '../ids'
import { findAuditEvents, insertAuditEvent } from './store'

/** Who did something: a person, whoever holds a merchant's API key, or whoever sent a message in a shop's name. */
export interface Actor {
  readonly kind: 'person' | 'api-key' | 'shop'
  readonly id: Uuid
  readonly name: string
  readonly role: string
  /** The address that a person's request came from; absent where it was none, and in lines older than this. */
  readonly from?: string | undefined
}

export interface AuditNote {
  /** The merchant, or the shopper, to whose trail it belongs. */
  readonly tenantId: Uuid
  readonly actor: Actor
  /** A deed of the access table, e.g. payment.refund. */
  readonly action: string
  /** On what: an identifier as people see it. */
  readonly object: string
  /** done, or why it was refused; begun where it is about to be done, and what came of it stands in a later line. */
  readonly outcome: string
  /** Never a secret, never more of a card than its last four digits. Amounts are minor units in decimal text. */
  readonly detail?: Readonly<Record<string, string>>
}

export interface AuditEvent extends AuditNote {
  readonly id: Uuid
  readonly at: Date
}

export interface AuditFilter {
  readonly action?: string
  readonly outcome?: string
  /** Only what was done to this. */
  readonly object?: string
  readonly since?: Date
  /** Events older than this one. */
  readonly before?: Uuid
  readonly limit: number
}

/** What people did, and what they were refused (P9.3). The database lets nobody change or delete a line of it. */
export interface Audit {
  note(event: AuditNote): Promise<void>
  /** The newest first. */
  list(tenantId: Uuid, filter: AuditFilter): Promise<AuditEvent[]>
}

/**
 * Does a deed between two lines: that it begins, and what came of it. Whoever dies between them leaves the first one, so that
 * nothing is done that the trail knows nothing of (P9.3).
 */
export async function audited<Result>(
  audit: Pick<Audit, 'note'>,
  line: Omit<AuditNote, 'outcome'>,
  deed: () => Promise<Result>,
  outcomeOf: (result: Result) => string,
): Promise<Result> {
  await audit.note({ ...line, outcome: 'begun' })
  const result = await deed()
  await audit.note({ ...line, outcome: outcomeOf(result) })
  return result
}

export function createAudit({ database, clock }: { database: Database; clock: Clock }): Audit {
  return {
    async note(event) {
      const at = clock.now()
      await insertAuditEvent(database.prisma, { ...event, id: uuidAt(at), at })
    },
    list: (tenantId, filter) => findAuditEvents(database.prisma, tenantId, filter),
  }
}
