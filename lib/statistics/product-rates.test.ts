import { beforeAll, expect, test } from 'vitest'
import { aMerchant, aShopper, startGateway, type TestGateway } from '../../test/gateway'
import { aPurchase } from '../refund-requests/refund-requests.fixtures'
import { type Uuid, uuidAt } from '../ids'
import type { Item } from '../payments/items'
import type { Payment } from '../payments/payment'
import { noonClock } from '../payments/payments.fixtures'
import type { RefundItem } from '../payments/refund-items'
import { faultOfPeriod, rateOf } from './product-rates'

const DOLL: Item = { name: '인형', quantity: 2, unitAmount: 10_000n, group: '완구' }
const BLOCKS: Item = { name: '블록', quantity: 1, unitAmount: 10_000n, group: '완구' }
const SOAP: Item = { name: '비누', quantity: 3, unitAmount: 1_000n }

let world: TestGateway
let shopper: { id: Uuid; name: string }
let merchantId: Uuid
let today: string
beforeAll(async () => {
  world = await startGateway({ clock: noonClock() })
  shopper = { ...(await aShopper(world.gateway)), name: '한지우' }
  today = await world.gateway.daily.today()
})

const bought = (...items: Item[]): Promise<Payment> =>
  aPurchase(world, merchantId, {
    ...{ shopperId: shopper.id, items },
    amount: items.reduce((sum, { quantity, unitAmount }) => sum + BigInt(quantity) * unitAmount, 0n),
  })
const refund = ({ id }: Payment, wanted: { amount: bigint } | { items: readonly RefundItem[] }) =>
  world.gateway.refunds.open({
    ...{ merchantId, paymentId: id, strategy: 'ratio', kind: 'refund', reason: '반품' },
    ...{ requestedBy: { kind: 'person', id: 'x', name: 'x' }, word: 'agreed', ...wanted },
  })
const ask = ({ id }: Payment, reason: 'damaged' | 'changed-mind', items?: readonly RefundItem[]) =>
  world.gateway.refundRequests.ask(shopper, {
    ...{ paymentId: id, reason, words: '', token: uuidAt(new Date()) },
    wanted: items ? { items } : { amount: 1_000n },
  })
const rates = (by: 'product' | 'group', search?: string) =>
  world.gateway.productFigures.rates(merchantId, { by, currency: 'KRW', first: today, last: today, search })

test('each product has what was sold of it, what came back, and how many orders were not satisfying (M-153)', async () => {
  merchantId = (await aMerchant(world.gateway)).id
  const [byLine, byAmount, whole] = [await bought(DOLL, BLOCKS), await bought(DOLL, BLOCKS), await bought(SOAP)]
  await bought(DOLL)
  await refund(byLine, { items: [{ item: 1, quantity: 1 }] })
  // Named for no line: of twenty and ten thousand two thirds are the doll's.
  await refund(byAmount, { amount: 3_000n })
  await refund(whole, { amount: 3_000n })
  await ask(byLine, 'damaged', [{ item: 2, quantity: 1 }])
  await ask(byAmount, 'changed-mind')

  const doll = { name: '인형', orders: 3, pieces: 6, piecesBack: 1, sold: 60_000n, back: 12_000n, dissatisfied: 0 }
  const soap = { name: '비누', orders: 1, pieces: 3, piecesBack: 3, sold: 3_000n, back: 3_000n, dissatisfied: 0 }
  const blocks = { name: '블록', orders: 2, pieces: 2, piecesBack: 0, sold: 20_000n, back: 1_000n, dissatisfied: 1 }
  expect(await rates('product')).toEqual([doll, soap, blocks])
  expect(await rates('product', '인')).toEqual([doll])
  // The two lines of one order are one order of their group; what has no group stands under no name.
  expect(await rates('group')).toEqual([
    { name: '완구', orders: 3, pieces: 8, piecesBack: 1, sold: 80_000n, back: 13_000n, dissatisfied: 1 },
    { ...soap, name: '' },
  ])
  expect(rateOf(doll.back, doll.sold)).toBe(0.2)
})

test('what is not paid, of another shop, another day or another currency, is not counted', async () => {
  merchantId = (await aMerchant(world.gateway)).id
  await bought(DOLL)
  const { productFigures } = world.gateway
  const asked = { by: 'product', currency: 'KRW', first: today, last: today } as const
  expect(await productFigures.rates(merchantId, asked)).toHaveLength(1)
  expect(await productFigures.rates(merchantId, { ...asked, currency: 'USD' })).toEqual([])
  expect(await productFigures.rates(merchantId, { ...asked, first: '2020-01-01', last: '2020-12-31' })).toEqual([])
  expect(await productFigures.rates((await aMerchant(world.gateway)).id, asked)).toEqual([])
})

test.each([
  ['2026-01-01', '2026-12-31', undefined],
  ['2026-01-01', '2027-01-02', 'first'],
  ['2026-02-01', '2026-01-31', 'last'],
  ['x', '2026-01-31', 'first'],
] as const)('the period from %s to %s: %s is wrong', (first, last, fault) => {
  expect(faultOfPeriod({ first, last })).toBe(fault)
})
