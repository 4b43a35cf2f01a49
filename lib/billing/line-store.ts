import type pg from 'pg'
import type { Prisma } from '../db/generated/client'
import type { CallingNumber, LineKind } from '../gateways/telco/telco'
import type { Uuid } from '../ids'

export interface LineRow {
  readonly id: Uuid
  readonly kind: string
  readonly sealed_number: Uint8Array<ArrayBuffer>
  readonly sealed_notify: Uint8Array<ArrayBuffer> | null
  readonly key_id: string
  readonly masked: string
  readonly system: string
}

/** What is written of a line when its telco has been asked. */
export interface LineFacts {
  readonly id: Uuid
  readonly fingerprint: Uint8Array<ArrayBuffer>
  readonly kind: CallingNumber['kind']
  readonly sealedNumber: Uint8Array<ArrayBuffer>
  readonly sealedNotify: Uint8Array<ArrayBuffer> | null
  readonly keyId: string
  readonly masked: string
  readonly system: string
  readonly lineKind: LineKind | null
  readonly subscriberRef: string | null
  readonly monthlyCap: bigint | null
  /** YYYY-MM-DD */
  readonly minorUntil: string | null
  readonly at: Date
}

/** One prepared statement: every purchase on a phone bill asks. */
export async function findLine(pool: pg.Pool, lineId: Uuid): Promise<LineRow | undefined> {
  const { rows } = await pool.query<LineRow>({
    name: 'phone_line',
    text: 'select id, kind, sealed_number, sealed_notify, key_id, masked, system from phone_line where id = $1',
    values: [lineId],
  })
  return rows[0]
}

/** Lines that were sealed with another key than this, at most so many. */
export async function findLinesSealedByOthers(pool: pg.Pool, keyId: string, limit: number): Promise<LineRow[]> {
  const { rows } = await pool.query<LineRow>(
    `select id, kind, sealed_number, sealed_notify, key_id, masked, system from phone_line where key_id <> $1 limit $2`,
    [keyId, limit],
  )
  return rows
}

/** Writes a line sealed anew, unless it was written meanwhile. */
export async function replaceSealedLine(
  pool: pg.Pool,
  { id, key_id: was }: LineRow,
  sealed: { number: Uint8Array; notify: Uint8Array | null; keyId: string },
): Promise<boolean> {
  const { rowCount } = await pool.query(
    'update phone_line set sealed_number = $3, sealed_notify = $4, key_id = $5 where id = $1 and key_id = $2',
    [id, was, Buffer.from(sealed.number), sealed.notify && Buffer.from(sealed.notify), sealed.keyId],
  )
  return rowCount === 1
}

export async function findLineId(pool: pg.Pool, fingerprint: Uint8Array): Promise<Uuid | undefined> {
  const { rows } = await pool.query<{ id: Uuid }>('select id from phone_line where fingerprint = $1', [
    Buffer.from(fingerprint),
  ])
  return rows[0]?.id
}

/** Writes a line, or what is new of it; false when another has written it under its own id meanwhile. */
export async function putLine(pool: pg.Pool, line: LineFacts): Promise<boolean> {
  const { rowCount } = await pool.query(
    `insert into phone_line as l (id, fingerprint, kind, sealed_number, sealed_notify, key_id, masked, system, line_kind,
       subscriber_ref, monthly_cap, minor_until, created_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
     on conflict (fingerprint) do update set sealed_number = excluded.sealed_number, sealed_notify = excluded.sealed_notify,
       key_id = excluded.key_id, system = excluded.system, line_kind = coalesce(excluded.line_kind, l.line_kind),
       subscriber_ref = coalesce(excluded.subscriber_ref, l.subscriber_ref),
       monthly_cap = coalesce(excluded.monthly_cap, l.monthly_cap),
       minor_until = coalesce(excluded.minor_until, l.minor_until)
     where l.id = excluded.id`,
    [
      line.id,
      Buffer.from(line.fingerprint),
      line.kind,
      Buffer.from(line.sealedNumber),
      line.sealedNotify && Buffer.from(line.sealedNotify),
      line.keyId,
      line.masked,
      line.system,
      line.lineKind,
      line.subscriberRef,
      line.monthlyCap,
      line.minorUntil,
      line.at,
    ],
  )
  return rowCount === 1
}

type Connection = Pick<Prisma.TransactionClient, 'phoneLine' | 'shopperLine'>

/** The lines that a shopper has proved and not removed, in the order in which they came. */
export function findShopperLines(db: Connection, shopperId: Uuid) {
  return db.shopperLine.findMany({
    where: { shopperId, removedAt: null },
    include: { line: true },
    orderBy: [{ provenAt: 'asc' }, { lineId: 'asc' }],
  })
}

export function findShopperLine(db: Connection, shopperId: Uuid, lineId: Uuid) {
  return db.shopperLine.findFirst({ where: { shopperId, lineId, removedAt: null }, include: { line: true } })
}

/** A line that was removed earlier comes back as it was. */
export async function putShopperLine(
  db: Connection,
  line: { shopperId: Uuid; lineId: Uuid; nickname: string; at: Date },
): Promise<void> {
  const { shopperId, lineId, nickname, at } = line
  await db.shopperLine.upsert({
    where: { shopperId_lineId: { shopperId, lineId } },
    create: { shopperId, lineId, nickname, provenAt: at },
    update: { nickname, provenAt: at, removedAt: null },
  })
}

export async function changeShopperLine(
  db: Connection,
  shopperId: Uuid,
  lineId: Uuid,
  change: { nickname: string } | { removedAt: Date },
): Promise<boolean> {
  const { count } = await db.shopperLine.updateMany({ where: { shopperId, lineId, removedAt: null }, data: change })
  return count === 1
}

/** Locks a line for its shopper, or unlocks it: the row is the one under which purchases are checked. */
export async function setLock(db: Connection, lineId: Uuid, lock: { at: Date; by: Uuid } | undefined): Promise<void> {
  const data = lock ? { lockedAt: lock.at, lockedBy: lock.by } : { lockedAt: null, lockedBy: null }
  await db.phoneLine.update({ where: { id: lineId }, data })
}
