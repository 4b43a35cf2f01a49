import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createVault } from '../cards/vault'
import { uuidAt, type Uuid } from '../ids'
import type { Merchant } from '../merchants/merchant'
import { verifyBooks } from '../ledger/verify'
import { anOrder, cardMeans, openedPayment, type PaymentWorld, startPayments } from '../payments/payments.fixtures'
import type { CashDelivery } from './cash-delivery'
import { createCouriers } from './couriers'

const COURIER = { id: uuidAt(new Date()), name: '서가람' }
const AT_THE_DOOR = {
  module: 'cash-on-delivery',
  input: { name: '한지우', phone: '010-2345-6789', address: '서울시 중구 세종대로 1', note: '경비실에 맡기지 마세요' },
}
const DAY = 24 * 3_600_000

let world: PaymentWorld
let merchant: Merchant

beforeAll(async () => {
  world = await startPayments()
  ;({ couriers, payments } = world.gateway)
})

beforeEach(async () => {
  await world.outside.reset()
  merchant = await world.gateway.merchants.create({
    ...{ name: '달그릇', nameEn: 'Moonbowl', categoryCode: '5411', currencies: ['KRW'], confirmation: 'none' },
    ...{ returnUrls: [], modules: ['cash-on-delivery', 'card'] },
  })
})

let couriers: PaymentWorld['gateway']['couriers']
let payments: PaymentWorld['gateway']['payments']

async function ordered(): Promise<{ id: string; delivery: CashDelivery }> {
  const order = anOrder(merchant, {
    means: [cardMeans('hanbit', 'roomy', 60_000n), { ...AT_THE_DOOR, amount: 30_000n }],
  })
  const { id } = openedPayment(await payments.open(order))
  const open = await couriers.list(merchant.id, { state: 'open', limit: 100 })
  return { id, delivery: open.find(({ paymentId }) => paymentId === id)! }
}

const stateOf = async (id: string) => (await payments.find(merchant.id, id))?.state
const agreed = () => world.expectAgreed(merchant.id)

