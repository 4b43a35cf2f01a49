import { beforeAll, describe, expect, test } from 'vitest'
import { aMerchant, aShopper, startGateway, type TestGateway } from '../../test/gateway'
import { anAccount } from '../accounts/accounts.fixtures'
import { aMember } from '../desk/desk.fixtures'
import type { Member } from '../desk/member'
import { uuidAt, type Uuid } from '../ids'
import { verifyBooks } from '../ledger/verify'
import type { Item } from '../payments/items'
import type { Payment } from '../payments/payment'
import { cardMeans } from '../payments/payments.fixtures'
import type { RefundRequest } from './refund-request'
import type { Decider } from './refund-requests'
import { aPurchase, aWish } from './refund-requests.fixtures'

let world: TestGateway
let merchantId: Uuid
let shopper: { id: Uuid; name: string }
let owner: Decider
let counselor: Decider
let colleague: Decider

const deciding = (member: Member): Decider => ({ kind: 'member', ...member })

beforeAll(async () => {
  world = await startGateway()
  merchantId = (await aMerchant(world.gateway)).id
  shopper = { ...(await aShopper(world.gateway)), name: '홍길동' }
  owner = deciding(await aMember(world, merchantId, 'owner'))
  counselor = deciding(await aMember(world, merchantId, 'counselor', 5_000n))
  colleague = deciding(await aMember(world, merchantId, 'counselor', 5_000n))
})

const rooms = () => world.gateway.refundRequests
const bought = (wanted: { amount?: bigint; items?: readonly Item[] } = {}) =>
  aPurchase(world, merchantId, { shopperId: shopper.id, ...wanted })
const standing = async ({ id, merchantId: of }: Payment) => (await world.gateway.payments.find(of, id))!.standing

async function asked(payment: Payment, changes: Parameters<typeof aWish>[1] = {}): Promise<RefundRequest> {
  const answer = await rooms().ask(shopper, aWish(payment, changes))
  if (answer.kind !== 'asked') throw new Error(`not asked: ${answer.reason}`)
  return (await rooms().find(payment.merchantId, answer.id))!
}

const approve = (by: Decider, { id }: RefundRequest, changes: object = {}) =>
  rooms().approve(by, { requestId: id, strategy: 'ratio', ...changes })

async function told(payment: Payment): Promise<string[]> {
  const { rows } = await world.gateway.database.pool.query<{ topic: string }>(
    'select topic from message where payment_id = $1 order by id',
    [payment.id],
  )
  return rows.map(({ topic }) => topic)
}

test('a purchase of which a refund is asked for says so until the shop has answered (M-154, M-155)', async () => {
  const payment = await bought()
  const request = await asked(payment)
  expect(request).toMatchObject({ state: 'open', amount: 10_000n, reason: 'damaged', words: '금이 갔어요' })
  expect(await standing(payment)).toBe('refund-requested')
  expect(await world.gateway.payments.list(merchantId, { standing: 'refund-requested', limit: 9 })).toMatchObject([
    { id: payment.id },
  ])

  expect(await approve(owner, request)).toMatchObject({ kind: 'approved' })
  expect(await standing(payment)).toBe('paid')
  const [refund] = await world.gateway.refunds.listOfPayment(merchantId, payment.id)
  expect(refund).toMatchObject({ amount: 10_000n, state: 'refunded', requestedBy: { name: '강도현' } })
  expect(await rooms().find(merchantId, request.id)).toMatchObject({ state: 'approved', refundId: refund!.id })
  expect((await told(payment)).sort()).toEqual([
    ...['payment.paid', 'receipt', 'refund-asked', 'refund-receipt'],
    ...['refund-request.closed', 'refund-request.opened', 'refund.finished'],
  ])
  const history = await world.gateway.payments.history(merchantId, payment.id)
  expect(history.map(({ event }) => event).slice(-4)).toEqual([
    ...['refundRequested', 'refundOpened', 'refundRequestClosed', 'refundFinished'],
  ])
})

