import type pg from 'pg'
import { keysetOf, type ListOrder } from '../db/list-order'
import type { Uuid } from '../ids'
import type { Currency } from '../money/currency'
import type { Locale } from '../payments/payment'
import type { Account, AccountActor, AccountKind, AccountLimits, AccountRefusal } from './account'
import { type AccountRow, readAccount } from './read-account'

/** When and where it is: the counters of an account are shown as of the zone's day. */
export interface Moment {
  readonly now: Date
  readonly zone: string
}

const SELECT = `
  select x.*, account_available(x, x.balance, x.held, x.month_used) as available, x.pin_hash is not null as has_pin,
    x.pin_tries >= 5 as pin_locked
  from account a cross join lateral account_at(a, $1, $2) x`

/** A mobile number as an account keeps it: sealed, found again by a keyed hash. */
export interface SealedMobile {
  readonly sealed: Uint8Array
  readonly print: Uint8Array
  readonly masked: string
}

export interface AccountToInsert {
  readonly id: Uuid
  readonly fingerprint: Uint8Array
  readonly sealedNumber: Uint8Array
  readonly keyId: string
  readonly lastFour: string
  readonly kind: AccountKind
  readonly currency: Currency
  readonly issuerId: Uuid
  readonly shopperId?: Uuid
  readonly nickname: string
  readonly locale: Locale
  readonly limits: AccountLimits
  readonly creditLimit?: bigint
  readonly threshold?: bigint
  readonly validUntil?: Date
  readonly mobile?: SealedMobile
  readonly pinHash?: string
}

/** False when another account has the number: then another one is drawn. */
export async function insertAccount(pool: pg.Pool, account: AccountToInsert, { now, zone }: Moment): Promise<boolean> {
  const { limits, mobile } = account
  const { rowCount } = await pool.query(
    `insert into account (id, fingerprint, sealed_number, key_id, last_four, kind, currency, issuer_id, shopper_id, nickname,
       locale, purchase_limit, day_limit, month_limit, credit_limit, limits_changed_at, counted_day, threshold, valid_until,
       sealed_mobile, mobile_print, mobile_masked, pin_hash, created_at, claimed_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16::timestamptz,
       ($16::timestamptz at time zone $17)::date, $18, $19, $20, $21, $22, $23, $16,
       case when $9::uuid is null then null else $16::timestamptz end)
     on conflict (fingerprint) do nothing`,
    [
      account.id,
      Buffer.from(account.fingerprint),
      Buffer.from(account.sealedNumber),
      account.keyId,
      account.lastFour,
      account.kind,
      account.currency,
      account.issuerId,
      account.shopperId ?? null,
      account.nickname,
      account.locale,
      limits.perPurchase ?? null,
      limits.perDay ?? null,
      limits.perMonth ?? null,
      account.creditLimit ?? null,
      now,
      zone,
      account.threshold ?? null,
      account.validUntil ?? null,
      mobile ? Buffer.from(mobile.sealed) : null,
      mobile ? Buffer.from(mobile.print) : null,
      mobile?.masked ?? null,
      account.pinHash ?? null,
    ],
  )
  return rowCount === 1
}

export async function findAccount(pool: pg.Pool, id: Uuid, at: Moment): Promise<Account | undefined> {
  return (await select(pool, at, 'account', 'where a.id = $3', [id]))[0]
}

/** Those of a list that there are; one prepared statement for all who ask at the same moment. */
export async function findAccounts(pool: pg.Pool, ids: readonly Uuid[], at: Moment): Promise<(Account | undefined)[]> {
  const found = await select(pool, at, 'accounts', 'where a.id = any($3)', [ids])
  const byId = new Map(found.map((account) => [account.id, account]))
  return ids.map((id) => byId.get(id))
}

export async function findAccountByPrint(
  pool: pg.Pool,
  fingerprint: Uint8Array,
  at: Moment,
): Promise<Account | undefined> {
  return (await select(pool, at, 'account_number', 'where a.fingerprint = $3', [Buffer.from(fingerprint)]))[0]
}

export function findAccountsByMobile(pool: pg.Pool, print: Uint8Array, at: Moment): Promise<Account[]> {
  return select(pool, at, 'account_mobile', 'where a.mobile_print = $3 order by a.id', [Buffer.from(print)])
}

export function findAccountsOfShopper(pool: pg.Pool, shopperId: Uuid, at: Moment): Promise<Account[]> {
  return select(pool, at, 'account_shopper', 'where a.shopper_id = $3 order by a.id', [shopperId])
}

/** What an operator's list is narrowed to. */
export interface AccountFilter {
  readonly fingerprint?: Uint8Array
  readonly mobilePrint?: Uint8Array
  readonly lastFour?: string
  readonly holder?: string
  readonly state?: 'usable' | 'suspended' | 'lost' | 'expired'
  readonly issuerId?: Uuid
  /** The newest first where nothing is said. */
  readonly order?: ListOrder | undefined
  /** Where the page before ended. */
  readonly before?: Uuid
  readonly limit: number
}

