import { expect, test } from 'vitest'
import { aShop, fresh, shopCalls, startApi } from '../lib/http/http.fixtures'
import { Moa } from './index'
import { aKey } from './sdk.fixtures'

const api = await startApi()
const shop = await aShop(api)
const moa = new Moa({
  apiUrl: `http://127.0.0.1:${api.port}`,
  webUrl: 'http://127.0.0.1:3000',
  secretKey: shop.secret,
  merchantId: 'mer_0',
  signingKey: aKey().privateJwk,
  retry: { tries: 1 },
})

test('a shop makes a payment link once for its key, finds it, and switches it off', async () => {
  const wish = { name: '달항아리', currency: 'KRW', amount: 38_000n, stock: 1 }
  const made = await moa.paymentLinks.create(wish, { idempotencyKey: 'link' })
  expect(made).toMatchObject({ amount: 38_000n, stock: 1, taken: 0, state: 'open' })
  expect(made.url).toMatch(/^http.*\/link\/[A-Za-z0-9_-]{64}$/)
  expect(await moa.paymentLinks.create(wish, { idempotencyKey: 'link' })).toEqual(made)
  expect((await moa.paymentLinks.list({ state: 'open' })).links.map(({ id }) => id)).toEqual([made.id])
  expect(await moa.paymentLinks.close(made.id)).toMatchObject({ id: made.id, state: 'off' })
  expect(await moa.paymentLinks.retrieve(made.id)).toMatchObject({ state: 'off' })
})

test('a link without a price needs both bounds, and another shop’s link is a missing one', async () => {
  const calls = shopCalls(api.hosts['the api process'], shop.secret)
  const key = () => ({ 'idempotency-key': fresh('bounds') })
  const base = { name: 'Gift', currency: 'KRW' }
  for (const wrong of [base, { ...base, least: '1' }, { ...base, amount: '5', least: '1', most: '9' }]) {
    expect((await calls.post('/api/v1/payment-links', wrong, key())).status).toBe(422)
  }
  const made = await moa.paymentLinks.create({ ...base, least: 1_000n, most: 9_000n })
  expect(made).toMatchObject({ least: 1_000n, most: 9_000n })
  const others = shopCalls(api.hosts['the pages’ server'], (await aShop(api)).secret)
  expect((await others.get(`/api/v1/payment-links/${made.id}`)).status).toBe(404)
  expect((await others.post(`/api/v1/payment-links/${made.id}/close`, undefined, key())).status).toBe(404)
})

test('a shop offers a plan to a customer under its own reference, and takes the offer back', async () => {
  const plan = await moa.plans.create({ name: '매거진', currency: 'KRW', amount: 12_000n, unit: 'month' })
  expect(plan).toMatchObject({ amount: 12_000n, every: 1, trialDays: 0, isOpen: true })
  const offered = await moa.subscriptions.offer({ plan: plan.id, reference: 'C-77' })
  expect(offered).toMatchObject({ state: 'offered', plan: plan.id, adjustment: 0n })
  expect(offered.url).toMatch(/\/subscribe\/[A-Za-z0-9_-]{64}$/)
  const { subscriptions } = await moa.subscriptions.list({ reference: 'C-77' })
  expect(subscriptions).toEqual([offered])
  expect(await moa.subscriptions.charges(offered.id)).toEqual([])
  await expect(moa.subscriptions.pause(offered.id)).rejects.toMatchObject({ code: 'subscription-state' })
  expect(await moa.subscriptions.cancel(offered.id)).toMatchObject({ state: 'cancelled', endReason: 'shop' })
  expect(await moa.plans.close(plan.id)).toMatchObject({ isOpen: false })
  await expect(moa.subscriptions.offer({ plan: plan.id })).rejects.toMatchObject({ code: 'invalid-input' })
})
