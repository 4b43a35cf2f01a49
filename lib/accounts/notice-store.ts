import type pg from 'pg'
import type { Uuid } from '../ids'
import type { OutgoingMessage } from '../messages/message'

/** Puts a message into the outbox that reports no fact of the books. */
export async function insertNotice(pool: pg.Pool, merchantId: Uuid, message: OutgoingMessage): Promise<void> {
  await pool.query('select insert_phone_messages($1, null, $2, null)', [merchantId, JSON.stringify([message])])
}
