import type pg from 'pg'

export interface Depth {
  readonly kind: string
  readonly count: number
  /** When the longest waiting one was due. */
  readonly oldestDueAt: Date | null
}

/** Messages of the outbox whose time has come. */
export async function outboxDepth(pool: pg.Pool): Promise<Depth[]> {
  const { rows } = await pool.query<Depth>(
    `select kind, count(*)::int as count, min(due_at) as "oldestDueAt" from message
     where due_at <= now() group by kind order by kind`,
  )
  return rows
}
