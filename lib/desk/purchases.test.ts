import { beforeAll, describe, expect, test } from 'vitest'
import { type CardRole, demoCard } from '../../simulators/issuers/demo-cards'
import { aMerchant, aShopper, startGateway, type TestGateway } from '../../test/gateway'
import { later } from '../clock'
import { publicId, type Uuid } from '../ids'
import type { Payment } from '../payments/payment'
import { noonClock } from '../payments/payments.fixtures'
import { readPurchaseQuery } from './purchase-query'
import { aPayment } from './desk.fixtures'
import { purchaseTabs } from './purchase-tab'

const clock = noonClock()
let world: TestGateway
let merchantId: Uuid
let paid: Payment
let failed: Payment
let open: Payment
let refunded: Payment
let atWork: Payment

beforeAll(async () => {
  world = await startGateway({ clock })
  merchantId = (await aMerchant(world.gateway)).id
  const card = { issuer: 'hanbit', role: 'roomy' } as const
  paid = await aPayment(world, merchantId, { ...card, orderRef: 'A-1', orderName: '100% 면 셔츠_흰색' })
  failed = await aPayment(world, merchantId, { issuer: 'saero', role: 'declines', orderRef: 'A-2', orderName: '모자' })
  const opened = await world.gateway.payments.open({
    ...{ merchantId, orderRef: 'A-3', orderName: '장갑', amount: { amount: 5_000n, currency: 'KRW' } },
    ...{ captureMode: 'automatic', channel: 'hosted', locale: 'ko', metadata: {}, email: 'Caller@Example.com' },
  })
  if (opened.kind !== 'opened') throw new Error(opened.kind)
  open = opened.payment
  refunded = await aPayment(world, merchantId, { issuer: 'saero', role: 'roomy', orderRef: 'A-4', orderName: '양말' })
  const back = { kind: 'cancellation', strategy: 'ratio', reason: '취소', amount: refunded.amount } as const
  const requestedBy = { kind: 'person', id: 'per', name: '강도현' } as const
  await world.gateway.refunds.open({ merchantId, paymentId: refunded.id, requestedBy, ...back })
  // The issuer answers nothing any more: neither the request nor its reversal.
  for (const on of ['authorization', 'reversal'] as const)
    await world.outside.switch('narae', { on, do: { kind: 'drop-before' } })
  atWork = await aPayment(world, merchantId, { issuer: 'narae', orderRef: 'A-5', orderName: '우산' })
})

const cardOf = (role: CardRole) => {
  const { number, expiry, securityCode } = demoCard('hanbit', role)
  return { number, expiry, securityCode }
}
const idsOf = (payments: readonly Payment[]) => payments.map(({ orderRef }) => orderRef)

test('every payment is in exactly one tab (M-144)', async () => {
  const tabs = await Promise.all(
    purchaseTabs.map(async (tab) => [tab, idsOf(await world.gateway.purchases.page(merchantId, { tab, limit: 9 }))]),
  )
  expect(Object.fromEntries(tabs)).toEqual({
    ...{ paid: ['A-1'], unpaid: ['A-3'], 'refund-requested': [] },
    ...{ refunded: ['A-4'], failed: ['A-2'], 'being-checked': ['A-5'] },
  })
})

test('M-155: the tabs say how many payments stand in them', async () => {
  expect(await world.gateway.purchases.counts(merchantId)).toEqual({
    ...{ paid: 1, unpaid: 1, 'refund-requested': 0, refunded: 1, failed: 1, 'being-checked': 1 },
  })
})

test('pages follow each other without a gap, the newest first', async () => {
  const first = await world.gateway.purchases.page(merchantId, { limit: 2 })
  const second = await world.gateway.purchases.page(merchantId, { limit: 9, before: first[1]!.id })
  expect([...idsOf(first), ...idsOf(second)]).toEqual(['A-5', 'A-4', 'A-3', 'A-2', 'A-1'])
})

test('an order reference is found whole, in the tab or in all', async () => {
  const { page } = world.gateway.purchases
  expect(idsOf(await page(merchantId, { orderRef: 'A-2', limit: 9 }))).toEqual(['A-2'])
  expect(idsOf(await page(merchantId, { orderRef: 'A-2', tab: 'paid', limit: 9 }))).toEqual([])
  expect(idsOf(await page(merchantId, { orderRef: 'A', limit: 9 }))).toEqual([])
})

test.each<[string, () => string, string[]]>([
  ['an order reference', () => 'A-2', ['A-2']],
  ['a part of the order’s name', () => ' 장갑 ', ['A-3']],
  ['a payment id, in capitals too', () => publicId('pay', atWork.id).toUpperCase(), ['A-5']],
  ['a TID, in capitals too', () => atWork.id.toUpperCase(), ['A-5']],
  ['an e-mail, however it is written', () => 'caller@EXAMPLE.com', ['A-3']],
  ['the last four digits of a card', () => demoCard('saero', 'roomy').number.slice(-4), ['A-4']],
  ['signs that mean something in a pattern', () => '100% 면', ['A-1']],
  ['a sign that would match everything', () => '%', ['A-1']],
  ['another sign that would match everything', () => '_', ['A-1']],
  ['nothing', () => '   ', []],
  ['what is in no purchase', () => '없는 것', []],
])('the desk finds by %s', async (_, typed, found) => {
  expect(idsOf(await world.gateway.purchases.search(merchantId, typed()))).toEqual(found)
})

