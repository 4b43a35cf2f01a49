import { describe, expect, test } from 'vitest'
import { anOrder, aShop, paidWith, shopCalls, startApi } from './http.fixtures'

const api = await startApi()
const shop = await aShop(api)
const { get, post } = shopCalls(api.hosts['the api process'], shop.secret)

const BEANS = { name: '원두 1kg', quantity: 2, unitAmount: '4500', group: '커피' }
const MUG = { name: 'Mug', quantity: 1, unitAmount: '3000' }

test('an order that is told line by line is kept, shown and told to the shop with its lines', async () => {
  const made = await post('/api/v1/payments', anOrder({ items: [BEANS, MUG], ...paidWith('roomy') }))
  const numbered = [
    { item: 1, ...BEANS },
    { item: 2, ...MUG },
  ]
  expect(made.status).toBe(201)
  expect(made.json).toMatchObject({ status: 'paid', items: numbered })
  const id = String(made.json['id'])
  expect((await get(`/api/v1/payments/${id}`)).json).toMatchObject({ items: numbered })
  expect((await get(`/api/v1/events?payment=${id}`)).json).toMatchObject({
    events: [{ payload: { type: 'payment.paid', data: { payment: { items: numbered } } } }],
  })
})

test('an order without lines has none', async () => {
  expect((await post('/api/v1/payments', anOrder())).json).not.toHaveProperty('items')
})

describe('lines are refused before anything is written', () => {
  test.each<[string, unknown, string, string]>([
    ['that do not add up to the amount', [BEANS], '/items', 'items-differ'],
    ['of which there are none', [], '/items', 'too-few'],
    ['that are more than a hundred', Array.from({ length: 101 }, () => MUG), '/items', 'too-many'],
    ['with none of a product', [{ ...MUG, quantity: 0 }], '/items/0/quantity', 'too-small'],
    ['with half a product', [{ ...MUG, quantity: 0.5 }], '/items/0/quantity', 'wrong-type'],
    ['that cost less than nothing', [{ ...MUG, unitAmount: '-1' }], '/items/0/unitAmount', 'amount-form'],
    ['with members nobody knows', [{ ...MUG, tax: '1' }], '/items/0/tax', 'unknown-member'],
    ['with a name that turns the text around', [{ ...MUG, name: 'gum\u202e' }], '/items/0/name', 'control-characters'],
  ])('%s', async (_, items, pointer, code) => {
    const order = anOrder({ items })
    const answer = await post('/api/v1/payments', order)
    expect(answer.status).toBe(422)
    expect(answer.json).toMatchObject({ code: 'invalid-input', errors: [{ pointer, code }] })
    expect((await get(`/api/v1/payments?orderRef=${String(order['orderRef'])}`)).json).toMatchObject({ payments: [] })
  })
})
