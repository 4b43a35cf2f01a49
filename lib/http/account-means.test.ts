import { expect, test } from 'vitest'
import { anAccount } from '../accounts/accounts.fixtures'
import { anOrder, aShop, shopCalls, startApi } from './http.fixtures'

const api = await startApi()
const shop = await aShop(api)
await api.gateway.merchants.change(shop.merchant.id, { modules: ['card', 'micro-account'] })
const { post } = shopCalls(api.hosts['the api process'], shop.secret)

const PIN = '2580'
const payWith = (means: object) => post('/api/v1/payments', anOrder({ means }))

async function texts(to: string): Promise<string[]> {
  // Nothing for telephones is taken up before the line to the SMS centre stands.
  await api.gateway.messages.sendDue(50)
  await expect.poll(() => api.gateway.messages.smsState()?.state).toMatch(/up|degraded/)
  while (await api.gateway.messages.sendDue(50)) continue
  await api.gateway.messages.idle()
  return (await api.outside.sms({ to })).map(({ text }) => text)
}

test('a shop that was given number and PIN charges the account at once; details and balance go to its phone (M-88 to M-92)', async () => {
  const mobile = '+821055000001'
  const account = await anAccount(api.gateway, { balance: 15_000n, pin: PIN, mobile, threshold: 5_000n })
  const answer = await payWith({ account: { number: account.number, pin: PIN } })
  expect(answer.status).toBe(201)
  expect(answer.json).toMatchObject({ status: 'paid', legs: [{ module: 'micro-account', state: 'captured' }] })
  expect(answer.text).not.toContain(account.number)
  expect(await api.gateway.accounts.find(account.id)).toMatchObject({ balance: 3_000n })
  expect(await texts(mobile)).toHaveLength(2)
})

test('a shop that was given an account nobody has is told no more than for a wrong PIN; the shopper is told by SMS (M-93, N10)', async () => {
  const mobile = '+821055000002'
  const account = await anAccount(api.gateway, { pin: PIN })
  const missing = await payWith({ account: { number: '9420000000000000', pin: PIN, mobile } })
  const wrong = await payWith({ account: { number: account.number, pin: '9999', mobile } })
  for (const { status, json } of [missing, wrong]) {
    expect(status).toBe(201)
    expect(json).toMatchObject({ status: 'declined', reason: 'micro-account-wrong' })
  }
  expect(await texts(mobile)).toHaveLength(2)
})

test.each([
  [{}],
  [{ account: { number: '9420', pin: PIN } }],
  [{ account: { number: '9420000000000000', pin: '1' } }],
  [{ account: { number: '9420000000000000', pin: PIN, mobile: '010-1234-5678' } }],
  [{ account: { number: '9420000000000000', pin: PIN }, card: { number: '9400010000000006', expiry: '2912' } }],
  [{ account: { number: '9420000000000000', pin: PIN, extra: 1 } }],
])('means that are not understood are refused before anything happens (P10.1): %j', async (means) => {
  expect((await payWith(means)).status).toBe(422)
})
