import type pg from 'pg'
import type { Vault } from '../cards/vault'
import type { Clock } from '../clock'
import { type Uuid, uuidAt } from '../ids'
import { invariant } from '../invariant'
import { HOUSE_MERCHANT } from '../merchants/house'
import type { Money } from '../money/money'
import type { AccountActor, VoucherBatch, VoucherResult, VouchersDecided } from './account'
import { readCharge } from './account-money'
import type { MoneyStore, StoredAnswer } from './money-store'
import { drawVoucherCode, readVoucherCode } from './voucher-code'
import {
  agreeToBatch,
  findVoucherBatch,
  findVoucherBatches,
  insertBatch,
  refuseBatch,
  withdrawBatch,
} from './voucher-store'

/** Prepaid value by codes: each fills one account once. */
export interface Vouchers {
  /** Says what vouchers there should be, at most 10,000; there are none before a second person agrees (P6.3). */
  proposeVouchers(wanted: {
    readonly value: Money
    readonly count: number
    readonly expiresAt: Date
    readonly note?: string
    readonly by: AccountActor
  }): Promise<VoucherBatch>
  /**
   * The second person decides, who is not the first. With a yes the codes are made.
   * @returns the codes too, this once: only their hashes are stored
   */
  decideVouchers(
    batchId: Uuid,
    decision: { readonly agreed: boolean; readonly by: AccountActor },
  ): Promise<VouchersDecided>
  /** The newest first. */
  voucherBatches(page: { readonly before?: Uuid; readonly limit: number }): Promise<VoucherBatch[]>
  /** What is left of a batch is worth nothing any more; one that is only proposed comes to nothing. */
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
    async proposeVouchers({ value, count, expiresAt, note = '', by }) {
      invariant(
        count > 0 && count <= LARGEST_BATCH && value.amount > 0n,
        'a batch of vouchers is of a size that is made',
      )
      const now = clock.now()
      return insertBatch(pool, { id: uuidAt(now), value, count, note, expiresAt, proposedBy: by, createdAt: now })
    },

    async decideVouchers(batchId, { agreed, by }) {
      const at = clock.now()
      if (!agreed) return { kind: (await refuseBatch(pool, batchId, { by, at })) ? 'refused' : 'gone' }
      const batch = await findVoucherBatch(pool, batchId)
      if (batch?.state !== 'proposed') return { kind: 'gone' }
      const codes = Array.from({ length: batch.count }, drawVoucherCode)
      const prints = codes.map((code) => printOf(code.replaceAll('-', '')))
      return (await agreeToBatch(pool, batchId, { by, at, prints })) ? { kind: 'made', codes } : { kind: 'gone' }
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
