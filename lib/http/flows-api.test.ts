import { describe, expect, test } from 'vitest'
import { firstFlow } from '../flows/flow-document'
import { readPublicId } from '../ids'
import { anOrder, aShop, hostNames, paidWith, shopCalls, startApi } from './http.fixtures'

const api = await startApi()

async function calls(host: (typeof hostNames)[number]) {
  const shop = await aShop(api)
  return { ...shop, ...shopCalls(api.hosts[host], shop.secret) }
}

describe.each(hostNames)('over %s', (host) => {
  test('a flow is proposed by API and followed only once it is in force', async () => {
    const { merchant, get, post } = await calls(host)
    expect((await get('/api/v1/flow')).json).toEqual({ version: 0, document: firstFlow })
    const document = { ...firstFlow, capture: { when: 'by-hand' } }
    const proposed = await post('/api/v1/flow/versions', { document, note: '직접 매입' })
    expect([proposed.status, proposed.json]).toEqual([201, { version: 1 }])
    expect((await get('/api/v1/flow')).json['version']).toBe(0)
    expect((await get('/api/v1/flow/versions')).json).toMatchObject({
      versions: [{ version: 1, document, note: '직접 매입', author: 'API' }],
      next: null,
    })
    await api.gateway.flows.activate(merchant.id, 1, 'Owner')
    expect((await get('/api/v1/flow')).json).toEqual({ version: 1, document })
  })

  test('a flow that cannot be kept is refused at the place where it is wrong', async () => {
    const { post } = await calls(host)
    const approvals = [{ currency: 'KRW', above: '1000', people: 2 }]
    const refused = await post('/api/v1/flow/versions', { document: { ...firstFlow, approvals }, note: 'x' })
    expect(refused.status).toBe(422)
    expect(refused.json['errors']).toMatchObject([{ pointer: '/document/approvals/0/people', code: 'too-few-people' }])
    const unknown = await post('/api/v1/flow/versions', { document: { ...firstFlow, secret: 1 }, note: 'x' })
    expect(unknown.json['errors']).toMatchObject([{ pointer: '/document/secret', code: 'unknown-member' }])
  })

  test('a dry run says the steps one by one, and writes nothing', async () => {
    const { get, post } = await calls(host)
    const document = { ...firstFlow, capture: { when: 'after', hours: 3 } }
    const run = await post('/api/v1/flow/dry-run', { document, amount: '5000', currency: 'KRW' })
    expect(run.status).toBe(200)
    const steps = run.json['steps'] as { step: string }[]
    expect(steps.map(({ step }) => step)).toEqual(['open', 'authorize', 'wait', 'capture', 'notify'])
    expect((await get('/api/v1/flow/versions')).json).toEqual({ versions: [], next: null })
  })

  test('an order is said to be shipped once for its key, and seen by whoever asks', async () => {
    const { get, post } = await calls(host)
    const open = String((await post('/api/v1/payments', anOrder())).json['id'])
    const early = await post(`/api/v1/payments/${open}/fulfilment`, { kind: 'shipped' })
    expect([early.status, early.json['code']]).toEqual([409, 'not-shippable'])
    const id = String((await post('/api/v1/payments', anOrder(paidWith('roomy')))).json['id'])
    const path = `/api/v1/payments/${id}/fulfilment`
    const fact = { kind: 'shipped', carrier: 'CJ', trackingNumber: '123', trackingUrl: 'https://t.example.com/123' }
    const key = { 'idempotency-key': `ship-${id}` }
    const first = await post(path, fact, key)
    expect([first.status, first.json]).toMatchObject([201, fact])
    expect((await post(path, fact, key)).text).toBe(first.text)
    expect((await get(path)).json['facts']).toMatchObject([fact])
    expect((await post(path, { kind: 'shipped', trackingUrl: 'javascript:alert(1)' })).status).toBe(422)
    expect((await post(path, { kind: 'shipped', at: '2999-01-01T00:00:00.000Z' })).status).toBe(422)
  })

  test('a shop reads the address that was given to it, and nobody else’s', async () => {
    const { merchant, get, post } = await calls(host)
    const opened = await post('/api/v1/payments', anOrder({ deliveryAddress: 'required' }))
    expect(opened.json['deliveryAddress']).toBe('required')
    const id = String(opened.json['id'])
    const path = `/api/v1/payments/${id}/delivery-address`
    expect((await get(path)).status).toBe(404)
    const payment = (await api.gateway.payments.find(merchant.id, readPublicId('pay', id)!))!
    const address = { recipient: '홍길동', phone: '+821012345678', postalCode: '04524', line1: '세종대로 110' }
    await api.gateway.addresses.give(payment, { form: 'kr', ...address })
    const read = await get(path)
    expect(read.json).toMatchObject({ ...address, country: 'KR', lines: ['(04524) 세종대로 110'] })
    const other = await calls(host)
    expect((await other.get(path)).status).toBe(404)
    const together = await post('/api/v1/payments', anOrder({ deliveryAddress: 'required', ...paidWith('roomy') }))
    expect(together.status).toBe(422)
  })

  test('a payment that waits for approval is not captured by API', async () => {
    const { merchant, post } = await calls(host)
    await api.gateway.database.prisma.flowVersion.create({
      data: {
        ...{ merchantId: merchant.id, version: 1, note: 'x', author: 'x', createdAt: new Date() },
        document: { ...firstFlow, approvals: [{ currency: 'KRW', above: '0', people: 1 }] },
      },
    })
    await api.gateway.database.prisma.flowActivation.create({
      data: { merchantId: merchant.id, id: merchant.id, version: 1, by: 'x', at: new Date() },
    })
    const held = await post('/api/v1/payments', anOrder(paidWith('roomy')))
    expect(held.json).toMatchObject({ status: 'authorized', flowVersion: 1 })
    const capture = await post(`/api/v1/payments/${String(held.json['id'])}/capture`)
    expect([capture.status, capture.json['code']]).toEqual([409, 'not-approved-yet'])
  })
})
