import { beforeAll, expect, test } from 'vitest'
import { aShopper } from '../../test/gateway'
import { aPayment } from '../desk/desk.fixtures'
import type { Uuid } from '../ids'
import { type PaymentWorld, startPayments } from './payments.fixtures'
import type { PurchaseFilter } from './store'

let world: PaymentWorld

beforeAll(async () => {
  world = await startPayments()
})

test('a shopper finds purchases by a part of the order or of the shop, and by how they stand, and only their own', async () => {
  const { id } = await world.aShop()
  const shop = await world.gateway.merchants.get(id)
  const [shopper, other] = [await aShopper(world.gateway), await aShopper(world.gateway)]
  const bought = (orderName: string, shopperId: Uuid) => aPayment(world, id, { orderName, shopperId })
  const cup = await bought('백자 잔 Cup', shopper.id)
  const plate = await bought('접시', shopper.id)
  await bought('백자 잔', other.id)
  const read = async (filter: Partial<PurchaseFilter>) => {
    const found = await world.gateway.payments.listOfShopper(shopper.id, { limit: 9, ...filter })
    return found.map((one) => one.id)
  }
  expect(await read({})).toEqual([plate.id, cup.id])
  expect(await read({ text: 'cup' })).toEqual([cup.id])
  expect(await read({ text: shop!.nameEn.toUpperCase() })).toEqual([plate.id, cup.id])
  expect(await read({ text: '%' })).toEqual([])
  expect(await read({ standing: 'paid', order: 'oldest', before: cup.id })).toEqual([plate.id])
  expect(await read({ standing: 'failed' })).toEqual([])
})
