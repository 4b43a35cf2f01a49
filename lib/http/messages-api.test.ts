import { compactVerify, createLocalJWKSet, type JSONWebKeySet } from 'jose'
import { beforeEach, describe, expect, test } from 'vitest'
import { publicId } from '../ids'
import { keyPair, signAs } from '../merchants/merchants.fixtures'
import { anOrder, aShop, fresh, hostNames, paidWith, shopCalls, startApi } from './http.fixtures'

const api = await startApi()
const shop = await aShop(api)
const key = keyPair('shop-1')
const added = await api.gateway.merchants.addKey(shop.merchant.id, { jwk: key.jwk })
if (added.kind !== 'added') throw new Error(added.reason)

beforeEach(() => api.outside.reset())

/** A cancel as the shop signs it (merchant-confirmation profile, 5). */
function signedCancel(tid: string, kid = 'shop-1'): string {
  return signAs(
    { ...key, kid },
    {
      iss: publicId('mer', shop.merchant.id),
      aud: api.gateway.signing.gatewayName,
      typ: 'payment.cancel',
      tid,
      reason: 'sold out',
      iat: Math.floor(Date.now() / 1000),
      jti: fresh('cancel-message'),
    },
  )
}

describe.each(hostNames)('over %s', (host) => {
  const { get, post } = shopCalls(api.hosts[host], shop.secret)
  const send = async (message: string) =>
    api.hosts[host]({
      method: 'POST',
      path: '/api/v1/cancellations',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ message }),
    })

  test('M-227: a signed cancel is carried out once and answered with a signature that the published keys verify', async () => {
    const paid = await post('/api/v1/payments', anOrder(paidWith('roomy')))
    const id = String(paid.json['id'])
    const message = signedCancel(id)
    const first = await send(message)
    expect(first.status).toBe(200)
    const published = (await api.hosts[host]({ path: '/.well-known/jwks.json' })).json as unknown as JSONWebKeySet
    const { payload } = await compactVerify(String(first.json['message']), createLocalJWKSet(published))
    expect(JSON.parse(new TextDecoder().decode(payload))).toMatchObject({ typ: 'payment.cancelled', tid: id })
    expect((await send(message)).text).toBe(first.text)
    expect((await get(`/api/v1/payments/${id}`)).json).toMatchObject({ standing: 'refunded', refundedAmount: '12000' })
  })

  test('P5.2: a cancel signed with an unregistered key id is refused and cancels nothing', async () => {
    const paid = await post('/api/v1/payments', anOrder(paidWith('roomy')))
    const id = String(paid.json['id'])
    const answer = await send(signedCancel(id, 'shop-2'))
    expect([answer.status, answer.json['code']]).toEqual([401, 'signature-refused'])
    expect((await get(`/api/v1/payments/${id}`)).json['standing']).toBe('paid')
  })

  test('the published keys are public ones', async () => {
    const { text } = await api.hosts[host]({ path: '/.well-known/jwks.json' })
    expect(text).not.toContain('"d"')
  })

  test('a shop that missed its webhooks reads them again, page by page and by payment', async () => {
    const first = String((await post('/api/v1/payments', anOrder(paidWith('roomy')))).json['id'])
    const second = String((await post('/api/v1/payments', anOrder(paidWith('declines')))).json['id'])
    const newest = await get('/api/v1/events?limit=1')
    expect(newest.json['events']).toMatchObject([{ type: 'payment.failed', paymentId: second }])
    const next = await get(`/api/v1/events?limit=1&after=${String(newest.json['next'])}`)
    expect(next.json['events']).toMatchObject([
      { type: 'payment.paid', paymentId: first, payload: { type: 'payment.paid' } },
    ])
    const own = await get(`/api/v1/events?payment=${second}`)
    expect(own.json).toMatchObject({ events: [{ paymentId: second }], next: null })
  })

  test('P6.2: nobody reads another merchant’s events', async () => {
    await post('/api/v1/payments', anOrder(paidWith('roomy')))
    const other = await aShop(api)
    const answer = await shopCalls(api.hosts[host], other.secret).get('/api/v1/events')
    expect(answer.json).toEqual({ events: [], next: null })
  })
})
