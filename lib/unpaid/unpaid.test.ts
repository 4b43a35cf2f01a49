import { beforeAll, expect, test } from 'vitest'
import { aMerchant } from '../../test/gateway'
import { later } from '../clock'
import { debitMeans, type DebitWorld, startDebitWorld } from '../direct-debit/direct-debit.fixtures'
import type { Merchant } from '../merchants/merchant'
import type { Payment } from '../payments/payment'

const HOUR = 3_600_000
const GIRO = { module: 'giro', input: { name: '한지우', email: 'jiwoo@example.com' } }
const AT_THE_DOOR = {
  module: 'cash-on-delivery',
  input: { name: '윤하늘', phone: '010-2345-6789', address: '서울시 중구 세종대로 1' },
}

let world: DebitWorld
let shop: Merchant
let now = new Date()

beforeAll(async () => {
  world = await startDebitWorld({ clock: { now: () => now } })
  shop = await aMerchant(world.gateway, { modules: ['giro', 'cash-on-delivery', 'direct-debit'] })
})

const list = (filter: { overdue?: boolean } = {}) => world.gateway.unpaid.page(shop.id, { limit: 10, ...filter })
const ids = (payments: readonly { paymentId: string }[]) => payments.map(({ paymentId }) => paymentId).sort()

/** When the part of this payment that is paid later is due. */
async function dueAtOf({ id }: Payment): Promise<Date> {
  const found = (await list()).find(({ paymentId }) => paymentId === id)
  return found!.parts[0]!.dueAt!
}

test('what is overdue is exactly what is due and has not come, by whichever means it is to be paid', async () => {
  const waiting: { id: string; dueAt: Date }[] = []
  for (const means of [GIRO, AT_THE_DOOR, debitMeans()]) {
    const payment = await world.pay(shop, [means])
    expect(payment).toMatchObject({ state: 'awaiting' })
    waiting.push({ id: payment.id, dueAt: await dueAtOf(payment) })
  }
  expect(ids(await list({ overdue: true }))).toEqual([])

  for (const { dueAt } of waiting.toSorted((a, b) => a.dueAt.getTime() - b.dueAt.getTime())) {
    for (now of [dueAt, later(dueAt, 1)]) {
      const due = waiting.filter((one) => one.dueAt < now).map(({ id }) => id)
      expect(ids(await list({ overdue: true }))).toEqual(due.sort())
      expect(ids((await list()).filter(({ parts }) => parts.some(({ isOverdue }) => isOverdue)))).toEqual(due)
    }
  }
  now = later(now, HOUR)
  expect(await list({ overdue: true })).toHaveLength(3)
})