test('a shop that declines says why, in words that the shopper is sent', async () => {
  const payment = await bought()
  const request = await asked(payment)
  expect(await rooms().decline(owner, request.id, '이미 사용하셨어요')).toEqual({ kind: 'declined' })
  expect(await rooms().find(merchantId, request.id)).toMatchObject({ state: 'declined', answer: '이미 사용하셨어요' })
  expect(await standing(payment)).toBe('paid')
  expect(await told(payment)).toContain('refund-declined')
  expect(await approve(owner, request)).toEqual({ kind: 'refused', reason: 'request-closed' })
})

test('a shopper takes a request back, and only an own one', async () => {
  const payment = await bought()
  const request = await asked(payment)
  const stranger = { ...(await aShopper(world.gateway)), name: '남' }
  expect(await rooms().withdraw(stranger, request.id, payment.id)).toEqual({ kind: 'refused', reason: 'missing' })
  expect(await rooms().ask(stranger, aWish(payment))).toEqual({ kind: 'refused', reason: 'missing' })
  expect(await rooms().withdraw(shopper, request.id, payment.id)).toEqual({ kind: 'withdrawn' })
  expect(await standing(payment)).toBe('paid')
})

test('one form sent twice asks once; several requests together never ask for more than is left (P2.5)', async () => {
  const payment = await bought()
  const wish = aWish(payment, { wanted: { amount: 20_000n } })
  const [first, second] = await Promise.all([rooms().ask(shopper, wish), rooms().ask(shopper, wish)])
  expect(first).toEqual(second)
  const more = [1, 2, 3].map(() => rooms().ask(shopper, aWish(payment, { wanted: { amount: 6_000n } })))
  expect((await Promise.all(more)).map(({ kind }) => kind).sort()).toEqual(['asked', 'refused', 'refused'])
})

test('of an approval, a decline and a withdrawal at once exactly one happens, and money goes back at most once', async () => {
  for (let round = 0; round < 5; round++) {
    const payment = await bought()
    const request = await asked(payment)
    const answers = await Promise.all([
      approve(owner, request),
      rooms().decline(owner, request.id, '안 돼요'),
      rooms().withdraw(shopper, request.id, payment.id),
      approve(owner, request),
    ])
    expect(answers.filter(({ kind }) => kind !== 'refused')).toHaveLength(1)
    const { state } = (await rooms().find(merchantId, request.id))!
    const refunds = await world.gateway.refunds.listOfPayment(merchantId, payment.id)
    expect(refunds).toHaveLength(state === 'approved' ? 1 : 0)
  }
})

test('above their limit counselors agree in twos, who are not the same (P6.3)', async () => {
  const payment = await bought()
  const request = await asked(payment)
  const needed = { kind: 'needs-second-person', limit: 5_000n }
  expect(await approve(counselor, request)).toEqual(needed)
  expect(await approve(counselor, request)).toEqual(needed)
  expect(await standing(payment)).toBe('refund-requested')
  expect(await rooms().find(merchantId, request.id)).toMatchObject({
    state: 'open',
    proposed: { by: { name: '강도현' }, amount: 10_000n },
  })
  expect(await approve(colleague, request)).toMatchObject({ kind: 'approved' })
})

