import type pg from 'pg'
import type { Sealed } from '../cards/vault'
import type { Uuid } from '../ids'

/** What an application wants to be told. */
export interface StoredWatch {
  readonly applicationId: Uuid
  /** By which the application knows it. */
  readonly correlator: string
  readonly kind: 'account-change' | 'sms-receipt'
  readonly endpoint: string
  readonly accountId?: Uuid
  readonly watchId?: Uuid
}

interface WatchRow {
  application_id: Uuid
  correlator: string
  kind: StoredWatch['kind']
  endpoint: string
  account_id: Uuid | null
  watch_id: Uuid | null
}

const COLUMNS = 'application_id, correlator, kind, endpoint, account_id, watch_id'

function watchFrom({ application_id, correlator, kind, endpoint, account_id, watch_id }: WatchRow): StoredWatch {
  return {
    ...{ applicationId: application_id, correlator, kind, endpoint },
    ...(account_id && { accountId: account_id }),
    ...(watch_id && { watchId: watch_id }),
  }
}

/** False when the application uses the correlator already. */
export async function insertWatch(pool: pg.Pool, watch: StoredWatch, now: Date): Promise<boolean> {
  const { applicationId, correlator, kind, endpoint, accountId, watchId } = watch
  const { rowCount } = await pool.query(
    `insert into open_watch (${COLUMNS}, created_at) values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing`,
    [applicationId, correlator, kind, endpoint, accountId ?? null, watchId ?? null, now],
  )
  return rowCount === 1
}

export async function findWatch(
  pool: pg.Pool,
  applicationId: Uuid,
  correlator: string,
): Promise<StoredWatch | undefined> {
  const { rows } = await pool.query<WatchRow>(
    `select ${COLUMNS} from open_watch where application_id = $1 and correlator = $2`,
    [applicationId, correlator],
  )
  return rows[0] && watchFrom(rows[0])
}

export async function countWatches(pool: pg.Pool, applicationId: Uuid): Promise<number> {
  const { rows } = await pool.query<{ count: number }>(
    'select count(*)::int as count from open_watch where application_id = $1',
    [applicationId],
  )
  return rows[0]?.count ?? 0
}

/** @returns what was removed */
export async function removeWatch(
  pool: pg.Pool,
  applicationId: Uuid,
  correlator: string,
): Promise<StoredWatch | undefined> {
  const { rows } = await pool.query<WatchRow>(
    `delete from open_watch where application_id = $1 and correlator = $2 returning ${COLUMNS}`,
    [applicationId, correlator],
  )
  return rows[0] && watchFrom(rows[0])
}

export async function isApplicationLive(pool: pg.Pool, id: Uuid): Promise<boolean> {
  const { rowCount } = await pool.query('select from open_application where id = $1 and revoked_at is null', [id])
  return rowCount === 1
}

/** The number that a message of an application went to. */
export async function findAddress(pool: pg.Pool, merchantId: Uuid, messageId: Uuid): Promise<Sealed | undefined> {
  const { rows } = await pool.query<{ sealed_number: Buffer; key_id: string }>(
    'select sealed_number, key_id from open_sms_address where message_id = $2 and merchant_id = $1',
    [merchantId, messageId],
  )
  const [row] = rows
  return row && { sealedNumber: Uint8Array.from(row.sealed_number), keyId: row.key_id }
}
