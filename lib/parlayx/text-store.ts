import type pg from 'pg'
import type { Sealed } from '../cards/vault'
import { Prisma } from '../db/generated/client'
import type { Uuid } from '../ids'
import type { OutgoingMessage } from '../messages/message'
import type { DeliveryStatus } from './interfaces/sms'

type Tx = Prisma.TransactionClient

/** Requests that came together are counted one after the other: their numbers are locked until the transaction ends. */
export async function countSince(
  tx: Tx,
  { merchantId, prints, since }: { merchantId: Uuid; prints: readonly Uint8Array[]; since: Date },
): Promise<number> {
  const list = Prisma.join(prints.map((print) => Buffer.from(print)))
  await tx.$queryRaw`
    select from (select hashtextextended(encode(p, 'hex'), 700) as key from unnest(array[${list}]::bytea[]) as p
      order by 1) as named, lateral (select pg_advisory_xact_lock(named.key)) as locked`
  const rows = await tx.$queryRaw<{ most: number }[]>`
    select coalesce(max(n), 0)::int as most from (
      select count(*) as n from open_sms_address
      where print = any(array[${list}]::bytea[]) and merchant_id = ${merchantId}::uuid and created_at > ${since}
      group by print) as counted`
  return rows[0]?.most ?? 0
}

export async function isCorrelatorUsed(tx: Tx, applicationId: Uuid, correlator: string): Promise<boolean> {
  return (await tx.openSms.count({ where: { applicationId, receiptCorrelator: correlator } })) > 0
}

interface TextRow extends Sealed {
  readonly message: OutgoingMessage
  readonly print: Uint8Array<ArrayBuffer>
}

/** A request with a row of the outbox for each telephone, in one transaction. */
export async function insertTexts(
  tx: Tx,
  request: {
    readonly merchantId: Uuid
    readonly id: Uuid
    readonly applicationId: Uuid
    readonly receipt?: { readonly endpoint: string; readonly correlator: string }
    readonly at: Date
  },
  rows: readonly TextRow[],
): Promise<void> {
  const { merchantId, id, applicationId, receipt, at } = request
  await tx.openSms.create({
    data: {
      ...{ merchantId, id, applicationId, createdAt: at },
      ...(receipt && { receiptEndpoint: receipt.endpoint, receiptCorrelator: receipt.correlator }),
    },
  })
  await tx.openSmsAddress.createMany({
    data: rows.map(({ message, print, sealedNumber, keyId }) => ({
      ...{ merchantId, smsId: id, messageId: message.id, print, sealedNumber, keyId, createdAt: at },
    })),
  })
  const outbox = JSON.stringify([{ merchantId, messages: rows.map(({ message }) => message) }])
  await tx.$executeRaw`select insert_messages(${outbox}::jsonb)`
}

/** What is known of each telephone's message now. */
export async function findStatuses(
  pool: pg.Pool,
  { merchantId, applicationId, id }: { merchantId: Uuid; applicationId: Uuid; id: Uuid },
): Promise<(Sealed & { readonly messageId: Uuid; readonly status: DeliveryStatus })[]> {
  const { rows } = await pool.query<{
    message_id: Uuid
    sealed_number: Buffer
    key_id: string
    status: DeliveryStatus
  }>(
    `select a.message_id, a.sealed_number, a.key_id, case
        when r.at is not null then case when r.error is null then 'DeliveredToTerminal'
          when r.error = 'unknown' then 'DeliveryUncertain' else 'DeliveryImpossible' end
        when m.state = 'due' then 'MessageWaiting'
        when m.state = 'sent' then 'DeliveredToNetwork'
        when l.error in ('no-answer', 'unknown') then 'DeliveryUncertain'
        else 'DeliveryImpossible' end as status
      from open_sms s
        join open_sms_address a on a.merchant_id = s.merchant_id and a.sms_id = s.id
        join message m on m.merchant_id = a.merchant_id and m.id = a.message_id
        left join lateral (select d.at, d.error from delivery d where d.merchant_id = m.merchant_id
          and d.message_id = m.id and d.target = 'receipt' order by d.try desc limit 1) r on true
        left join lateral (select d.error from delivery d where d.merchant_id = m.merchant_id
          and d.message_id = m.id and d.target <> 'receipt' order by d.try desc limit 1) l on true
      where s.merchant_id = $1 and s.id = $3 and s.application_id = $2 order by a.message_id`,
    [merchantId, applicationId, id],
  )
  return rows.map(({ message_id, sealed_number, key_id, status }) => ({
    ...{ messageId: message_id, keyId: key_id, status },
    sealedNumber: Uint8Array.from(sealed_number),
  }))
}
