import { afterAll, expect, test } from 'vitest'
import { startStripe } from '../modules/stripe/stripe.fixtures'
import { anOrder, aShop, shopCalls, startApi } from './http.fixtures'

const stripe = await startStripe()
afterAll(() => stripe.close())

const api = await startApi({ env: { STRIPE_SECRET_KEY: 'sk_test_none', STRIPE_URL: stripe.url } })

test('a shop pays with a payment method that Stripe made in its own page, and is refunded there', async () => {
  const shop = await aShop(api)
  const { post } = shopCalls(api.hosts['the api process'], shop.secret)
  await post('/api/v1/modules/stripe/register', {})
  await post('/api/v1/modules/stripe', { state: 'active' })
  const means = { module: { code: 'stripe', input: { paymentMethod: 'pm_card_visa' } } }
  const paid = await post('/api/v1/payments', anOrder({ means }))
  expect(paid.json).toMatchObject({ status: 'paid', legs: [{ module: 'stripe' }] })
  const refunded = await post(`/api/v1/payments/${String(paid.json['id'])}/refunds`, { reason: 'returned' })
  expect(refunded.json).toMatchObject({ state: 'refunded' })
  const [intent] = [...stripe.intents.values()]
  expect(intent).toMatchObject({ status: 'succeeded', amount: intent?.refunded })
})

test('nothing of a card is taken in the payment method’s place', async () => {
  const shop = await aShop(api)
  const { post } = shopCalls(api.hosts['the api process'], shop.secret)
  await post('/api/v1/modules/stripe/register', {})
  await post('/api/v1/modules/stripe', { state: 'active' })
  const means = { module: { code: 'stripe', input: { number: '4242424242424242' } } }
  expect((await post('/api/v1/payments', anOrder({ means }))).status).toBe(422)
})
