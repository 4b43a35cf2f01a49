import fc from 'fast-check'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { aShopper, startGateway, type TestGateway } from '../../test/gateway'
import { inOrder, moved, ways } from './means-order'

const card = 'card:01890000-0000-7000-8000-000000000001'
const line = 'line:01890000-0000-7000-8000-000000000002'
const account = 'account:01890000-0000-7000-8000-000000000003'

let world: TestGateway
let shopperId: string

beforeAll(async () => {
  world = await startGateway()
})
beforeEach(async () => {
  shopperId = (await aShopper(world.gateway)).id
})

describe('a wallet’s order (M-132)', () => {
  test('is the shopper’s own, with one means tried first; neither undoes the other', async () => {
    const { walletOrder } = world.gateway
    expect(await walletOrder.of(shopperId)).toEqual({ order: [] })
    expect(await walletOrder.prefer(shopperId, 'e-cash')).toBe(true)
    expect(await walletOrder.arrange(shopperId, [line, card, 'e-cash', account])).toBe(true)
    expect(await walletOrder.of(shopperId)).toEqual({ order: [line, card, 'e-cash', account], preferred: 'e-cash' })
    expect(await walletOrder.prefer(shopperId, undefined)).toBe(true)
    expect(await walletOrder.of(shopperId)).toEqual({ order: [line, card, 'e-cash', account] })
    const { id: somebodyElse } = await aShopper(world.gateway)
    expect(await walletOrder.of(somebodyElse)).toEqual({ order: [] })
  })

  test.each([
    ['no means', ['card:1']],
    ['a page', ['javascript:alert(1)']],
    ['more than a wallet holds', Array.from({ length: 201 }, (_, n) => `card:${String(n).padStart(36, '0')}`)],
  ])('does not take %s', async (_, order) => {
    expect(await world.gateway.walletOrder.arrange(shopperId, order)).toBe(false)
    expect(await world.gateway.walletOrder.of(shopperId)).toEqual({ order: [] })
  })

  test('does not prefer what is no means', async () => {
    expect(await world.gateway.walletOrder.prefer(shopperId, 'cash')).toBe(false)
  })
})

test('what is not in the order comes after it, as it came; what is gone is passed over', () => {
  const all = ['a', 'b', 'c', 'd'].map((means) => ({ means }))
  const shown = inOrder(all, { order: ['d', 'gone', 'b'] }).map(({ means }) => means)
  expect(shown).toEqual(['d', 'b', 'a', 'c'])
})

test('moving a means loses none and moves it by one place, or to the front', () => {
  expect(moved(['a', 'b', 'c'], 'b', 'up')).toEqual(['b', 'a', 'c'])
  expect(moved(['a', 'b', 'c'], 'b', 'down')).toEqual(['a', 'c', 'b'])
  expect(moved(['a', 'b', 'c'], 'c', 'first')).toEqual(['c', 'a', 'b'])
  expect(moved(['a', 'b'], 'a', 'up')).toEqual(['a', 'b'])
  const names = fc.uniqueArray(fc.string({ minLength: 1 }), { maxLength: 12 })
  fc.assert(
    fc.property(names, fc.nat(), fc.constantFrom(...ways), (order, place, way) => {
      const after = moved(order, order[place % (order.length || 1)] ?? 'none', way)
      expect(after.toSorted()).toEqual(order.toSorted())
    }),
  )
})
