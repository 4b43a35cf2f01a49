import { type Clock, DAY_MS, later } from '../clock'
import type { Database } from '../db/database'
import type { Settings } from '../env'
import type { Uuid } from '../ids'
import type { Money } from '../money/money'
import type { CashDelivery } from './cash-delivery'
import { createReceiptTokens } from './receipt-token'
import { findDelivery } from './store'

/** What a buyer is handed at the door: nothing of where they live or what their number is. */
export interface CashReceipt {
  readonly merchantId: Uuid
  readonly orderName: string
  readonly amount: Money
  readonly number: string
  readonly courierName: string
  readonly takenAt: Date
  /** paid; or the order had just been cancelled, and the cash is being, or has been, given back. */
  readonly state: 'paid' | 'to-return' | 'given-back'
  /** Until when its address shows it. */
  readonly until: Date
}

/** Receipts for cash taken at the door, at addresses that fit into a QR code (M-111). */
export interface CashReceipts {
  /** The address of the receipt, for as long as its courier carries the cash. */
  addressOf(delivery: CashDelivery): string | undefined
  /** The receipt behind an address; undefined for one that we never made, or whose time is over. */
  behind(token: string): Promise<CashReceipt | undefined>
}

interface Parts {
  readonly database: Pick<Database, 'pool'>
  readonly clock: Clock
  readonly settings: Pick<Settings, 'FINGERPRINT_KEY' | 'WEB_URL'>
}

/** Scanned at the door, and kept for as long as somebody may want to show it to the shop at once. */
const GOOD_FOR_MS = 7 * DAY_MS

export function createCashReceipts({ database: { pool }, clock, settings }: Parts): CashReceipts {
  const tokens = createReceiptTokens(settings.FINGERPRINT_KEY)

  return {
    addressOf({ merchantId, id, state, handInId, changedAt: takenAt }) {
      if (state !== 'collected' || handInId) return undefined
      return `${settings.WEB_URL.replace(/\/$/, '')}/receipt/${tokens.write({ merchantId, id, takenAt })}`
    },

    async behind(token) {
      const subject = tokens.read(token)
      if (!subject) return undefined
      const { takenAt } = subject
      const until = later(takenAt, GOOD_FOR_MS)
      if (until <= clock.now()) return undefined
      const delivery = await findDelivery(pool, subject.merchantId, subject.id)
      if (!delivery?.receiptNumber || !delivery.courier) return undefined
      const { merchantId, orderName, amount, receiptNumber: number, courier, state } = delivery
      return {
        ...{ merchantId, orderName, amount, number, courierName: courier.name, takenAt, until },
        state: state === 'to-return' || state === 'given-back' ? state : 'paid',
      }
    },
  }
}
