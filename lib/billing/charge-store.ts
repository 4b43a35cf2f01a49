import type pg from 'pg'
import { createBatch } from '../db/batch'
import { again } from '../db/database'
import type { Uuid } from '../ids'
import type { OutgoingMessage } from '../messages/message'
import type { DeclineReason } from '../payments/decline-reason'
import { bigintAsText } from '../payments/store'

/** Which leg of which payment. */
export interface ChargePlace {
  readonly merchantId: Uuid
  readonly paymentId: Uuid
  readonly attempt: number
  readonly leg: number
}

export interface NewHold extends ChargePlace {
  readonly lineId: Uuid
  readonly amount: bigint
  readonly currency: string
  readonly centre: string
  readonly zone: string
  readonly description: string
  readonly subscriberRef: string
  readonly lineKind: string
  readonly monthlyCap?: bigint
  /** Used up by the charge; absent where possession was proved elsewhere. */
  readonly codeId?: Uuid
  readonly at: Date
}

export interface HoldToRelease extends ChargePlace {
  readonly lineId: Uuid
  readonly system: string
  readonly centre: string
  readonly zone: string
  readonly amount: bigint
  readonly currency: string
  readonly description: string
  readonly at: Date
}

export type HoldResult = { kind: 'held' } | { kind: 'refused'; reason: DeclineReason }
/** How money comes back: it is never billed, it is taken off the next bill, or people pay it out. */
export type GivenBackWay = 'not-billed' | 'next-bill' | 'by-hand'

/** The only place where charges are written; the rules are SQL functions in the migrations. */
export interface ChargeStore {
  hold(hold: NewHold): Promise<HoldResult>
  approve(place: ChargePlace, at: Date, messages: readonly OutgoingMessage[]): Promise<{ kind: 'done' | 'refused' }>
  release(hold: HoldToRelease): Promise<{ kind: 'done' | 'refused' }>
  giveBack(
    place: ChargePlace,
    back: { reference: string; amount: bigint; at: Date; messages: readonly OutgoingMessage[] },
  ): Promise<{ kind: 'done'; way: GivenBackWay } | { kind: 'refused' }>
  wayOf(place: ChargePlace): Promise<GivenBackWay | undefined>
}

// As for payments: more at once, or more in one call, no longer raises what PostgreSQL carries.
const BATCH = { calls: 2, largest: 64 }

export function createChargeStore(pool: pg.Pool): ChargeStore {
  const hold = createBatch<NewHold, HoldResult>((batch) => ask(pool, 'hold_phone_charges', batch), {
    ...BATCH,
    order: ({ lineId }) => lineId,
  })

  return {
    hold,
    approve: (place, at, messages) => ask(pool, 'approve_phone_charge', { ...place, at, messages }),
    release: (released) => ask(pool, 'release_phone_charge', released),
    giveBack: (place, back) => ask(pool, 'give_back_phone_charge', { ...place, ...back }),
    async wayOf({ merchantId, paymentId, attempt, leg }) {
      const { rows } = await pool.query<{ way: GivenBackWay | null }>(
        `select phone_refund_way(state) as way from phone_charge
         where merchant_id = $1 and payment_id = $2 and attempt = $3 and leg = $4`,
        [merchantId, paymentId, attempt, leg],
      )
      return rows[0]?.way ?? undefined
    },
  }
}

async function ask<Result>(
  pool: pg.Pool,
  name: 'hold_phone_charges' | 'approve_phone_charge' | 'release_phone_charge' | 'give_back_phone_charge',
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