const STATES = {
  usable: 'a.suspended_at is null and a.lost_at is null and (a.valid_until is null or a.valid_until > $1)',
  suspended: 'a.suspended_at is not null',
  lost: 'a.lost_at is not null',
  expired: 'a.valid_until <= $1',
} as const

export function searchAccounts(pool: pg.Pool, filter: AccountFilter, at: Moment): Promise<Account[]> {
  const values: unknown[] = []
  const bind = (value: unknown) => `$${values.push(value) + 2}`
  const { direction, beyond } = keysetOf(filter.order)
  const conditions = [
    filter.fingerprint && `a.fingerprint = ${bind(Buffer.from(filter.fingerprint))}`,
    filter.mobilePrint && `a.mobile_print = ${bind(Buffer.from(filter.mobilePrint))}`,
    filter.lastFour !== undefined && `a.last_four = ${bind(filter.lastFour)}`,
    filter.issuerId && `a.issuer_id = ${bind(filter.issuerId)}`,
    filter.before && `a.id ${beyond} ${bind(filter.before)}`,
    filter.state && STATES[filter.state],
    filter.holder !== undefined &&
      `a.shopper_id in (select p.id from person p
         where position(lower(${bind(filter.holder)}) in lower(p.name || ' ' || p.email)) > 0)`,
  ].filter((condition) => typeof condition === 'string')
  const where = conditions.length === 0 ? '' : `where ${conditions.join(' and ')}`
  return select(pool, at, undefined, `${where} order by a.id ${direction} limit ${bind(filter.limit)}`, values)
}

async function select(
  pool: pg.Pool,
  { now, zone }: Moment,
  name: string | undefined,
  where: string,
  values: readonly unknown[],
): Promise<Account[]> {
  const { rows } = await pool.query<AccountRow>({
    ...(name !== undefined && { name }),
    text: `${SELECT} ${where}`,
    values: [now, zone, ...values],
  })
  return rows.map((row) => readAccount(row, now))
}

/** Why so much could not be charged now; null when it could, undefined where there is no such account. */
export async function findRefusal(
  pool: pg.Pool,
  id: Uuid,
  asked: { readonly amount: bigint; readonly currency: Currency },
  { now, zone }: Moment,
): Promise<AccountRefusal | null | undefined> {
  const { rows } = await pool.query<{ reason: AccountRefusal | null }>({
    name: 'account_check',
    text: `select account_refusal(x, $4, $5, $1, x.balance, x.held, x.month_used, x.day_used) as reason
           from account a cross join lateral account_at(a, $1, $2) x where a.id = $3`,
    values: [now, zone, id, asked.amount, asked.currency],
  })
  return rows[0]?.reason
}

/** Columns that a holder, the operator or the issuer sets; each change counts a version. */
export interface AccountChanges {
  readonly nickname?: string
  readonly limits?: { readonly limits: AccountLimits; readonly creditLimit?: bigint; readonly at: Date }
  readonly ownLimits?: { readonly limits: AccountLimits; readonly at: Date }
  readonly threshold?: { readonly value: bigint | undefined }
  readonly validUntil?: { readonly value: Date | undefined }
  readonly mobile?: { readonly value: (SealedMobile & { readonly keyId: string }) | undefined }
  readonly pinHash?: string
  readonly lost?: { readonly at: Date; readonly by: AccountActor } | 'lifted'
}

/** False where there is no such account, or it is not as the condition wants it. */
export async function changeAccount(pool: pg.Pool, id: Uuid, changes: AccountChanges): Promise<boolean> {
  const values: unknown[] = [id]
  const sets: string[] = []
  const set = (column: string, value: unknown) => sets.push(`${column} = $${values.push(value)}`)
  let condition = ''
  const { nickname, limits, ownLimits, threshold, validUntil, mobile, pinHash, lost } = changes
  if (nickname !== undefined) set('nickname', nickname)
  if (limits) {
    setLimits('', limits.limits, limits.at)
    set('credit_limit', limits.creditLimit ?? null)
    // What a postpaid account may use in a month is never unlimited (M-69).
    if (limits.limits.perMonth === undefined) condition = " and kind <> 'postpaid'"
  }
  if (ownLimits) setLimits('own_', ownLimits.limits, ownLimits.at)
  if (threshold) set('threshold', threshold.value ?? null)
  if (validUntil) set('valid_until', validUntil.value ?? null)
  if (mobile) {
    const { value } = mobile
    set('sealed_mobile', value ? Buffer.from(value.sealed) : null)
    set('mobile_print', value ? Buffer.from(value.print) : null)
    set('mobile_masked', value?.masked ?? null)
    // Number and telephone are sealed with one key: while an older one is in use, the telephone is not changed.
    if (value) condition = ` and key_id = $${values.push(value.keyId)}`
  }
  if (pinHash !== undefined) {
    set('pin_hash', pinHash)
    set('pin_tries', 0)
  }
  if (lost) {
    set('lost_at', lost === 'lifted' ? null : lost.at)
    set('lost_by', lost === 'lifted' ? null : lost.by)
    if (lost !== 'lifted') condition = ' and lost_at is null'
  }
  const { rowCount } = await pool.query(
    `update account set ${sets.join(', ')}, version = version + 1 where id = $1${condition}`,
    values,
  )
  return rowCount === 1

  function setLimits(prefix: '' | 'own_', { perPurchase, perDay, perMonth }: AccountLimits, at: Date): void {
    set(`${prefix}purchase_limit`, perPurchase ?? null)
    set(`${prefix}day_limit`, perDay ?? null)
    set(`${prefix}month_limit`, perMonth ?? null)
    set('limits_changed_at', at)
  }
}

