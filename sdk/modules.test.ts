import { expect, test } from 'vitest'
import { aShop, startApi } from '../lib/http/http.fixtures'
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

test('a shop sees its ways to pay, registers one, bounds another and keeps it for some shoppers', async () => {
  const listed = await moa.modules.list()
  expect(listed.find(({ module }) => module === 'card')).toMatchObject({ state: 'active' })
  expect(listed.find(({ module }) => module === 'e-cash')).toMatchObject({ state: 'available' })
  expect(await moa.modules.register('e-cash')).toMatchObject({ state: 'inactive' })
  const limits = { KRW: { minimum: 1_000n } }
  const fee = { bps: 250, fixed: { KRW: 100n } }
  const changed = await moa.modules.change('card', { limits, fee, audience: 'listed' })
  expect(changed.terms).toMatchObject({ limits, fee, audience: 'listed' })
  await moa.modules.listShoppers('card', { admit: { shoppers: ['a@example.com'] } })
  expect(await moa.modules.retrieve('card')).toEqual(changed)
  await expect(moa.modules.change('magic', { state: 'active' })).rejects.toMatchObject({ code: 'not-found' })
})