describe('cash on delivery (M-110 … M-112)', () => {
  test('the courier takes the cash, the order is paid, and the buyer has a receipt by SMS', async () => {
    const { id, delivery } = await ordered()
    expect(delivery).toMatchObject({ amount: { amount: 30_000n }, recipient: { phone: '+821023456789' } })
    const collected = await couriers.collect(merchant.id, delivery.id, COURIER)
    expect(collected).toMatchObject({ kind: 'collected', delivery: { courier: COURIER } })
    expect(await stateOf(id)).toBe('paid')
    const { rows } = await world.gateway.database.pool.query<{ topic: string; masked: string }>(
      `select topic, payload->>'masked' as masked from message where payment_id = $1 and kind = 'sms'`,
      [id],
    )
    expect(rows).toEqual([{ topic: 'cash-receipt', masked: '+82******6789' }])
    await agreed()
  })

  test('the buyer may scan the receipt from the courier’s screen: it shows what was paid and to whom, and lapses (P5.5)', async () => {
    const { delivery } = await ordered()
    const { cashReceipts, settings } = world.gateway
    expect(cashReceipts.addressOf(delivery)).toBeUndefined()
    await couriers.collect(merchant.id, delivery.id, COURIER)
    const taken = (await couriers.find(merchant.id, delivery.id))!
    const address = cashReceipts.addressOf(taken)!
    expect(address.startsWith(`${settings.WEB_URL}/receipt/`)).toBe(true)
    const token = address.slice(address.lastIndexOf('/') + 1)
    const receipt = (await cashReceipts.behind(token))!
    expect(receipt).toMatchObject({ number: taken.receiptNumber, amount: { amount: 30_000n }, state: 'paid' })
    // Whoever looks over the buyer's shoulder learns neither name nor number nor address.
    const told = JSON.stringify(receipt, (_key, value: unknown) => (typeof value === 'bigint' ? String(value) : value))
    for (const own of Object.values(delivery.recipient)) expect(told).not.toContain(own)
    world.clock.forward(7 * DAY)
    expect(await cashReceipts.behind(token)).toBeUndefined()
    world.clock.forward(-7 * DAY)
  })

  test('pressed twice, or by two couriers, the cash is taken once and by one', async () => {
    const { delivery } = await ordered()
    const other = { id: uuidAt(new Date()), name: '윤하늘' }
    const answers = await Promise.all(
      [COURIER, COURIER, other].map((courier) => couriers.collect(merchant.id, delivery.id, courier)),
    )
    const receipts = answers.map((answer) => (answer.kind === 'missing' ? undefined : answer.delivery.receiptNumber))
    expect(new Set(receipts).size).toBe(1)
    const takers = new Set(
      answers.flatMap((answer) => (answer.kind === 'collected' ? [answer.delivery.courier?.id] : [])),
    )
    expect(takers.size).toBe(1)
    await agreed()
  })

  test('a courier that dies before the payment hears of it loses nothing: the worker finishes it (P1.1)', async () => {
    const { id, delivery } = await ordered()
    // The cash is noted, and nobody tells the payment.
    const { database, clock, merchants, settings } = world.gateway
    const dying = createCouriers({
      ...{
        database,
        clock,
        vault: createVault({ sealing: settings.CARD_KEYS, fingerprint: settings.FINGERPRINT_KEY }),
        findMerchant: merchants.get,
      },
      restCame: () => Promise.reject(new Error('killed')),
    })
    await expect(dying.collect(merchant.id, delivery.id, COURIER)).rejects.toThrow('killed')
    expect(await stateOf(id)).toBe('awaiting')
    await payments.finishDue(100)
    await payments.idle()
    expect(await stateOf(id)).toBe('paid')
    await agreed()
  })

  test('visits that come to nothing are kept with their reason; the last ends in everything going back', async () => {
    const { id, delivery } = await ordered()
    expect(await couriers.visited(merchant.id, delivery.id, 'nobody-home', COURIER)).toBe(true)
    expect(await couriers.find(merchant.id, delivery.id)).toMatchObject({
      visits: [{ reason: 'nobody-home', by: '서가람' }],
    })
    expect(await couriers.giveUp(merchant.id, delivery.id)).toBe(true)
    expect(await stateOf(id)).toBe('expired')
    expect(await couriers.collect(merchant.id, delivery.id, COURIER)).toMatchObject({ kind: 'not-open' })
    await agreed()
  })

  test('an order that nobody paid for in two weeks lapses, and what the card paid goes back', async () => {
    const { id, delivery } = await ordered()
    world.clock.forward(15 * DAY)
    await payments.finishDue(100)
    await payments.idle()
    expect(await stateOf(id)).toBe('expired')
    expect(await couriers.find(merchant.id, delivery.id)).toMatchObject({ state: 'withdrawn' })
    await agreed()
  })

  test('cancelled while the courier stands at the door: no cash, or cash that is owed to the buyer until it is back', async () => {
    const orders = await Promise.all(Array.from({ length: 8 }, ordered))
    await Promise.all(
      orders.flatMap(({ id, delivery }) => [
        couriers.collect(merchant.id, delivery.id, COURIER),
        payments.cancel(merchant.id, id),
      ]),
    )
    await payments.idle()
    for (const { id, delivery } of orders) {
      const cash = (await couriers.find(merchant.id, delivery.id))!
      expect([await stateOf(id), cash.state]).toBeOneOf([
        ['paid', 'collected'],
        ['cancelled', 'withdrawn'],
        ['cancelled', 'to-return'],
      ])
      if (cash.state !== 'to-return') continue
      expect(await couriers.givenBack(merchant.id, cash.id)).toBe(true)
      expect(await couriers.givenBack(merchant.id, cash.id)).toBe(false)
    }
    expect(await verifyBooks(world.gateway.database.pool)).toEqual([])
  })

  test('cash to give back, and what was handed in, are read to their ends', async () => {
    for (let left = 3; left > 0; left -= 1) {
      const { delivery } = await ordered()
      await couriers.collect(merchant.id, delivery.id, COURIER)
      await couriers.handIn(merchant.id, COURIER, 'KRW')
    }
    const { pool } = world.gateway.database
    const deliveries = await couriers.list(merchant.id, { state: 'collected', limit: 10 })
    await pool.query(`update cash_delivery set state = 'to-return' where merchant_id = $1`, [merchant.id])
    const owed = async (after?: Uuid): Promise<Uuid[]> => {
      const [one] = await couriers.list(merchant.id, { state: 'to-return', limit: 1, ...(after && { after }) })
      return one ? [one.id, ...(await owed(one.id))] : []
    }
    const handIns = async (before?: Uuid): Promise<Uuid[]> => {
      const [one] = await couriers.handIns(merchant.id, { limit: 1, ...(before && { before }) })
      return one ? [one.id, ...(await handIns(one.id))] : []
    }
    expect(await owed()).toEqual(deliveries.map(({ id }) => id))
    expect(new Set(await handIns()).size).toBe(3)
  })

  test('what a courier received is handed in once, with its sum (M-112)', async () => {
    for (const { delivery } of [await ordered(), await ordered()]) {
      await couriers.collect(merchant.id, delivery.id, COURIER)
    }
    expect((await couriers.inHand(merchant.id, COURIER.id)).sums.get('KRW')).toBe(60_000n)
    const reports = await Promise.all([1, 2].map(() => couriers.handIn(merchant.id, COURIER, 'KRW')))
    expect(reports.filter((report) => report !== undefined)).toMatchObject([
      { amount: { amount: 60_000n }, deliveries: 2 },
    ])
    expect((await couriers.inHand(merchant.id, COURIER.id)).deliveries).toEqual([])
    expect(await couriers.handIns(merchant.id, { limit: 10 })).toHaveLength(1)
  })

  test.each<[string, unknown]>([
    ['no address', { name: '한지우', phone: '010-2345-6789' }],
    ['no telephone', { name: '한지우', phone: 'call me', address: '서울' }],
    ['a second line', { name: '한지우', phone: '010-2345-6789', address: '서울\n부산' }],
    ['a member nobody knows', { ...AT_THE_DOOR.input, door: '3' }],
  ])('refuses a recipient with %s before anything happens (P10.1)', async (_what, input) => {
    const order = anOrder(merchant, { means: [{ module: 'cash-on-delivery', input }] })
    expect(await payments.open(order)).toEqual({ kind: 'refused', reason: 'wrong-means' })
  })
})
