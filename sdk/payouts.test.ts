import { expect, test } from 'vitest'
import { aShop, startApi } from '../lib/http/http.fixtures'
import { agree, anAccount, booked, settled } from '../lib/settlement/settlement.fixtures'
import { Moa } from './index'
import { aKey } from './sdk.fixtures'

const api = await startApi()
const { gateway, outside } = api
const shop = await aShop(api)
const moa = new Moa({
  apiUrl: `http://127.0.0.1:${api.port}`,
  webUrl: 'http://127.0.0.1:3000',
  secretKey: shop.secret,
  merchantId: 'mer_0',
  signingKey: aKey().privateJwk,
  retry: { tries: 1 },
})

test('a shop reads what it is paid out, what it is made of, when the bank booked it, and what the month brought', async () => {
  await agree(gateway, shop.merchant.id)
  await anAccount(gateway, shop.merchant.id)
  for (let sale = 0; sale < 101; sale++) await booked(gateway, shop.merchant.id, 1_000n)
  await booked(gateway, shop.merchant.id, -400n, { kind: 'refund' })
  await gateway.settlement.payNow(shop.merchant.id, 'KRW')
  await settled(gateway)

  const { payouts, next } = await moa.payouts.list({ state: 'paid' })
  expect(next).toBeNull()
  expect(payouts).toMatchObject([{ state: 'paid', lines: 102, sold: 101_000n, refunded: -400n, amount: 100_600n }])
  const { id } = payouts[0]!
  expect(await moa.payouts.retrieve(id)).not.toHaveProperty('bookedOn')
  await outside.stateAccount('gaon')
  await gateway.statements.readDue()
  expect((await moa.payouts.retrieve(id)).bookedOn).toMatch(/^\d{4}-\d\d-\d\d$/)

  let [lines, sum] = [0, 0n]
  for await (const { amount } of moa.payouts.everyLine(id)) [lines, sum] = [lines + 1, sum + amount]
  expect([lines, sum]).toEqual([102, 100_600n])
  const month = gateway.clock.now().toISOString().slice(0, 7)
  const [brought] = await moa.payouts.profit({ currency: 'KRW', first: '2026-01', last: '2099-12' })
  expect(brought).toMatchObject({ sales: 101, sold: 101_000n, refunded: -400n, left: 100_600n })
  expect(brought!.month >= month).toBe(true)
  // A tenth on top of what it is put on: an eleventh of the price, rounded down.
  expect(brought!.vat).toEqual({ supply: 91_455n, output: 9_145n, input: 0n, due: 9_145n })
})

test('another shop’s payout is as good as missing', async () => {
  await expect(moa.payouts.retrieve('po_019ab0c4d5e67f8091a2b3c4d5e6f708')).rejects.toMatchObject({ code: 'not-found' })
})
