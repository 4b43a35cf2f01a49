import { expect, test } from 'vitest'
import { load } from '../lib/accounts/accounts.fixtures'
import { aShop, startApi } from '../lib/http/http.fixtures'
import { readPublicId } from '../lib/ids'
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

test('a shop opens an account, charges it, gives a part back and charges a reservation in part', async () => {
  const opened = await moa.accounts.open({ currency: 'KRW', limits: { perMonth: 8_000n } })
  expect(opened.number).toMatch(/^9420\d{12}$/)
  await load(api.gateway, readPublicId('acc', opened.id)!, 10_000n)
  const wish = { amount: 1_500n, currency: 'KRW', description: 'Ringtone' }

  const charged = await moa.accounts.charge(opened.id, wish, { idempotencyKey: 'once' })
  expect(charged).toMatchObject({ status: 'charged', amount: 1_500n, balance: 8_500n })
  expect(await moa.accounts.charge(opened.id, wish, { idempotencyKey: 'once' })).toEqual(charged)
  if (charged.status !== 'charged') throw new Error('not charged')
  const back = { chargeId: charged.id, amount: 500n, currency: 'KRW' }
  expect(await moa.accounts.refund(opened.id, back)).toMatchObject({ amount: 500n, balance: 9_000n })

  expect(await moa.accounts.charge(opened.id, { ...wish, amount: 7_001n })).toMatchObject({
    ...{ status: 'declined', reason: 'month-limit' },
  })
  const made = await moa.accounts.reserve(opened.id, { ...wish, amount: 3_000n, expiresInSeconds: 60 })
  const place = { accountId: opened.id, reservationId: made.id! }
  expect(await moa.accounts.chargeReservation(place, { ...wish, amount: 1_000n })).toMatchObject({ balance: 8_000n })
  expect(await moa.accounts.release(place)).toMatchObject({ status: 'released', charged: 1_000n, held: 0n })
  expect(await moa.accounts.retrieve(opened.id)).toMatchObject({ balance: 8_000n, held: 0n, usedThisMonth: 2_000n })
  expect((await moa.accounts.list()).accounts.map(({ id }) => id)).toEqual([opened.id])
})
