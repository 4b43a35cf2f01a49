import { expect } from 'vitest'
import { type AccountRole, demoAccount } from '../../../simulators/bank/demo-accounts'
import type { BankCode } from '../../../simulators/bank/catalogue'
import { startGateway, type TestGateway } from '../../../test/gateway'
import { type Uuid, uuidAt } from '../../ids'
import type { Merchant } from '../../merchants/merchant'
import type { Payment } from '../../payments/payment'
import { movingStates } from '../../payments/payment-moves'
import { anOrder, openedPayment } from '../../payments/payments.fixtures'
import type { NewOrder } from '../../payments/new-payment'
import type { MeansInput } from '../../payments/plan-means'

export interface BankWorld extends TestGateway {
  /** A payment that waits at the checkout. */
  opened(merchant: Merchant, changes?: Partial<NewOrder>): Promise<Payment>
  /** Pays it as somebody who has logged in. */
  pay(payment: Payment, means: readonly MeansInput[]): Promise<Payment>
  find(payment: Pick<Payment, 'merchantId' | 'id'>): Promise<Payment>
  /** Waits, while a worker does its work, until the payment and its refunds are at rest. */
  settled(payment: Pick<Payment, 'merchantId' | 'id'>): Promise<Payment>
}

/** Banks see real time in what is signed, so nothing here puts a clock forward. */
export async function startBankWorld(env: Readonly<Record<string, string>> = {}): Promise<BankWorld> {
  const world = await startGateway({ env })
  const { payments, refunds } = world.gateway
  const find: BankWorld['find'] = async ({ merchantId, id }) => {
    const found = await payments.find(merchantId, id)
    if (!found) throw new Error('no such payment')
    return found
  }
  return {
    ...world,
    find,
    opened: async (merchant, changes) =>
      openedPayment(await payments.open(anOrder(merchant, { channel: 'hosted', ...changes }))),
    async pay({ merchantId, id }, means) {
      await payments.pay(merchantId, id, { means, shopperId: uuidAt(new Date()) })
      return find({ merchantId, id })
    },
    async settled(payment) {
      const isAtRest = async () => {
        await Promise.all([payments.finishDue(100), refunds.finishDue(100)])
        await Promise.all([payments.idle(), refunds.idle()])
        const open = await refunds.listOfPayment(payment.merchantId, payment.id)
        const { state } = await find(payment)
        return !movingStates.includes(state) && open.every((refund) => refund.state !== 'refunding')
      }
      await expect.poll(isAtRest, { timeout: 20_000, interval: 100 }).toBe(true)
      return find(payment)
    },
  }
}

export function bankMeans(role: AccountRole = 'roomy', amount?: bigint, bank: BankCode = 'gaon'): MeansInput {
  const { number: account, holder: name, password } = demoAccount(role, bank)
  return { module: 'bank-transfer', input: { bank, account, name, password }, ...(amount ? { amount } : {}) }
}

/** Entries of a merchant's books, by account. */
export async function balances({ gateway }: TestGateway, merchantId: Uuid): Promise<Record<string, string>> {
  const { rows } = await gateway.database.pool.query<{ account: string; balance: bigint }>(
    `select account, sum(amount)::bigint as balance from entry where merchant_id = $1 group by account having sum(amount) <> 0`,
    [merchantId],
  )
  return Object.fromEntries(rows.map(({ account, balance }) => [account, String(balance)]))
}
