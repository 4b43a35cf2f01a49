import type pg from 'pg'
import type { Vault } from '../cards/vault'
import type { Uuid } from '../ids'
import type { Sink } from './camara-payment'
import type { StoredSink } from './store'

/** Where the events of one payment or refund go, for the room that delivers them. */
export interface EventSinks {
  /** Undefined when it is closed: its owner said so, or the time of its token has run out. */
  find(merchantId: Uuid, of: { paymentId: Uuid; refundId?: Uuid }, now: Date): Promise<OpenSink | undefined>
  /** Its owner said that nobody is there any more (410). */
  close(merchantId: Uuid, of: { paymentId: Uuid; refundId?: Uuid }): Promise<void>
}

export interface OpenSink {
  readonly url: string
  readonly accessToken?: string
  readonly correlationId: string
}

/** Seals what a client gave of its sink: its token opens a door there. */
export function sealSink(vault: Vault, place: { ownerId: Uuid; id: Uuid }, sink: Sink): StoredSink {
  if (!sink.credential) return { url: sink.url }
  const { accessToken, until } = sink.credential
  const { sealedNumber, keyId } = vault.seal({ kind: 'camara-sink', ...place }, accessToken)
  return { url: sink.url, sealedCredential: withKey(keyId, sealedNumber), until }
}

/** The key's id travels in front: payments and refunds keep the credential in one column. */
function withKey(keyId: string, sealed: Uint8Array): Uint8Array {
  return Buffer.concat([Buffer.from(`${keyId}\n`), sealed])
}

export function createEventSinks({ pool, vault }: { pool: pg.Pool; vault: Vault }): EventSinks {
  const tableOf = (refundId: Uuid | undefined) =>
    refundId ? (['camara_refund', 'refund_id'] as const) : (['camara_payment', 'payment_id'] as const)

  return {
    async find(merchantId, { paymentId, refundId }, now) {
      const [table, column] = tableOf(refundId)
      const id = refundId ?? paymentId
      const { rows } = await pool.query<{
        sink: string
        sealed_credential: Buffer | null
        sink_until: Date | null
        correlation_id: string
      }>(
        `select sink, sealed_credential, sink_until, correlation_id from ${table}
         where merchant_id = $1 and ${column} = $2 and sink is not null and sink_closed_at is null`,
        [merchantId, id],
      )
      const [row] = rows
      if (!row || (row.sink_until && row.sink_until <= now)) return undefined
      const sealed = row.sealed_credential
      const end = sealed?.indexOf('\n') ?? -1
      return {
        url: row.sink,
        correlationId: row.correlation_id,
        ...(sealed && {
          accessToken: vault.open(
            { kind: 'camara-sink', ownerId: merchantId, id },
            {
              keyId: sealed.subarray(0, end).toString('ascii'),
              sealedNumber: Uint8Array.from(sealed.subarray(end + 1)),
            },
          ),
        }),
      }
    },

    async close(merchantId, { paymentId, refundId }) {
      const [table, column] = tableOf(refundId)
      await pool.query(
        `update ${table} set sink_closed_at = now() where merchant_id = $1 and ${column} = $2 and sink_closed_at is null`,
        [merchantId, refundId ?? paymentId],
      )
    },
  }
}
