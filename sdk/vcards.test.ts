import { describe, expect, test } from 'vitest'
import { aShop, startApi } from '../lib/http/http.fixtures'
import { addDemoCard } from '../lib/cards/wallet.fixtures'
import { krw } from '../lib/money/money'
import { aShopper } from '../test/gateway'
import { Moa, MoaError } from './index'
import { aKey } from './sdk.fixtures'

const api = await startApi()
const { gateway } = api
const shop = await aShop(api)
const moa = new Moa({
  apiUrl: `http://127.0.0.1:${api.port}`,
  webUrl: 'http://127.0.0.1:3000',
  secretKey: shop.secret,
  merchantId: 'mer_0',
  signingKey: aKey().privateJwk,
  retry: { tries: 1 },
})

async function aGrant() {
  const { id } = await aShopper(gateway)
  await addDemoCard(gateway.cards, id, 'saero')
  const given = await gateway.grants.give(
    { id, name: 'Hong' },
    { merchantId: shop.merchant.id, most: krw(100_000), livesMs: 3_600_000 },
  )
  if (given.kind === 'refused') throw new Error(given.reason)
  return { ...given, shopper: { id, name: 'Hong' } }
}

describe('a shop’s agent with a shopper’s grant', () => {
  test('finds the division, makes a V-Card, pays with it and sees it spent', async () => {
    const vcards = moa.vcards((await aGrant()).reference)
    const wish = { amount: 30_000n, currency: 'KRW' }
    const proposal = await vcards.propose(wish)
    expect(proposal).toMatchObject({ ...wish, isPossible: true, shares: [{ issuer: 'saero', amount: 30_000n }] })

    const { id, number, expiry } = await vcards.create(wish, { idempotencyKey: 'agent-1' })
    expect((await vcards.create(wish, { idempotencyKey: 'agent-1' })).number).toBe(number)
    const order = { orderRef: 'agent-order', orderName: 'Moon jar', ...wish }
    const payment = await moa.payments.create({ ...order, means: { card: { number, expiry } } })
    expect(payment.status).toBe('paid')
    expect(await vcards.retrieve(id)).toMatchObject({ state: 'spent', paymentId: payment.id, amount: 30_000n })
  })

  test('cancels one it does not need and lists what it made', async () => {
    const vcards = moa.vcards((await aGrant()).reference)
    const { id } = await vcards.create({ amount: 30_000n, currency: 'KRW', expiresInSeconds: 600 })
    expect(await vcards.cancel(id)).toMatchObject({ id, state: 'cancelled' })
    expect(await vcards.list({ limit: 1 })).toMatchObject({ vcards: [{ id, state: 'cancelled' }], next: null })
  })

  test('is told plainly when the shopper has taken the grant back', async () => {
    const { grant, reference, shopper } = await aGrant()
    await gateway.grants.revoke(shopper, grant.id)
    const error = await moa
      .vcards(reference)
      .propose({ amount: 1n, currency: 'KRW' })
      .catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(MoaError)
    expect(error).toMatchObject({ code: 'grant-refused', outcome: 'refused', status: 403 })
  })

  test('learns at once that a reference was not copied whole, without its being repeated', () => {
    expect(() => moa.vcards('vcg_half')).toThrow(/^((?!vcg_half).)*$/)
  })
})
