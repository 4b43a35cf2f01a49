import type { Vault } from '../cards/vault'
import type { Database } from '../db/database'
import type { Uuid } from '../ids'

interface Row {
  readonly merchant_id: Uuid
  readonly payment_id: Uuid
  readonly sealed_number: Uint8Array<ArrayBuffer>
  readonly key_id: string
}

/**
 * Seals a batch of the numbers that CAMARA payments are charged to again with the key in use. Any number of these may
 * run, beside payments. What is sealed of sinks and tokens is not: it runs out by itself, and the older keys open it.
 * @returns how many; 0 when none is left
 */
export async function rotateNumbers({ pool }: Database, vault: Vault, batch: number): Promise<number> {
  const { rows } = await pool.query<Row>(
    'select merchant_id, payment_id, sealed_number, key_id from camara_payment where key_id <> $1 limit $2',
    [vault.keyId, batch],
  )
  for (const { merchant_id: ownerId, payment_id: id, sealed_number: sealedNumber, key_id: keyId } of rows) {
    const place = { kind: 'camara', ownerId, id } as const
    const anew = vault.seal(place, vault.open(place, { sealedNumber, keyId }))
    await pool.query(
      `update camara_payment set sealed_number = $4, key_id = $5
       where merchant_id = $1 and payment_id = $2 and key_id = $3`,
      [ownerId, id, keyId, anew.sealedNumber, anew.keyId],
    )
  }
  return rows.length
}
