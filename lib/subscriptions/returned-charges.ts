import type { Database } from '../db/database'
import { declineOf } from '../direct-debit/reasons'
import { publicId } from '../ids'
import type { Payments } from '../payments/payments'
import type { Charging, ChargingParts } from './charging'
import { countReturns, findCharge, findReturned, findSubscription, type ReturnedCharge } from './store'

export interface ReturnedCharges {
  /** Acts on charges that were taken back, at most so many. */
  takeUp(limit: number): Promise<void>
}

interface Parts {
  readonly database: Pick<Database, 'prisma'>
  readonly charging: Charging
  readonly payments: Pick<Payments, 'find'>
  readonly planOf: ChargingParts['planOf']
}

/**
 * A direct debit that the payer's bank has taken back after its payment had been paid leaves a period unpaid. That of the
 * running period is asked for again as one that was declined is; that of an earlier one is owed with the next charge, so that
 * two are never collected at once. What has ended stays ended, and what the shop had given back by itself is not asked for again.
 */
export function createReturnedCharges({ database: { prisma }, charging, payments, planOf }: Parts): ReturnedCharges {
  async function takeOne({ merchantId, subscriptionId, period, paymentId, reason }: ReturnedCharge): Promise<void> {
    const subscription = await findSubscription(prisma, merchantId, subscriptionId)
    const [plan, charge, payment] = await Promise.all([
      subscription && planOf(merchantId, subscription.planId),
      findCharge(prisma, { merchantId, id: subscriptionId, period }),
      payments.find(merchantId, paymentId),
    ])
    if (!subscription || !plan || charge?.paymentId !== paymentId || payment?.state !== 'paid') return
    const { state, adjustment } = subscription
    const { settledAt = payment.createdAt, ...unpaid } = charge
    const isGivenBack = payment.refundedAmount >= charge.amount
    const isOver = state === 'cancelled' || isGivenBack
    if (!isOver && period === subscription.period && state !== 'paused') {
      const before = await countReturns(prisma, charge)
      await charging.declined(subscription, plan, { ...unpaid, state: 'open' }, declineOf(reason), {
        paymentId,
        before,
      })
      return
    }
    const detail = { period: String(period), amount: charge.amount.toString(), payment: publicId('pay', paymentId) }
    await charging.write(subscription, plan, {
      set: isOver ? {} : { adjustment: adjustment + charge.amount },
      charge: { ...charge, state: 'failed', settledAt },
      returned: paymentId,
      events: [{ kind: 'returned', detail: { ...detail, reason: declineOf(reason) } }],
      news: { webhook: 'subscription.changed', charge },
    })
  }

  return {
    async takeUp(limit) {
      for (const each of await findReturned(prisma, limit)) await takeOne(each)
    },
  }
}
