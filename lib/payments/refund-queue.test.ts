import { createHash } from 'node:crypto'
import { beforeAll, beforeEach, expect, test } from 'vitest'
import { uuidAt } from '../ids'
import type { Merchant } from '../merchants/merchant'
import { anOrder, cardMeans, openedPayment, type PaymentWorld, requestedBy, startPayments } from './payments.fixtures'
import type { Payment, Refund } from './payment'

let world: PaymentWorld
let merchant: Merchant

beforeAll(async () => {
  world = await startPayments()
})

/** A shop by whose contract a refund waits for its balance. */
beforeEach(async () => {
  await world.outside.reset()
  merchant = await world.aShop()
  await world.gateway.merchants.change(merchant.id, { refundBeyondBalance: 'queue' })
})

async function aSale(): Promise<Payment> {
  const opened = await world.gateway.payments.open(anOrder(merchant, { means: [cardMeans('hanbit')] }))
  return openedPayment(opened)
}

/** Everything that is owed to the shop is paid out. */
async function payOut(amount: bigint) {
  const { pool } = world.gateway.database
  const id = uuidAt(world.clock.now())
  await pool.query("insert into posting (merchant_id, id, kind, at) values ($1, $2, 'correction', now())", [
    merchant.id,
    id,
  ])
  await pool.query(
    `insert into entry (merchant_id, posting_id, line, account, currency, amount)
     values ($1, $2, 0, 'payable:merchant', 'KRW', $3), ($1, $2, 1, 'paid-out:merchant', 'KRW', -$3::bigint)`,
    [merchant.id, id, amount],
  )
}

const claimOf = (key: string) => ({
  key,
  fingerprint: createHash('sha256').update(key).digest(),
  answer: ({ id, state }: Refund) => ({ status: 200, body: { id, state } }),
})

async function refund({ id: paymentId }: Payment, key?: string) {
  const wish = {
    merchantId: merchant.id,
    paymentId,
    strategy: 'ratio',
    kind: 'cancellation',
    reason: 'returned',
  } as const
  return world.gateway.refunds.open({ ...wish, requestedBy }, ...(key === undefined ? [] : [claimOf(key)]))
}

async function opened(payment: Payment, key?: string): Promise<Refund> {
  const answer = await refund(payment, key)
  if (answer.kind !== 'opened') throw new Error(`not opened: ${answer.kind}`)
  return answer.refund
}

const now = async ({ id }: Refund) => (await world.gateway.refunds.find(merchant.id, id))!

/** The worker looks for what is due, a while later. */
async function laterOn() {
  world.clock.forward(31_000)
  await world.gateway.refunds.finishDue(100)
  await world.gateway.refunds.idle()
}

test('a refund after the payout waits, goes back by itself once sales bring the balance, and is never lost (N13)', async () => {
  const sale = await aSale()
  await payOut(sale.amount)
  const queued = await opened(sale)
  expect(queued).toMatchObject({ state: 'queued', queuedAt: expect.any(Date) as Date })
  expect(await world.gateway.refunds.listQueued(merchant.id, 10)).toMatchObject([{ id: queued.id }])
  expect(await refund(sale)).toEqual({ kind: 'refused', reason: 'exceeds' })
  await laterOn()
  expect(await now(queued)).toMatchObject({ state: 'queued' })
  await world.expectAgreed(merchant.id)

  await aSale()
  await laterOn()
  expect(await now(queued)).toMatchObject({ state: 'refunded', releasedAt: expect.any(Date) as Date })
  expect(await world.gateway.payments.find(merchant.id, sale.id)).toMatchObject({ standing: 'refunded' })
  await world.expectAgreed(merchant.id)
})

test('whoever cancels twice while the refund waits is answered alike and gives back once (P2.4)', async () => {
  const sale = await aSale()
  await payOut(sale.amount)
  const { id } = await opened(sale, 'twice')
  expect(await refund(sale, 'twice')).toEqual({ kind: 'replay', status: 200, body: { id, state: 'queued' } })
  await aSale()
  await laterOn()
  expect(await refund(sale, 'twice')).toEqual({ kind: 'replay', status: 200, body: { id, state: 'refunded' } })
  await world.expectAgreed(merchant.id)
})

test('of refunds at once only those go out that the balance covers, over two processes (P2.5)', async () => {
  const sales = [await aSale(), await aSale(), await aSale()]
  await payOut(sales[0]!.amount)
  const other = await world.another()
  const states = await Promise.all(
    sales.map(async ({ id: paymentId }, index) => {
      const { refunds } = index % 2 === 0 ? world.gateway : other
      const wish = {
        merchantId: merchant.id,
        paymentId,
        strategy: 'ratio',
        kind: 'refund',
        reason: 'returned',
      } as const
      const answer = await refunds.open({ ...wish, requestedBy })
      return answer.kind === 'opened' ? answer.refund.state : answer.kind
    }),
  )
  expect(states.toSorted()).toEqual(['queued', 'refunded', 'refunded'])
  await world.expectAgreed(merchant.id)
})

test('an operator may let a waiting refund go before the balance covers it, and that is written down (P6.3)', async () => {
  const sale = await aSale()
  await payOut(sale.amount)
  const queued = await opened(sale)
  const operator = { kind: 'person', id: 'per_operator', name: 'Operator' } as const
  expect(await world.gateway.refunds.release(merchant.id, queued.id, operator)).toMatchObject({
    state: 'refunded',
    releasedBy: operator,
  })
  expect(await world.gateway.refunds.release(merchant.id, queued.id, operator)).toBeUndefined()
  await world.expectAgreed(merchant.id)
})

test('by a contract that says nothing of it, a refund beyond the balance goes out at once', async () => {
  await world.gateway.merchants.change(merchant.id, { refundBeyondBalance: 'allow' })
  const sale = await aSale()
  await payOut(sale.amount)
  expect(await opened(sale)).toMatchObject({ state: 'refunded' })
  await world.expectAgreed(merchant.id)
})
