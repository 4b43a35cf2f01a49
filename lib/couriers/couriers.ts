import { randomInt } from 'node:crypto'
import { isSpokenTo } from '../billing/phone-number'
import type { Vault } from '../cards/vault'
import type { Clock } from '../clock'
import type { Database } from '../db/database'
import { type Uuid, uuidAt } from '../ids'
import { composeSms } from '../messages/compose-sms'
import { sum } from '../money/money'
import type { Currency } from '../money/currency'
import { bigintAsText } from '../payments/store'
import type { CashDelivery, Courier, DeliveryState, HandIn, VisitReason } from './cash-delivery'
import {
  collectCash,
  findDelivery,
  giveUpDelivery,
  handInCash,
  listCollected,
  listDeliveries,
  listHandIns,
  noteVisit,
  oweCash,
} from './store'

export type Collected =
  /** Paid at the door; the receipt is on its way to the buyer's telephone. */
  | { kind: 'collected'; delivery: CashDelivery }
  /** The order was cancelled or has lapsed: take no money. */
  | { kind: 'not-open'; delivery: CashDelivery }
  | { kind: 'missing' }

/** What couriers do, and what their head office and the shop see of it (M-111, M-112). */
export interface Couriers {
  list(
    merchantId: Uuid,
    wanted: { state: DeliveryState; search?: string; after?: Uuid; limit: number },
  ): Promise<CashDelivery[]>
  find(merchantId: Uuid, deliveryId: Uuid): Promise<CashDelivery | undefined>
  /** The courier has the whole amount in hand. Said twice, it is the same receipt. */
  collect(merchantId: Uuid, deliveryId: Uuid, courier: Courier): Promise<Collected>
  /** The courier came back with the goods; they are tried again. */
  visited(merchantId: Uuid, deliveryId: Uuid, reason: VisitReason, courier: Courier): Promise<boolean>
  /** Nobody will pay for it any more: what else was taken for the order goes back. */
  giveUp(merchantId: Uuid, deliveryId: Uuid): Promise<boolean>
  /** Cash of an order that had been cancelled is with its buyer again. */
  givenBack(merchantId: Uuid, deliveryId: Uuid): Promise<boolean>
  /** What a courier carries and has not handed in, with its sums by currency. */
  inHand(merchantId: Uuid, courierId: Uuid): Promise<{ deliveries: CashDelivery[]; sums: Map<Currency, bigint> }>
  /** Reports to the head office what was received in a currency; undefined when there is nothing. */
  handIn(merchantId: Uuid, courier: Courier, currency: Currency): Promise<HandIn | undefined>
  handIns(merchantId: Uuid, page: { before?: Uuid; limit: number }): Promise<HandIn[]>
}

interface Parts {
  readonly database: Database
  readonly clock: Clock
  readonly vault: Pick<Vault, 'seal'>
  findMerchant(merchantId: Uuid): Promise<{ name: string; nameEn: string } | undefined>
  /** Tells the payment that its cash has come, or never will. */
  restCame(merchantId: Uuid, paymentId: Uuid): Promise<unknown>
}

export function createCouriers({ database, clock, vault, findMerchant, restCame }: Parts): Couriers {
  const { pool } = database

  async function receipt(delivery: CashDelivery, receiptNumber: string, at: Date): Promise<string> {
    const { merchantId, paymentId, recipient, locale, orderName, amount } = delivery
    const shop = await findMerchant(merchantId)
    const name = (locale === 'en' ? shop?.nameEn || shop?.name : shop?.name) ?? ''
    const { phone: to } = recipient
    const sms = composeSms(
      vault,
      { merchantId, to, spoken: isSpokenTo(to), locale, at },
      { topic: 'cash-receipt', shop: name, orderName, total: amount, receiptNumber },
    )
    return JSON.stringify([{ merchantId, paymentId, messages: [sms] }], bigintAsText)
  }

  return {
    list: (merchantId, wanted) => listDeliveries(pool, merchantId, wanted),
    find: (merchantId, deliveryId) => findDelivery(pool, merchantId, deliveryId),

    async collect(merchantId, deliveryId, courier) {
      const delivery = await findDelivery(pool, merchantId, deliveryId)
      if (!delivery) return { kind: 'missing' }
      const at = clock.now()
      const receiptNumber = newReceiptNumber(at)
      const outbox = await receipt(delivery, receiptNumber, at)
      await collectCash(database, delivery, { courier, receiptNumber, outbox, at })
      // Whoever was quicker, the same courier a moment ago perhaps: what stands now is the answer.
      const now = (await findDelivery(pool, merchantId, deliveryId))!
      if (now.state !== 'collected' || now.courier?.id !== courier.id) return { kind: 'not-open', delivery: now }
      await restCame(merchantId, now.paymentId)
      return { kind: 'collected', delivery: now }
    },

    visited: (merchantId, deliveryId, reason, { name: by }) =>
      noteVisit(pool, merchantId, deliveryId, { at: clock.now().toISOString(), reason, by }),

    async giveUp(merchantId, deliveryId) {
      const delivery = await findDelivery(pool, merchantId, deliveryId)
      if (!delivery || !(await giveUpDelivery(pool, merchantId, deliveryId, clock.now()))) return false
      await restCame(merchantId, delivery.paymentId)
      return true
    },

    givenBack(merchantId, id) {
      const at = clock.now()
      return oweCash(pool, { merchantId, id }, { postingId: uuidAt(at), given: true, at })
    },

    async inHand(merchantId, courierId) {
      const deliveries = await listCollected(pool, merchantId, courierId)
      const sums = new Map<Currency, bigint>()
      for (const { amount } of deliveries) {
        sums.set(amount.currency, sum([sums.get(amount.currency) ?? 0n, amount.amount]))
      }
      return { deliveries, sums }
    },

    async handIn(merchantId, courier, currency) {
      const at = clock.now()
      const id = uuidAt(at)
      const made = await handInCash(pool, { id, merchantId, courier, currency, at })
      return made && { id, courierName: courier.name, at, ...made }
    },

    handIns: (merchantId, page) => listHandIns(pool, merchantId, page),
  }
}

/** Short enough to be read out at the door; the day, and eight digits that nobody guesses. */
function newReceiptNumber(at: Date): string {
  const day = at.toISOString().slice(2, 10).replaceAll('-', '')
  return `${day}-${String(randomInt(100_000_000)).padStart(8, '0')}`
}