test('the second person agrees to no more than the first has: more than that needs a second person again (P6.3)', async () => {
  const payment = await bought({ amount: 100_000n })
  const request = await asked(payment, { wanted: { amount: 100_000n } })
  const needed = { kind: 'needs-second-person', limit: 5_000n }
  const back = async () => (await world.gateway.payments.find(merchantId, payment.id))!.refundedAmount
  const proposed = async () => (await rooms().find(merchantId, request.id))!.proposed!
  expect(await approve(counselor, request, { amount: 6_000n })).toEqual(needed)
  expect(await proposed()).toMatchObject({ amount: 6_000n })
  expect(await approve(colleague, request)).toEqual(needed)
  expect(await back()).toBe(0n)
  // Now the colleague's word stands, for the first to agree to, or for a third.
  expect(await proposed()).toMatchObject({ amount: 100_000n })
  expect(await approve(colleague, request, { amount: 7_000n })).toEqual(needed)
  expect(await approve(counselor, request, { amount: 7_001n })).toEqual(needed)
  expect(await approve(colleague, request, { amount: 7_001n })).toMatchObject({ kind: 'approved' })
  expect(await back()).toBe(7_001n)
})

test('what was agreed to before its amount was kept has to be agreed to anew (P6.3)', async () => {
  const request = await asked(await bought())
  await approve(counselor, request)
  await world.gateway.database.pool.query(
    `update refund_request set proposed = proposed - 'amount' where merchant_id = $1 and id = $2`,
    [merchantId, request.id],
  )
  expect(await approve(colleague, request)).toMatchObject({ kind: 'needs-second-person' })
})

test('requests that one person grants at once stay together below their limit (P6.3)', async () => {
  for (let round = 0; round < 5; round++) {
    const payment = await bought()
    const both = [await asked(payment), await asked(payment)]
    const answers = await Promise.all(both.map((request) => approve(counselor, request, { amount: 4_000n })))
    expect(answers.map(({ kind }) => kind).toSorted()).toEqual(['approved', 'needs-second-person'])
    expect(await world.gateway.payments.find(merchantId, payment.id)).toMatchObject({ refundedAmount: 4_000n })
  }
})

test('who may not decide is refused, and it is written down', async () => {
  const courier = deciding(await aMember(world, merchantId, 'courier'))
  const request = await asked(await bought())
  expect(await approve(courier, request)).toEqual({ kind: 'forbidden' })
  expect(await rooms().decline(courier, request.id, '안 돼요')).toEqual({ kind: 'forbidden' })
  const [line] = await world.gateway.audit.list(merchantId, { limit: 1 })
  expect(line).toMatchObject({ action: 'refund-request.decline', outcome: 'forbidden' })
})

test('a payment that went back whole without its request leaves nobody waiting', async () => {
  const payment = await bought()
  const request = await asked(payment)
  await world.gateway.cancellations.cancel({
    ...{ merchantId, paymentId: payment.id, reason: '품절' },
    requestedBy: { kind: 'person', id: 'x', name: 'x' },
  })
  expect(await rooms().find(merchantId, request.id)).toMatchObject({ state: 'closed' })
  expect(await standing(payment)).toBe('refunded')
})

describe('of an order with lines', () => {
  const items: Item[] = [
    { name: '원두', quantity: 2, unitAmount: 12_000n, group: '커피' },
    { name: '머그', quantity: 1, unitAmount: 6_000n },
  ]

  test('lines are asked for and given back, each as often as it was ordered', async () => {
    const payment = await bought({ items })
    const one = await asked(payment, { wanted: { items: [{ item: 1, quantity: 1 }] } })
    expect(one).toMatchObject({ amount: 12_000n, items: [{ item: 1, quantity: 1 }] })
    const two = aWish(payment, { wanted: { items: [{ item: 1, quantity: 2 }] } })
    expect(await rooms().ask(shopper, two)).toEqual({ kind: 'refused', reason: 'exceeds' })
    await approve(owner, one)
    const [refund] = await world.gateway.refunds.listOfPayment(merchantId, payment.id)
    expect(refund).toMatchObject({ amount: 12_000n, items: [{ item: 1, quantity: 1 }] })
    expect(await rooms().ask(shopper, two)).toEqual({ kind: 'refused', reason: 'item-refunded' })
    expect(await rooms().ask(shopper, aWish(payment, { wanted: { items: [{ item: 3, quantity: 1 }] } }))).toEqual({
      ...{ kind: 'refused', reason: 'no-such-item' },
    })
  })

  test('two refunds of the last of a line at once give it back once', async () => {
    const payment = await bought({ items })
    const refund = () =>
      world.gateway.refunds.open({
        ...{ merchantId, paymentId: payment.id, strategy: 'ratio', kind: 'refund', reason: '파손' },
        ...{ items: [{ item: 2, quantity: 1 }], requestedBy: { kind: 'person', id: 'x', name: 'x' } },
      })
    const answers = await Promise.all([refund(), refund(), refund()])
    expect(answers.map((each) => (each.kind === 'refused' ? each.reason : each.kind)).sort()).toEqual([
      ...['item-refunded', 'item-refunded', 'opened'],
    ])
  })
})

