import { describe, expect, test } from 'vitest'
import { keyPair } from '../merchants/merchants.fixtures'
import { anOrder, aShop, fresh, hostNames, paidWith, shopCalls, startApi } from './http.fixtures'

const api = await startApi()

describe.each(hostNames)('over %s', (host) => {
  test('a contract may be made stricter with an API key, never laxer', async () => {
    const shop = await aShop(api)
    const { get, post } = shopCalls(api.hosts[host], shop.secret)
    const lax = {
      ...{ signedLink: 'required', confirmation: 'none', signedCancel: 'none', confirmationLine: 'public' },
      refundBeyondBalance: 'allow',
    }
    expect((await get('/api/v1/contract')).json).toEqual(lax)
    const unready = await post('/api/v1/contract', { signedCancel: 'required' })
    expect([unready.status, unready.json['code']]).toEqual([409, 'contract-not-ready'])
    await api.gateway.merchants.addKey(shop.merchant.id, { jwk: keyPair('shop-1').jwk })
    const strict = await post('/api/v1/contract', { signedCancel: 'required' })
    expect([strict.status, strict.json]).toEqual([200, { ...lax, signedCancel: 'required' }])
    for (const laxer of [
      { signedCancel: 'none' },
      { signedLink: 'none' },
      { confirmationLine: 'public' },
      { refundBeyondBalance: 'allow' },
    ]) {
      expect((await post('/api/v1/contract', laxer)).status).toBe(422)
    }
    expect((await get('/api/v1/contract')).json).toEqual({ ...lax, signedCancel: 'required' })
  })

  test('M-227: where the contract asks for signed cancels, an API key alone gives nothing back', async () => {
    const shop = await aShop(api)
    const { get, post } = shopCalls(api.hosts[host], shop.secret)
    await api.gateway.merchants.addKey(shop.merchant.id, { jwk: keyPair('shop-1').jwk })
    const paid = await post('/api/v1/payments', anOrder(paidWith('roomy')))
    const id = String(paid.json['id'])
    await api.gateway.contracts.change(shop.merchant.id, { signedCancel: 'required' })
    for (const [path, body] of [
      ['cancel', { reason: 'sold out' }],
      ['refunds', { reason: 'sold out' }],
    ] as const) {
      const answer = await post(`/api/v1/payments/${id}/${path}`, body)
      expect([answer.status, answer.json['code']]).toEqual([403, 'signature-required'])
    }
    expect((await get(`/api/v1/payments/${id}`)).json).toMatchObject({ standing: 'paid', refundedAmount: '0' })
  })

  test('a shop that need not sign its links is given one, and others are not', async () => {
    const shop = await aShop(api)
    const { post } = shopCalls(api.hosts[host], shop.secret)
    const opened = await post('/api/v1/payments', { ...anOrder(), orderRef: fresh('link') })
    const id = String(opened.json['id'])
    expect((await post(`/api/v1/payments/${id}/links`, {})).json['code']).toBe('signature-required')
    await api.gateway.contracts.change(shop.merchant.id, { signedLink: 'none' })
    const made = await post(`/api/v1/payments/${id}/links`, {})
    expect(made.status).toBe(201)
    const token = new URL(String(made.json['url'])).searchParams.get('t') ?? ''
    expect(await api.gateway.checkoutLinks.verify(id, token)).toMatchObject({ kind: 'verified' })
    const other = shopCalls(api.hosts[host], (await aShop(api)).secret)
    expect((await other.post(`/api/v1/payments/${id}/links`, {})).status).toBe(404)
  })

  test('M-170: keys are published with chains, and the authorities they end at beside them', async () => {
    const keys = async (path: string) =>
      (await api.hosts[host]({ path })).json as unknown as { keys: { x5c: string[]; d?: string }[] }
    const { authorities } = (await api.hosts[host]({ path: '/.well-known/moa-authorities.json' })).json as unknown as {
      authorities: { certificate: string }[]
    }
    for (const path of ['/.well-known/jwks.json', '/.well-known/encryption-keys.json']) {
      for (const { x5c, d } of (await keys(path)).keys) {
        expect(d).toBeUndefined()
        expect(authorities[0]!.certificate.replace(/-----[A-Z ]+-----|\n/g, '')).toBe(x5c.at(-1))
      }
    }
  })
})
