import { afterAll, beforeAll, expect, test } from 'vitest'
import { debitMeans, type DebitWorld, startDebitWorld } from '../lib/direct-debit/direct-debit.fixtures'
import { aShop, shopCalls, sendOverTcp } from '../lib/http/http.fixtures'
import { serve } from '../lib/http/server'
import { publicId } from '../lib/ids'
import type { Merchant } from '../lib/merchants/merchant'
import { requestedBy } from '../lib/payments/payments.fixtures'
import { Moa } from './index'
import { aKey } from './sdk.fixtures'

let world: DebitWorld
let server: Awaited<ReturnType<typeof serve>>
let shop: { merchant: Merchant; secret: string }
let moa: Moa
beforeAll(async () => {
  world = await startDebitWorld()
  server = await serve(world.gateway, { host: '127.0.0.1', port: 0 })
  shop = await aShop(world, { modules: ['direct-debit', 'giro', 'card'] })
  moa = new Moa({
    apiUrl: `http://127.0.0.1:${server.port}`,
    webUrl: 'http://127.0.0.1:3000',
    secretKey: shop.secret,
    merchantId: publicId('mer', shop.merchant.id),
    signingKey: aKey().privateJwk,
    retry: { tries: 1 },
  })
})
afterAll(() => server.close())

const others = async () => {
  const { secret } = await aShop(world)
  return shopCalls((sent) => sendOverTcp(server.port, sent), secret)
}

test('a shop follows a direct debit by its mandate, its file and the refund that goes back (M-118)', async () => {
  const accepted = await world.pay(shop.merchant, [debitMeans('roomy', { kind: 'recurring' })])
  await world.send(shop.merchant)
  await world.heard(accepted)

  const { mandates, next } = await moa.directDebits.mandates({ state: 'active' })
  expect(next).toBeNull()
  expect(mandates).toMatchObject([{ kind: 'recurring', bank: 'gaon', shopper: publicId('per', world.shopper.id) }])
  expect(await moa.directDebits.mandate(mandates[0]!.id)).toEqual(mandates[0])
  expect((await moa.directDebits.mandates({ state: 'revoked' })).mandates).toEqual([])

  const [batch] = (await moa.directDebits.batches()).batches
  expect(batch).toMatchObject({ debits: 1, total: 90_000n, currency: 'KRW', state: 'answered', counts: { settled: 1 } })
  expect(await moa.directDebits.batch(batch!.id)).toEqual(batch)
  expect((await moa.directDebits.debits(batch!.id)).debits).toMatchObject([
    { line: 1, paymentId: publicId('pay', accepted.id), mandate: mandates[0]!.id, amount: 90_000n, state: 'settled' },
  ])

  await world.gateway.refunds.open({
    ...{ merchantId: shop.merchant.id, paymentId: accepted.id, amount: 30_000n, strategy: 'ratio', kind: 'refund' },
    ...{ reason: '반품', requestedBy },
  })
  await world.gateway.returns.orderDue()
  await world.gateway.returns.readAnswers()
  const { transfers } = await moa.unpaid.transfersBack({ paymentId: publicId('pay', accepted.id) })
  expect(transfers).toMatchObject([{ source: 'debit-refund', amount: 30_000n, state: 'paid' }])

  const stranger = await others()
  for (const path of [
    `/api/v1/mandates/${mandates[0]!.id}`,
    `/api/v1/debit-batches/${batch!.id}`,
    `/api/v1/debit-batches/${batch!.id}/debits`,
    `/api/v1/return-transfers/${transfers[0]!.id}`,
  ]) {
    expect([path, (await stranger.get(path)).status]).toEqual([path, 404])
  }
})

test('what waits for money is listed, demanded, given more time and given up (M-152)', async () => {
  const accepted = await world.pay(shop.merchant, [
    { module: 'giro', input: { name: '한지우', email: 'jiwoo@example.com' } },
  ])
  const paymentId = publicId('pay', accepted.id)
  const { payments } = await moa.unpaid.list({ module: 'giro', overdue: false })
  expect(payments).toMatchObject([{ paymentId, amount: 90_000n, taken: 0n, parts: [{ module: 'giro', received: 0n }] }])
  expect(await moa.unpaid.demand(paymentId)).toMatchObject({ paymentId, demands: 1 })
  const dueAt = new Date(Date.now() + 60 * 24 * 3_600_000).toISOString()
  expect(await moa.unpaid.extend(paymentId, dueAt)).toMatchObject({ dueAt })
  expect(await moa.unpaid.cancel(paymentId, { reason: '재고 없음' })).toMatchObject({ outcome: 'cancelled' })
  expect((await moa.unpaid.list()).payments).toEqual([])
})
