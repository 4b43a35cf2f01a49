import type pg from 'pg'
import type { Vault } from '../cards/vault'
import type { Clock } from '../clock'
import { type Uuid, uuidAt } from '../ids'
import { invariant } from '../invariant'
import { HOUSE_MERCHANT } from '../merchants/house'
import type { Money } from '../money/money'
import type { AccountActor, VoucherBatch, VoucherResult } from './account'
import { readCharge } from './account-money'
import type { MoneyStore, StoredAnswer } from './money-store'
import { drawVoucherCode, readVoucherCode } from './voucher-code'
import { findVoucherBatches, insertVouchers, withdrawBatch } from './voucher-store'

/** Prepaid value by codes: each fills one account once. */
export interface Vouchers {
  /** @returns the codes too, this once: only their hashes are stored. At most 10,000. */
  createVouchers(wanted: {
    readonly value: Money
    readonly count: number
    readonly expiresAt: Date
    readonly note?: string
    readonly by: AccountActor
  }): Promise<{ readonly batch: VoucherBatch; readonly codes: readonly string[] }>
  /** The newest first. */
  voucherBatches(page: { readonly before?: Uuid; readonly limit: number }): Promise<VoucherBatch[]>
  /** What is left of a batch is worth nothing any more. */
  withdrawVouchers(batchId: Uuid): Promise<boolean>
  /** `triedBy` names who is guessing: wrong codes are counted for it and for the account, ten an hour. */
  redeemVoucher(request: {
    readonly accountId: Uuid
    readonly code: string
    readonly triedBy: string
    /** How the history names it. */
    readonly description?: string
  }): Promise<VoucherResult>
}

// The codes of a batch are made and written at once.
const LARGEST_BATCH = 10_000

export function createVouchers({
  pool,
  store,
  vault,
  clock,
}: {
  readonly pool: pg.Pool
  readonly store: MoneyStore
  readonly vault: Pick<Vault, 'fingerprint'>
  readonly clock: Clock
}): Vouchers {
  const printOf = (code: string) => vault.fingerprint(`voucher:${code}`)

  return {
    async createVouchers({ value, count, expiresAt, note = '', by }) {
      invariant(
        count > 0 && count <= LARGEST_BATCH && value.amount > 0n,
        'a batch of vouchers is of a size that is made',
      )
      const now = clock.now()
      const codes = Array.from({ length: count }, drawVoucherCode)
      const batch = { id: uuidAt(now), value, count, note, expiresAt, createdAt: now }
      await insertVouchers(pool, {
        ...batch,
        by,
        prints: codes.map((code) => printOf(code.replaceAll('-', ''))),
      })
      return { batch: { ...batch, redeemed: 0 }, codes }
    },

    voucherBatches: (page) => findVoucherBatches(pool, page),
    withdrawVouchers: (batchId) => withdrawBatch(pool, batchId, clock.now()),

    async redeemVoucher({ accountId, code, triedBy, description = '' }) {
      const at = clock.now()
      // What is no code at all is looked for and counted like one.
      const print = printOf(readVoucherCode(code) ?? '')
      const answer = await store.ask<StoredAnswer<Extract<VoucherResult, { kind: 'refused' }>['reason']>>(
        'redeem_voucher',
        {
          ...{ accountId, triedBy, description, at, id: uuidAt(at) },
          merchantId: HOUSE_MERCHANT,
          voucher: Buffer.from(print).toString('hex'),
          fingerprint: '',
          shop: '',
        },
      )
      if (answer.kind === 'refused') return { kind: 'refused', reason: answer.reason }
      invariant(answer.kind === 'redeemed', 'a voucher is redeemed or refused')
      return { kind: 'redeemed', movement: readCharge(answer.charges[0]), currency: answer.currency }
    },
  }
}
