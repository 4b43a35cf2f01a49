import type pg from 'pg'
import { createBatch } from '../db/batch'
import { again } from '../db/database'
import { isUniqueViolation } from '../db/sql-state'
import type { Uuid } from '../ids'
import type { Currency } from '../money/currency'
import { bigintAsText } from '../payments/store'
import type { AccountRefusal, AccountRequest } from './account'

/** A request to the functions of the database: its reference, and when it was made. */
export interface StoredRequest extends AccountRequest {
  /** Hexadecimal. */
  readonly fingerprint: string
  readonly at: Date
}

export interface ChargeToMake extends StoredRequest {
  readonly mode: 'charge' | 'reserve'
  readonly currency: Currency
  readonly description: string
  readonly shop: string
  readonly ownOnly: boolean
  readonly paymentId?: Uuid
  readonly expiresAt?: Date
  readonly accounts: readonly Uuid[]
  readonly amounts: readonly bigint[]
  readonly ids: readonly Uuid[]
}

/** An answer as the database writes it; amounts are decimal text. */
export interface StoredCharge {
  readonly id: Uuid
  readonly accountId: Uuid
  readonly amount: string
  readonly balance: string
}

export interface StoredReservation {
  readonly merchantId: Uuid
  readonly id: Uuid
  readonly accountId: Uuid
  readonly requester: string
  readonly reference: string
  readonly state: 'open' | 'charged' | 'released' | 'expired'
  readonly currency: Currency
  readonly reserved: string
  readonly charged: string
  readonly held: string
  readonly expiresAt: string | null
  readonly createdAt: string
}

export type StoredAnswer<Reason extends string> =
  | {
      kind: 'charged' | 'refunded' | 'topped-up' | 'redeemed'
      charges: [StoredCharge, ...StoredCharge[]]
      currency: Currency
      at: string
      repeated?: true
    }
  | { kind: 'reserved'; reservationId: Uuid; repeated?: true }
  | { kind: 'done'; reservation: StoredReservation }
  | { kind: 'refused'; reason: Reason; part?: number; repeated?: true }
  | { kind: 'reference-reused' }

/** The SQL functions that move money of accounts: the only place where balances are written. */
export interface MoneyStore {
  charge(charge: ChargeToMake): Promise<StoredAnswer<AccountRefusal>>
  ask<Answer>(name: MoneyFunction, request: object): Promise<Answer>
  expire(now: Date, most: number): Promise<number>
}

/** Those that tell the holder also take where the holder may object. */
const told = {
  charge_reservation: true,
  refund_account_charge: true,
  top_up_account: true,
  redeem_voucher: true,
  reserve_more: false,
  release_reservation: false,
  void_account_leg: false,
} as const
export type MoneyFunction = keyof typeof told

// As for payments: more at once, or more in one call, no longer raises what PostgreSQL carries.
const BATCH = { calls: 2, largest: 64 }
/** Of two requests with one reference at once the later is undone by the reference's key, and finds the answer then. */
const MOST_TRIES = 3

export function createMoneyStore(
  pool: pg.Pool,
  { zone, objectAt }: { readonly zone: string; readonly objectAt: string },
): MoneyStore {
  const charge = createBatch<ChargeToMake, StoredAnswer<AccountRefusal>>(
    (batch) => call(pool, 'charge_accounts', '$1::jsonb, $2, $3', [written(batch), zone, objectAt]),
    { ...BATCH, order: ({ accounts }) => accounts[0] ?? '' },
  )
  return {
    charge: (request) => afresh(() => charge(request)),
    ask: (name, request) =>
      afresh(() =>
        told[name]
          ? call(pool, name, '$1::jsonb, $2, $3', [written(request), zone, objectAt])
          : call(pool, name, '$1::jsonb, $2', [written(request), zone]),
      ),
    expire: (now, most) => call(pool, 'expire_reservations', '$1, $2, $3', [now, most, zone]),
  }
}

const written = (request: object) => JSON.stringify(request, bigintAsText)

async function afresh<T>(work: () => Promise<T>): Promise<T> {
  for (let tried = 1; ; tried++) {
    try {
      return await work()
    } catch (error) {
      if (tried === MOST_TRIES || !isUniqueViolation(error)) throw error
    }
  }
}

async function call<Result>(
  pool: pg.Pool,
  name: MoneyFunction | 'charge_accounts' | 'expire_reservations',
  parameters: string,
  values: unknown[],
): Promise<Result> {
  const { rows } = await again(() =>
    pool.query<{ result: Result }>({ name, text: `select ${name}(${parameters}) as result`, values }),
  )
  return rows[0]!.result
}
