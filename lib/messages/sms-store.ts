import type pg from 'pg'
import type { SmsReceipt } from '../gateways/sms/sms'
import type { Uuid } from '../ids'
import type { ClaimedMessage } from './store'

interface Message {
  readonly merchantId: Uuid
  readonly id: Uuid
}

/**
 * Notes that a message is about to be handed over. False when it was noted before: whoever did so has died since, and
 * the message may be out.
 */
export async function beginSms(pool: pg.Pool, { merchantId, id }: Message, now: Date): Promise<boolean> {
  const { rowCount } = await pool.query(
    'insert into sms_try (merchant_id, message_id, begun_at) values ($1, $2, $3) on conflict do nothing',
    [merchantId, id, now],
  )
  return rowCount === 1
}

/** The centre has nothing of it after all: it may be begun again. */
export async function forgetSms(pool: pg.Pool, { merchantId, id }: Message): Promise<void> {
  await pool.query('delete from sms_try where merchant_id = $1 and message_id = $2', [merchantId, id])
}

/** Once a message has ended, neither the number it went to, nor an application's words, nor the note of its try is needed any more. */
export async function wipeSms(pool: pg.Pool, { merchantId, id }: Message): Promise<void> {
  await pool.query(
    `with ended as (
        update message set payload = payload - 'sealedTo' - 'text' where merchant_id = $1 and id = $2 and state <> 'due'
        returning merchant_id, id
      )
      delete from sms_try t using ended e where t.merchant_id = e.merchant_id and t.message_id = e.id`,
    [merchantId, id],
  )
}

/** By which receipts will name the message's parts. */
export async function keepSmsParts(
  pool: pg.Pool,
  message: ClaimedMessage,
  centreIds: readonly string[],
  now: Date,
): Promise<void> {
  const { merchantId, id } = message
  await pool.query('select keep_sms_parts($1, $2, $3, $4, $5)', [merchantId, id, message.try, centreIds, now])
}

/** What became of a part. The same receipt again changes nothing, and so does a later one. */
export async function takeSmsReceipt(pool: pg.Pool, { centreId, state }: SmsReceipt, now: Date): Promise<void> {
  await pool.query('select take_sms_receipt($1, $2, $3)', [centreId, state, now])
}
