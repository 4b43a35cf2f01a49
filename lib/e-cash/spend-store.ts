import type pg from 'pg'
import { createBatch } from '../db/batch'
import { again } from '../db/database'
import type { Uuid } from '../ids'
import type { DeclineReason } from '../payments/decline-reason'
import { bigintAsText } from '../payments/store'

/** One leg that a wallet pays, as the SQL functions of the migrations read it. */
export interface Spend {
  readonly merchantId: Uuid
  readonly paymentId: Uuid
  readonly attempt: number
  readonly leg: number
  readonly shopperId: Uuid
  readonly walletId: Uuid
  readonly amount: bigint
  readonly currency: string
  readonly description: string
  readonly at: Date
}

/** A spend that moves value: its posting, and the reference under which it moves once. */
export type MovingSpend = Spend & { readonly postingId: Uuid; readonly reference: string }

export type HoldResult = { kind: 'held' } | { kind: 'refused'; reason: DeclineReason }
export type DoneResult = { readonly kind: 'done' | 'refused' }

/** The only place where value moves out of wallets and back; the rules are SQL functions in the migrations. */
export interface SpendStore {
  hold(spend: Spend): Promise<HoldResult>
  settle(spend: MovingSpend): Promise<DoneResult>
  release(spend: Spend): Promise<DoneResult>
  giveBack(spend: MovingSpend): Promise<DoneResult>
}

// As for payments: more at once, or more in one call, no longer raises what PostgreSQL carries.
const BATCH = { calls: 2, largest: 64 }

export function createSpendStore(pool: pg.Pool): SpendStore {
  async function ask<Result>(
    name: 'hold_e_cash_all' | 'settle_e_cash' | 'release_e_cash' | 'return_e_cash',
    request: object,
  ): Promise<Result> {
    const { rows } = await again(() =>
      pool.query<{ result: Result }>({
        name,
        text: `select ${name}($1::jsonb) as result`,
        values: [JSON.stringify(request, bigintAsText)],
      }),
    )
    return rows[0]!.result
  }

  return {
    hold: createBatch<Spend, HoldResult>((batch) => ask('hold_e_cash_all', batch), {
      ...BATCH,
      order: ({ walletId }) => walletId,
    }),
    settle: (spend) => ask('settle_e_cash', spend),
    release: (spend) => ask('release_e_cash', spend),
    giveBack: (spend) => ask('return_e_cash', spend),
  }
}
