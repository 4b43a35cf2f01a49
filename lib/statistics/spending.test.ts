import { beforeEach, expect, test } from 'vitest'
import { addDemoCard, aClock } from '../cards/wallet.fixtures'
import { krw, type Money, usd } from '../money/money'
import { aMerchant, aShopper, startGateway } from '../../test/gateway'
import type { Uuid } from '../ids'
import { createSpending } from './spending'

const clock = aClock()
const { gateway, outside } = await startGateway({ clock })
const shop = await aMerchant(gateway)
const { database } = gateway
const spending = createSpending({ database, clock, settings: { TIME_ZONE: 'Asia/Seoul' } })

beforeEach(() => outside.reset())

let orders = 0

/** A purchase with a V-Card whose number is typed at the shop: the shop does not know whose it is. */
async function spend(shopperId: Uuid, amount: Money, issuer: 'hanbit' | 'atlas' = 'hanbit') {
  const [known] = (await gateway.cards.list(shopperId)).filter((card) => card.issuer === issuer)
  const card = known ?? (await addDemoCard(gateway.cards, shopperId, issuer))
  await gateway.cards.refresh(shopperId)
  const shares = [{ cardId: card.id, amount: amount.amount }]
  const made = await gateway.vcards.create(shopperId, { merchantId: shop.id, amount, shares, mayRetry: false })
  if (made.kind !== 'created') throw new Error(made.reason)
  const opened = await gateway.payments.open({
    ...{ merchantId: shop.id, orderRef: `spent-${++orders}`, orderName: '책', amount },
    ...{ captureMode: 'automatic', channel: 'direct', locale: 'ko', metadata: {} },
    means: [{ module: 'card', input: { number: made.number, expiry: '3112' } }],
  })
  if (opened.kind !== 'opened' || opened.payment.state !== 'paid') throw new Error('not paid')
  return opened.payment
}

test('what went back is not spent, other shoppers’ purchases are not one’s own, and currencies are not added', async () => {
  const [one, other] = [(await aShopper(gateway)).id, (await aShopper(gateway)).id]
  await spend(other, krw(99_000))
  await spend(one, usd(1250), 'atlas')
  const payment = await spend(one, krw(30_000))
  await spend(one, krw(5_000))
  await gateway.refunds.open({
    ...{ merchantId: shop.id, paymentId: payment.id, amount: 10_000n, strategy: 'ratio', kind: 'refund' },
    ...{ reason: 'torn', requestedBy: { kind: 'person', id: 'per_1', name: 'Kim' } },
  })
  const spent = await spending.byMonth(one, 6)
  expect(spent.map(({ currency, months }) => [currency, ...months.map(({ amount }) => amount)])).toEqual([
    ['KRW', 0n, 0n, 0n, 0n, 0n, 25_000n],
    ['USD', 0n, 0n, 0n, 0n, 0n, 1250n],
  ])
})

test('months begin at midnight of the gateway’s zone', async () => {
  const { id } = await aShopper(gateway)
  await spend(id, krw(1000))
  const [spent] = await spending.byMonth(id, 3)
  const starts = spent!.months.map(({ start }) => start.toISOString())
  expect(starts).toHaveLength(3)
  // Seoul is nine hours ahead, summer and winter.
  for (const start of starts) expect(start).toMatch(/T15:00:00.000Z$/)
})

test('who bought nothing has nothing', async () => {
  expect(await spending.byMonth((await aShopper(gateway)).id, 6)).toEqual([])
})