describe('the shop’s rules (M-149)', () => {
  async function aShopWhere(rules: string): Promise<Payment> {
    const { id } = await aMerchant(world.gateway)
    await world.gateway.database.pool.query(`update merchant_module set ${rules} where merchant_id = $1`, [id])
    return aPurchase(world, id, { shopperId: shopper.id, items: ITEMS, amount: 30_000n })
  }
  const ITEMS: Item[] = [
    { name: '속옷', quantity: 1, unitAmount: 20_000n, group: '속옷' },
    { name: '겉옷', quantity: 1, unitAmount: 10_000n, group: '겉옷' },
  ]
  const refund = (payment: Payment, word: 'asked' | 'agreed', changes: object = {}) =>
    world.gateway.refunds.open({
      ...{ merchantId: payment.merchantId, paymentId: payment.id, amount: 1_000n, strategy: 'ratio', kind: 'refund' },
      ...{ reason: '요청', requestedBy: { kind: 'person', id: 'x', name: 'x' }, word, ...changes },
    })

  test('that forbid refunds hold for whoever asks and whoever agrees', async () => {
    const payment = await aShopWhere("refund_policy = 'forbid'")
    const refusal = { kind: 'refused', reason: 'forbidden-by-policy' }
    expect(await rooms().askable(payment)).toBe('forbidden-by-policy')
    expect(await rooms().ask(shopper, aWish(payment))).toEqual(refusal)
    expect(await refund(payment, 'agreed')).toEqual(refusal)
  })

  test('that forbid them for one kind of product leave the others', async () => {
    const payment = await aShopWhere(`refund_groups = '[{"group":"속옷","policy":"forbid"}]'`)
    expect(await rooms().askable(payment)).toBeUndefined()
    expect(await rooms().ask(shopper, aWish(payment))).toMatchObject({ reason: 'forbidden-by-policy' })
    const line = (item: number) => aWish(payment, { wanted: { items: [{ item, quantity: 1 }] } })
    expect(await rooms().ask(shopper, line(1))).toMatchObject({ reason: 'forbidden-by-policy' })
    expect(await rooms().ask(shopper, line(2))).toMatchObject({ kind: 'asked' })
  })

  test('that ask for a person’s word refuse an API key, and take a request to whoever may agree', async () => {
    const payment = await aShopWhere("refund_policy = 'approval'")
    expect(await refund(payment, 'asked')).toEqual({ kind: 'refused', reason: 'needs-approval' })
    const request = await asked(payment)
    const head = deciding(await aMember(world, payment.merchantId, 'owner'))
    expect(await approve(head, request)).toMatchObject({ kind: 'approved' })
  })

  test('with a window are for asking: after it the shop may still agree', async () => {
    const payment = await aShopWhere('refund_days = 7')
    await world.gateway.database.pool.query(
      `update payment set finished_at = now() - interval '8 days' where merchant_id = $1 and id = $2`,
      [payment.merchantId, payment.id],
    )
    expect(await rooms().ask(shopper, aWish(payment))).toEqual({ kind: 'refused', reason: 'window-over' })
    expect(await refund(payment, 'asked')).toEqual({ kind: 'refused', reason: 'window-over' })
    expect(await refund(payment, 'agreed')).toMatchObject({ kind: 'opened' })
  })

  test('by hand: paid out by people under a reference, or put into the shopper’s account, and booked (P2.1)', async () => {
    const payment = await aShopWhere("refund_policy = 'by-hand'")
    const account = await anAccount(world.gateway, { shopperId: shopper.id, balance: 0n })
    const before = await world.outside.book('hanbit')
    expect(await refund(payment, 'agreed')).toEqual({ kind: 'refused', reason: 'by-hand-only' })
    expect(await refund(payment, 'agreed', { way: { kind: 'hand', reference: 'BT-1' } })).toMatchObject({
      refund: { state: 'refunded', way: { kind: 'hand', reference: 'BT-1' } },
    })
    const request = await asked(payment, { wanted: { items: [{ item: 2, quantity: 1 }] } })
    const head = deciding(await aMember(world, payment.merchantId, 'owner'))
    const way = { kind: 'store-credit', accountId: account.id }
    expect(await approve(head, request, { way })).toMatchObject({ kind: 'approved' })
    expect(await world.gateway.accounts.find(account.id)).toMatchObject({ balance: 10_000n })
    // The means itself has heard nothing of it.
    expect(await world.outside.book('hanbit')).toEqual(before)
    expect(await verifyBooks(world.gateway.database.pool)).toEqual([])
  })
})

