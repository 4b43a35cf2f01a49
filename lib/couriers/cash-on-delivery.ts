import { type Clock, DAY_MS, later } from '../clock'
import type { Database } from '../db/database'
import { uuidAt } from '../ids'
import type { LegToSettle } from '../modules/payment-module'
import type { Recipient } from './cash-delivery'
import { type DeliveryLeg, keepDelivery, moveOfLeg, oweCash, stateOfLeg } from './store'

/** Couriers try for so long; then the order lapses, and what else was taken for it goes back. */
const DELIVERED_WITHIN_MS = 14 * DAY_MS

/** What the payment module needs of deliveries; who takes the cash speaks to `Couriers`. */
export interface CashOnDelivery {
  /** False when the leg has been withdrawn already. */
  ask(leg: LegToSettle, recipient: Recipient): Promise<boolean>
  /** Shows the delivery to couriers, and says how it stands. */
  collect(leg: LegToSettle): Promise<{ kind: 'collected' } | { kind: 'waits'; until: Date } | { kind: 'never' }>
  /** Nobody is to take cash for it any more. Cash that was taken in the same moment is given back by people. */
  withdraw(leg: LegToSettle): Promise<void>
}

export function createCashOnDelivery({
  database: { pool },
  clock,
}: {
  database: Pick<Database, 'pool'>
  clock: Clock
}): CashOnDelivery {
  const keep = (leg: LegToSettle, recipient: Recipient, state: 'asked' | 'withdrawn') => {
    const at = clock.now()
    const { amount, currency } = leg.amount
    return keepDelivery(pool, {
      ...legKey(leg),
      ...{ id: uuidAt(at), amount, currency, orderName: leg.orderName, recipient, locale: leg.locale, state, at },
      dueAt: later(at, DELIVERED_WITHIN_MS),
    })
  }

  return {
    ask: async (leg, recipient) => (await keep(leg, recipient, 'asked')) === 'asked',

    async collect(leg) {
      await moveOfLeg(pool, legKey(leg), ['asked'], 'open', clock.now())
      const found = await stateOfLeg(pool, legKey(leg))
      if (found?.state === 'open') {
        if (found.dueAt > clock.now()) return { kind: 'waits', until: found.dueAt }
        if (await moveOfLeg(pool, legKey(leg), ['open'], 'undelivered', clock.now())) return { kind: 'never' }
        // A courier was quicker.
        return { kind: 'collected' }
      }
      return found?.state === 'collected' ? { kind: 'collected' } : { kind: 'never' }
    },

    async withdraw(leg) {
      const at = clock.now()
      // One that was never asked for is written down as withdrawn, so that what comes late finds it so (P3.4).
      await keep(leg, NOBODY, 'withdrawn')
      if (await moveOfLeg(pool, legKey(leg), ['asked', 'open', 'undelivered'], 'withdrawn', at)) return
      const found = await stateOfLeg(pool, legKey(leg))
      if (found) await oweCash(pool, { ...leg, id: found.id }, { postingId: uuidAt(at), given: false, at })
    },
  }
}

const NOBODY: Recipient = { name: '', phone: '', address: '' }

function legKey({ merchantId, paymentId, attempt, leg }: LegToSettle): DeliveryLeg {
  return { merchantId, paymentId, attempt, leg }
}
