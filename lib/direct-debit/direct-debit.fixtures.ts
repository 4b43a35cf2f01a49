import { expect } from 'vitest'
import { type AccountRole, demoAccount } from '../../simulators/bank/demo-accounts'
import type { BankCode } from '../../simulators/bank/catalogue'
import { aShopper, startGateway, type TestGateway, type TestGatewayOptions } from '../../test/gateway'
import type { Uuid } from '../ids'
import type { Merchant } from '../merchants/merchant'
import type { Payment } from '../payments/payment'
import { movingStates } from '../payments/payment-moves'
import type { NewOrder } from '../payments/new-payment'
import { anOrder, openedPayment } from '../payments/payments.fixtures'
import type { MeansInput } from '../payments/plan-means'

export interface DebitWorld extends TestGateway {
  readonly shopper: { readonly id: Uuid; readonly email: string }
  /** Somebody accepts an order and pays it so. */
  pay(merchant: Merchant, means: readonly MeansInput[], order?: Partial<NewOrder>): Promise<Payment>
  /** Announces, and sends everything of the merchant to the bank, whatever its schedule. */
  send(merchant: Merchant): Promise<void>
  /** Reads what the bank says, and carries the payment on until it is at rest. */
  heard(payment: Payment): Promise<Payment>
}

export async function startDebitWorld(options: TestGatewayOptions = {}): Promise<DebitWorld> {
  const world = await startGateway(options)
  const { payments, refunds, debitBatches, debitReports } = world.gateway
  const shopper = await aShopper(world.gateway)
  const find = async ({ merchantId, id }: Pick<Payment, 'merchantId' | 'id'>) => {
    const found = await payments.find(merchantId, id)
    if (!found) throw new Error('no such payment')
    return found
  }
  const settled = async (payment: Payment): Promise<Payment> => {
    const isAtRest = async () => {
      await Promise.all([payments.finishDue(100), refunds.finishDue(100)])
      await Promise.all([payments.idle(), refunds.idle()])
      return !movingStates.includes((await find(payment)).state)
    }
    await expect.poll(isAtRest, { timeout: 20_000, interval: 100 }).toBe(true)
    return find(payment)
  }
  return {
    ...world,
    shopper,
    async pay(merchant, means, order) {
      const opened = openedPayment(await payments.open(anOrder(merchant, { channel: 'hosted', ...order })))
      await payments.pay(merchant.id, opened.id, { means, shopperId: shopper.id })
      return settled(opened)
    },
    async send(merchant) {
      while (await debitBatches.announceDue());
      await debitBatches.claimNow(merchant.id)
      await debitBatches.collectDue()
    },
    async heard(payment) {
      await debitReports.readDue()
      return settled(payment)
    },
  }
}

export function debitMeans(
  role: AccountRole = 'roomy',
  { kind = 'one-off', amount, bank = 'gaon' }: { kind?: string; amount?: bigint; bank?: BankCode } = {},
): MeansInput {
  const { number: account, holder } = demoAccount(role, bank)
  const input = { bank, account, holder, kind, agreed: true }
  return { module: 'direct-debit', input, ...(amount === undefined ? {} : { amount }) }
}