test('a queue is searched by order, by a part of its name, and by reason', async () => {
  const { id: shop } = await aMerchant(world.gateway)
  const payments = await Promise.all([1, 2].map(() => aPurchase(world, shop, { shopperId: shopper.id })))
  for (const payment of payments) await rooms().ask(shopper, aWish(payment))
  await rooms().ask(shopper, aWish(payments[0]!, { reason: 'other', wanted: { amount: 1n } }))
  const found = async (filter: object) =>
    (await rooms().list(shop, { limit: 10, ...filter })).map(({ paymentId }) => paymentId)
  expect(await found({})).toEqual([payments[0]!.id, payments[1]!.id, payments[0]!.id])
  expect(await found({ reason: 'other' })).toEqual([payments[0]!.id])
  expect(await found({ text: payments[1]!.orderRef })).toEqual([payments[1]!.id])
  expect(await found({ text: '원두' })).toHaveLength(3)
  expect(await found({ text: '100%' })).toEqual([])
  expect(await found({ state: 'declined' })).toEqual([])
  expect(await rooms().countOpen(shop)).toMatchObject({ count: 3 })
})

test('a mixed payment goes back twice in part, each time as divided, to the last won (P2.9)', async () => {
  const { id: shop } = await aMerchant(world.gateway, { modules: ['card', 'micro-account'] })
  const { id: accountId } = await anAccount(world.gateway, { shopperId: shopper.id })
  for (const strategy of ['ratio', 'last-in-first-out', { leg: 1 }] as const) {
    const payment = await aPurchase(world, shop, {
      ...{ shopperId: shopper.id, amount: 30_001n },
      means: [
        cardMeans('hanbit', 'roomy', 20_000n),
        { module: 'micro-account', input: { accountId }, amount: 10_001n },
      ],
    })
    for (const amount of [7_001n, 6_000n]) {
      const request = await asked(payment, { wanted: { amount }, token: uuidAt(new Date()) })
      const head = deciding(await aMember(world, shop, 'staff'))
      expect(await approve(head, request, { strategy })).toMatchObject({ kind: 'approved' })
    }
    const after = (await world.gateway.payments.find(shop, payment.id))!
    expect(after.refundedAmount).toBe(13_001n)
    expect(after.legs.reduce((total, leg) => total + leg.refundedAmount, 0n)).toBe(13_001n)
  }
  expect(await verifyBooks(world.gateway.database.pool)).toEqual([])
})
