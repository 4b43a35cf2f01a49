import type pg from 'pg'
import { Prisma } from '../db/generated/client'
import type { Uuid } from '../ids'
import { type Currency, isCurrency } from '../money/currency'
import type { ChangedBy, Limit, LimitInForce, LimitScope } from './limits'

type Connection = Pick<Prisma.TransactionClient, 'phoneLimit' | 'phoneLine'>

interface Change {
  readonly by: ChangedBy
  readonly at: Date
}

const rowOf = (place: LimitScope) => ({ scope: place.scope, key: 'key' in place ? place.key : '' })

export async function findLimits(db: Connection, place: LimitScope): Promise<LimitInForce[]> {
  const rows = await db.phoneLimit.findMany({ where: rowOf(place), orderBy: { currency: 'asc' } })
  return rows.flatMap(({ currency, stoppedAt, changedAt, ...row }) =>
    isCurrency(currency)
      ? [
          {
            currency,
            changedAt,
            ...(stoppedAt ? { stoppedAt } : {}),
            ...(row.perPurchase === null ? {} : { perPurchase: row.perPurchase }),
            ...(row.perDay === null ? {} : { perDay: row.perDay }),
            ...(row.perMonth === null ? {} : { perMonth: row.perMonth }),
            ...(row.countPerDay === null ? {} : { countPerDay: row.countPerDay }),
            ...(row.countPerMonth === null ? {} : { countPerMonth: row.countPerMonth }),
          },
        ]
      : [],
  )
}

export async function putLimit(
  db: Connection,
  place: LimitScope,
  currency: Currency,
  limit: Limit,
  { by, at }: Change,
): Promise<void> {
  const row = { ...rowOf(place), currency }
  const columns = {
    perPurchase: limit.perPurchase ?? null,
    perDay: limit.perDay ?? null,
    perMonth: limit.perMonth ?? null,
    countPerDay: limit.countPerDay ?? null,
    countPerMonth: limit.countPerMonth ?? null,
    changedAt: at,
    changedBy: { ...by },
  }
  await db.phoneLimit.upsert({
    where: { scope_key_currency: row },
    create: { ...row, ...columns },
    update: columns,
  })
}

export async function stopScope(
  db: Connection,
  place: LimitScope,
  stoppedAt: Date | null,
  { by, at }: Change,
): Promise<boolean> {
  const { count } = await db.phoneLimit.updateMany({
    where: rowOf(place),
    data: { stoppedAt, changedAt: at, changedBy: { ...by } },
  })
  if (count > 0 || !stoppedAt) return count > 0
  // A scope without limits of its own is stopped by a row that has none.
  const row = { ...rowOf(place), currency: 'KRW' }
  await db.phoneLimit.create({ data: { ...row, stoppedAt, changedAt: at, changedBy: { ...by } } })
  return true
}

/** Why nothing at all can be put on phone bills at a shop now; undefined when something can. */
export async function findStop(
  pool: pg.Pool,
  merchantId: Uuid,
  currency: Currency,
): Promise<'stopped' | 'currency' | undefined> {
  const { rows } = await pool.query<{ stop: 'stopped' | 'currency' | null }>(
    `select case
       when exists (select from phone_limit where stopped_at is not null
         and ((scope = 'operator' and key = '') or (scope = 'merchant' and key = $1))) then 'stopped'
       when not exists (select from phone_limit where scope = 'operator' and key = '' and currency = $2) then 'currency'
     end as stop`,
    [merchantId, currency],
  )
  return rows[0]?.stop ?? undefined
}

/** Blocks a line; or unblocks it, if it may be by whoever wishes so. */
export async function setBlock(
  db: Connection,
  lineId: Uuid,
  block: Change | undefined,
  opener?: ChangedBy,
): Promise<boolean> {
  if (block) {
    const { count } = await db.phoneLine.updateMany({
      where: { id: lineId, blockedAt: null },
      data: { blockedAt: block.at, blockedBy: { ...block.by } },
    })
    return count === 1
  }
  const { count } = await db.phoneLine.updateMany({
    where: {
      id: lineId,
      blockedAt: { not: null },
      ...(opener && opener.kind !== 'operator' ? { blockedBy: { path: ['kind'], equals: opener.kind } } : {}),
    },
    data: { blockedAt: null, blockedBy: Prisma.DbNull },
  })
  return count === 1
}

export async function setMinorAllowed(db: Connection, lineId: Uuid, allowed: Change | undefined): Promise<void> {
  await db.phoneLine.update({
    where: { id: lineId },
    data: allowed
      ? { minorAllowedAt: allowed.at, minorAllowedBy: { ...allowed.by } }
      : { minorAllowedAt: null, minorAllowedBy: Prisma.DbNull },
  })
}