describe('the desk finds what a caller tells of themselves:', () => {
  let shop: Uuid
  const search = async (typed: string) => idsOf(await world.gateway.purchases.search(shop, typed))

  beforeAll(async () => {
    shop = (await aMerchant(world.gateway, { modules: ['card', 'cash-on-delivery'] })).id
    const { id } = await aShopper(world.gateway)
    const amount = { amount: 48_700n, currency: 'KRW' } as const
    await aPayment(world, shop, { orderRef: 'N-1', orderName: '찻잔', shopperId: id })
    await aPayment(world, shop, { orderRef: 'N-2', orderName: '접시', amount })
    const door = { name: '한지우', phone: '010-2345-6789', address: '서울시 중구 세종대로 1' }
    const opened = await world.gateway.payments.open({
      ...{ merchantId: shop, orderRef: 'N-3', orderName: '항아리', captureMode: 'automatic', channel: 'direct' },
      ...{ locale: 'ko', metadata: {}, amount: { amount: 90_000n, currency: 'KRW' } },
      means: [
        { module: 'card', input: cardOf('roomy'), amount: 60_000n },
        { module: 'cash-on-delivery', input: door, amount: 30_000n },
      ],
    })
    expect(opened.kind).toBe('opened')
  })

  test.each([
    ['their name', '홍길동', ['N-1']],
    ['a part of it', '길동', ['N-1']],
    ['who got it at the door', '한지우', ['N-3']],
    ['their telephone number, as they say it', '010 2345 6789', ['N-3']],
    ['the same with its country', '+82 10-2345-6789', ['N-3']],
    ['another number', '010-2345-6780', []],
    ['the amount', '48700', ['N-2']],
    ['the amount as it is printed', '₩48,700', ['N-2']],
    ['the amount as it is said', '48,700원', ['N-2']],
    ['the part that stands on their card’s statement', '60,000', ['N-3']],
    ['an amount of another currency', '48700.00', []],
    ['an amount with a point nowhere', '48,70', []],
  ])('%s', async (_what, typed, found) => expect(await search(typed)).toEqual(found))

  test('and never what they bought elsewhere (P6.2)', async () => {
    const elsewhere = (await aMerchant(world.gateway)).id
    for (const typed of ['홍길동', '한지우', '010-2345-6789', '48,700', '60000']) {
      expect(await world.gateway.purchases.search(elsewhere, typed)).toEqual([])
    }
  })
})

test('nothing of another merchant is ever found (P6.2)', async () => {
  const elsewhere = (await aMerchant(world.gateway)).id
  const { page, search } = world.gateway.purchases
  expect(await page(elsewhere, { limit: 9 })).toEqual([])
  const lastFour = demoCard('hanbit', 'roomy').number.slice(-4)
  for (const typed of [publicId('pay', paid.id), paid.id, 'A-2', '장갑', 'caller@example.com', lastFour]) {
    expect(await search(elsewhere, typed)).toEqual([])
  }
})

test('cancellations of today are listed with who asked, and none from before', async () => {
  const { cancellations } = world.gateway.purchases
  const today = await cancellations(merchantId, later(clock.now(), -60_000))
  expect(today).toMatchObject([{ orderName: '양말', amount: refunded.amount, by: '강도현', state: 'refunded' }])
  expect(await cancellations(merchantId, later(clock.now(), 60_000))).toEqual([])
})

test.each([
  ['ORD-1', 'text'],
  ['1234', 'last-four'],
  ['12345', 'text'],
  ['a@b.kr', 'email'],
  ['01A1672F-5d3f-7f09-8071-7c57540c0140', 'tid'],
  ['pay_1', 'text'],
  ['a\u0000b', undefined],
  ['a\u202eb', undefined],
  ['x'.repeat(201), undefined],
])('"%s" is looked for as %s', (typed, kind) => expect(readPurchaseQuery(typed)?.kind).toBe(kind))

test('today’s figures count what was paid, what went back, and how much of what was tried was approved', async () => {
  const today = await world.gateway.statistics.today(merchantId)
  expect([failed.state, open.state]).toEqual(['declined', 'created'])
  expect(today).toEqual([
    {
      ...{ currency: 'KRW', paid: { count: 2, amount: 60_000n }, refunded: { count: 1, amount: 30_000n } },
      ...{ tried: 3, approved: 2, reasons: [{ reason: 'declined', count: 1 }] },
    },
  ])
  expect(await world.gateway.statistics.weekAgo(merchantId)).toEqual([])
})

test('today begins at midnight in Seoul, not in Greenwich', async () => {
  const start = await world.gateway.statistics.startOfToday()
  expect(new Intl.DateTimeFormat('en-GB', { timeStyle: 'medium', timeZone: 'Asia/Seoul' }).format(start)).toBe(
    '00:00:00',
  )
  expect(clock.now().getTime() - start.getTime()).toBeLessThan(86_400_000)
})
