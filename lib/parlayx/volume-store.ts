import type pg from 'pg'
import type { Uuid } from '../ids'
import type { VolumeTariff } from './rating'

export interface ReservationPlace {
  readonly merchantId: Uuid
  readonly reservationId: Uuid
}

export interface StoredVolume extends VolumeTariff {
  readonly currency: string
  readonly reservedVolume: bigint
  readonly chargedVolume: bigint
}

interface VolumeRow {
  currency: string
  price: bigint
  per_volume: bigint
  reserved_volume: bigint
  charged_volume: bigint
}

const PLACE = 'merchant_id = $1 and reservation_id = $2'

function volumeFrom(row: VolumeRow): StoredVolume {
  return {
    ...{ currency: row.currency, price: row.price, perVolume: row.per_volume },
    ...{ reservedVolume: row.reserved_volume, chargedVolume: row.charged_volume },
  }
}

export async function insertVolume(
  pool: pg.Pool,
  { merchantId, reservationId }: ReservationPlace,
  { currency, price, perVolume, reservedVolume }: Omit<StoredVolume, 'chargedVolume'>,
  now: Date,
): Promise<void> {
  await pool.query(
    `insert into open_volume (merchant_id, reservation_id, currency, price, per_volume, reserved_volume, created_at)
      values ($1, $2, $3, $4, $5, $6, $7)`,
    [merchantId, reservationId, currency, price, perVolume, reservedVolume, now],
  )
}

export async function findVolume(pool: pg.Pool, place: ReservationPlace): Promise<StoredVolume | undefined> {
  const { rows } = await pool.query<VolumeRow>(`select * from open_volume where ${PLACE}`, [
    place.merchantId,
    place.reservationId,
  ])
  return rows[0] && volumeFrom(rows[0])
}

/** False when it is no longer what it was. */
export async function growVolume(pool: pg.Pool, place: ReservationPlace, from: bigint, to: bigint): Promise<boolean> {
  const { rowCount } = await pool.query(
    `update open_volume set reserved_volume = $4 where ${PLACE} and reserved_volume = $3`,
    [place.merchantId, place.reservationId, from, to],
  )
  return rowCount === 1
}

type Begun =
  | { kind: 'begun'; amount: bigint; currency: string }
  | { kind: 'refused'; reason: 'missing' | 'exceeds' | 'reference-reused' }

/** Notes a charge under the lock of its reservation, rated by what was charged before. */
export async function beginCharge(
  pool: pg.Pool,
  { merchantId, reservationId }: ReservationPlace,
  { reference, volume }: { readonly reference: string; readonly volume: bigint },
  price: (tariff: VolumeTariff, before: bigint, further: bigint) => bigint,
): Promise<Begun> {
  const client = await pool.connect()
  try {
    await client.query('begin')
    const begun = await inTransaction(client)
    await client.query('commit')
    return begun
  } catch (error) {
    await client.query('rollback')
    throw error
  } finally {
    client.release()
  }

  async function inTransaction(tx: pg.PoolClient): Promise<Begun> {
    const { rows } = await tx.query<VolumeRow>(`select * from open_volume where ${PLACE} for update`, [
      merchantId,
      reservationId,
    ])
    if (!rows[0]) return { kind: 'refused', reason: 'missing' }
    const stored = volumeFrom(rows[0])
    const before = await tx.query<{ volume: bigint; amount: bigint }>(
      `select volume, amount from open_volume_charge where ${PLACE} and reference = $3`,
      [merchantId, reservationId, reference],
    )
    const [same] = before.rows
    if (same) {
      if (same.volume !== volume) return { kind: 'refused', reason: 'reference-reused' }
      return { kind: 'begun', amount: same.amount, currency: stored.currency }
    }
    if (stored.chargedVolume + volume > stored.reservedVolume) return { kind: 'refused', reason: 'exceeds' }
    const amount = price(stored, stored.chargedVolume, volume)
    await tx.query(
      `insert into open_volume_charge (merchant_id, reservation_id, reference, volume, amount)
        values ($1, $2, $3, $4, $5)`,
      [merchantId, reservationId, reference, volume, amount],
    )
    await tx.query(`update open_volume set charged_volume = charged_volume + $3 where ${PLACE}`, [
      merchantId,
      reservationId,
      volume,
    ])
    return { kind: 'begun', amount, currency: stored.currency }
  }
}

export async function forgetCharge(
  pool: pg.Pool,
  { merchantId, reservationId }: ReservationPlace,
  reference: string,
): Promise<void> {
  await pool.query(
    `with forgotten as (
        delete from open_volume_charge where ${PLACE} and reference = $3 returning volume
      )
      update open_volume set charged_volume = charged_volume - f.volume from forgotten f where ${PLACE}`,
    [merchantId, reservationId, reference],
  )
}
