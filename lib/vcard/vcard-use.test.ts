import { beforeAll, expect, test } from 'vitest'
import type { Merchant } from '../merchants/merchant'
import { anOrder, aVCard, openedPayment, type PaymentWorld, startPayments } from '../payments/payments.fixtures'

let world: PaymentWorld
let merchant: Merchant

beforeAll(async () => {
  world = await startPayments({ issuerTimeLimitMs: 250 })
  merchant = await world.aShop()
})

test('a V-Card is being voided until every issuer has confirmed it, and its buyer sees that (N16, M-277)', async () => {
  const { shopper, vcard, means, amount } = await aVCard(world, merchant)
  const seen = async () => (await world.gateway.vcards.get(shopper.id, vcard.id))?.use
  expect(await seen()).toBeUndefined()
  await world.outside.switch('saero', { on: 'authorization', do: { kind: 'decline', code: '51' }, times: 1 })
  await world.outside.switch('hanbit', { on: 'reversal', do: { kind: 'drop-before' } })
  openedPayment(await world.gateway.payments.open(anOrder(merchant, { amount, means: [means] })))
  expect(await seen()).toBe('voiding')
  expect(await world.gateway.vcards.list(shopper.id)).toMatchObject([{ state: 'spent', use: 'voiding' }])
  await world.outside.clearSwitches('hanbit')
  await world.settle(merchant.id)
  expect(await seen()).toBe('not-charged')
})

test('a V-Card whose issuers all completed is approved; of one held for the shop that is said, too', async () => {
  const [paid, held] = [await aVCard(world, merchant), await aVCard(world, merchant)]
  const order = (card: typeof paid) => anOrder(merchant, { amount: card.amount, means: [card.means] })
  await world.gateway.payments.open(order(paid))
  await world.gateway.payments.open({ ...order(held), captureMode: 'manual' })
  expect(await world.gateway.vcards.list(paid.shopper.id)).toMatchObject([{ use: 'approved' }])
  expect(await world.gateway.vcards.list(held.shopper.id)).toMatchObject([{ use: 'held' }])
})