export async function suspendAccount(
  pool: pg.Pool,
  id: Uuid,
  { by, reason, at }: { by: AccountActor; reason?: string; at: Date },
): Promise<boolean> {
  // Whoever may lift it is who set it first; the operator's word goes before the holder's own.
  const { rowCount } = await pool.query(
    `update account set suspended_at = $2, suspended_by = $3, suspended_reason = $4, version = version + 1
     where id = $1 and (suspended_at is null or (suspended_by->>'kind' = 'shopper' and $3::jsonb->>'kind' <> 'shopper'))`,
    [id, at, by, reason ?? null],
  )
  return rowCount === 1
}

export async function resumeAccount(pool: pg.Pool, id: Uuid, by: AccountActor): Promise<boolean> {
  const { rowCount } = await pool.query(
    `update account set suspended_at = null, suspended_by = null, suspended_reason = null, version = version + 1
     where id = $1 and suspended_at is not null
       and ($2 = 'operator' or suspended_by->>'kind' = $2 or (suspended_by->>'kind' = 'shopper' and $2 <> 'shopper'))`,
    [id, by.kind],
  )
  return rowCount === 1
}

/** The hash of the PIN, with one try counted; undefined when none is left, or there is no PIN. */
export async function countPinTry(pool: pg.Pool, id: Uuid): Promise<{ pinHash: string; tries: number } | undefined> {
  const { rows } = await pool.query<{ pin_hash: string; pin_tries: number }>(
    `update account set pin_tries = pin_tries + 1 where id = $1 and pin_tries < 5 and pin_hash is not null
     returning pin_hash, pin_tries`,
    [id],
  )
  const [row] = rows
  return row && { pinHash: row.pin_hash, tries: row.pin_tries }
}

/** The right PIN was given: wrong tries before it are forgotten. */
export async function forgetPinTries(pool: pg.Pool, id: Uuid, pinHash: string): Promise<void> {
  await pool.query('update account set pin_tries = 0 where id = $1 and pin_hash = $2', [id, pinHash])
}

export async function claimAccount(pool: pg.Pool, id: Uuid, shopperId: Uuid, at: Date): Promise<boolean> {
  const { rowCount } = await pool.query(
    `update account set shopper_id = $2, claimed_at = $3, version = version + 1
     where id = $1 and (shopper_id is null or shopper_id = $2)`,
    [id, shopperId, at],
  )
  return rowCount === 1
}

export async function findSealedNumber(
  pool: pg.Pool,
  id: Uuid,
): Promise<{ sealedNumber: Uint8Array<ArrayBuffer>; keyId: string } | undefined> {
  const { rows } = await pool.query<{ sealedNumber: Uint8Array<ArrayBuffer>; keyId: string }>(
    'select sealed_number as "sealedNumber", key_id as "keyId" from account where id = $1',
    [id],
  )
  return rows[0]
}

export interface SealedAccount {
  readonly id: Uuid
  readonly sealed_number: Uint8Array<ArrayBuffer>
  readonly sealed_mobile: Uint8Array<ArrayBuffer> | null
  readonly key_id: string
}

/** Accounts that were sealed with another key than this, at most so many. */
export async function findSealedByOthers(pool: pg.Pool, keyId: string, limit: number): Promise<SealedAccount[]> {
  const { rows } = await pool.query<SealedAccount>(
    'select id, sealed_number, sealed_mobile, key_id from account where key_id <> $1 limit $2',
    [keyId, limit],
  )
  return rows
}

/** An account as it is sealed; undefined where there is none, or this key has sealed it. */
export async function findSealedByOther(pool: pg.Pool, keyId: string, id: Uuid): Promise<SealedAccount | undefined> {
  const { rows } = await pool.query<SealedAccount>(
    'select id, sealed_number, sealed_mobile, key_id from account where id = $1 and key_id <> $2',
    [id, keyId],
  )
  return rows[0]
}

/** Writes an account sealed anew, unless it was written meanwhile. */
export async function replaceSealed(
  pool: pg.Pool,
  { id, key_id: was }: SealedAccount,
  sealed: { number: Uint8Array; mobile: Uint8Array | null; keyId: string },
): Promise<void> {
  await pool.query(
    'update account set sealed_number = $3, sealed_mobile = $4, key_id = $5 where id = $1 and key_id = $2',
    [id, was, Buffer.from(sealed.number), sealed.mobile && Buffer.from(sealed.mobile), sealed.keyId],
  )
}
