import type { Clock } from '../clock'
import type { Database } from '../db/database'
import type { Uuid } from '../ids'
import { orderWebhook } from '../messages/compose-order'
import type { Payment } from '../payments/payment'
import type { Payments } from '../payments/payments'
import { findOrderFacts, insertOrderFact, type OrderFact } from './order-fact-store'

export type NewOrderFact = Omit<OrderFact, 'id' | 'notedAt'>

/** What shops say of their orders, after they were paid or held: shipped, with a number to follow it by, and delivered. */
export interface OrderFacts {
  /** Oldest first. */
  list(merchantId: Uuid, paymentId: Uuid): Promise<OrderFact[]>
  /**
   * Writes down what the shop says, and tells its other programs. Where the flow takes the money once the order is
   * shipped, it is taken now.
   * @param id drawn by the caller: noted twice, it is noted once
   */
  note(
    payment: Payment,
    fact: NewOrderFact & { id: Uuid },
  ): Promise<{ kind: 'noted'; fact: OrderFact } | { kind: 'wrong-state' }>
}

interface Parts {
  readonly database: Database
  readonly clock: Clock
  readonly payments: Pick<Payments, 'factCame'>
}

/** Nothing is shipped that nobody has paid for, promised to pay, or has had back. */
const SHIPPABLE: readonly Payment['state'][] = ['authorized', 'capturing', 'awaiting', 'paid']

export function createOrderFacts({ database, clock, payments }: Parts): OrderFacts {
  const { prisma } = database

  return {
    list: (merchantId, paymentId) => findOrderFacts(prisma, merchantId, paymentId),

    async note(payment, wanted) {
      if (!SHIPPABLE.includes(payment.state)) return { kind: 'wrong-state' }
      const { merchantId, id: paymentId } = payment
      const fact = { ...wanted, notedAt: clock.now() }
      const message = orderWebhook(payment, fact)
      await database.transaction((tx) => insertOrderFact(tx, { merchantId, paymentId, fact, message }))
      await payments.factCame(merchantId, paymentId)
      return { kind: 'noted', fact }
    },
  }
}
