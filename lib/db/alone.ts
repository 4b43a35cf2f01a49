import type pg from 'pg'

/**
 * Does work of one kind at one place, a billing centre or a bank, while nobody else does, over all processes. The lock belongs to
 * a database connection of its own: it goes with the process that holds it, however that ends, and no clock can expire it while
 * a large file is under way.
 *
 * @returns undefined when somebody else is at it
 */
export async function aloneAt<Value>(
  pool: pg.Pool,
  kind:
    | 'billing-write'
    | 'billing-send'
    | 'billing-results'
    | 'debit-files'
    | 'giro-read'
    | 'order-files'
    | 'statement-read',
  place: string,
  work: () => Promise<Value>,
): Promise<Value | undefined> {
  const client = await pool.connect()
  const key = [kind, place]
  let broken: Error | undefined
  const lose = (error: Error) => (broken = error)
  client.on('error', lose)
  try {
    const { rows } = await client.query<{ had: boolean }>(
      'select pg_try_advisory_lock(hashtext($1), hashtext($2)) as had',
      key,
    )
    if (!rows[0]!.had) return undefined
    try {
      return await work()
    } finally {
      await client.query('select pg_advisory_unlock(hashtext($1), hashtext($2))', key).catch(lose)
    }
  } finally {
    client.off('error', lose)
    client.release(broken)
  }
}
