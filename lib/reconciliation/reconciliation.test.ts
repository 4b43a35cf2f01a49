import { expect, test } from 'vitest'
import { demoCard } from '../../simulators/issuers/demo-cards'
import { jobs } from '../jobs/registry'
import { verifyBooks } from '../ledger/verify'
import { money } from '../money/money'
import { readBoard } from '../operations/board'
import { createMetrics } from '../operations/metrics'
import { anOrder, cardMeans, openedPayment, requestedBy, startPayments } from '../payments/payments.fixtures'
import { agree, anAccount, settled } from '../settlement/settlement.fixtures'

const world = await startPayments()
const { gateway, outside } = world
const { reconciliation, settlement } = gateway
const OPERATOR = { id: '00000000-0000-7000-8000-00000000000a', name: '문하람', role: 'operator' }
const SECOND = { id: '00000000-0000-7000-8000-00000000000b', name: '서가온', role: 'operator' }

async function paid(merchant: Awaited<ReturnType<typeof world.aShop>>, issuer: 'hanbit' | 'saero', amount: bigint) {
  const order = anOrder(merchant, { amount: money(amount, 'KRW'), means: [cardMeans(issuer)] })
  const opened = await gateway.payments.open(order)
  const payment = openedPayment(opened)
  expect(payment.state).toBe('paid')
  return payment
}

test('what was taken, given back and let go at an issuer agrees with its totals at the cut-over (0500, M-247)', async () => {
  const shop = await world.aShop()
  await reconciliation.runNow()
  const first = await paid(shop, 'hanbit', 30_000n)
  await paid(shop, 'saero', 12_000n)
  await gateway.refunds.open({
    ...{ merchantId: shop.id, paymentId: first.id, amount: 5_000n, kind: 'refund', strategy: 'ratio' },
    ...{ reason: 'one came back', requestedBy },
  })
  await reconciliation.runNow()
  const [saero, hanbit] = ['saero', 'hanbit'].map(async (system) =>
    (await reconciliation.cutOvers(50)).find((each) => each.system === system && each.currency === 'KRW'),
  )
  expect(await hanbit).toMatchObject({
    state: 'in-balance',
    ours: { completions: { count: 1, amount: '30000' }, refunds: { count: 1, amount: '5000' } },
  })
  expect(await saero).toMatchObject({ state: 'in-balance', ours: { completions: { count: 1, amount: '12000' } } })
})

test('what an issuer says otherwise is listed with its payments, and only the batch with one of them waits', async () => {
  const [touched, other] = [await world.aShop(), await world.aShop()]
  for (const shop of [touched, other]) {
    await agree(gateway, shop.id)
    await anAccount(gateway, shop.id)
  }
  const taken = await paid(touched, 'hanbit', 44_000n)
  await paid(other, 'saero', 21_000n)
  // Somebody charged a card of the issuer in our name, and it is in none of our books.
  const card = { number: demoCard('hanbit', 'roomy').number, expiry: demoCard('hanbit', 'roomy').expiry }
  const asked = {
    ...{ card, amount: money(700n, 'KRW') },
    acceptor: { id: 'STRANGER', name: 'Stranger', categoryCode: '5411' },
  }
  const authorization = await gateway.references.draw()
  const held = await gateway.issuers.authorize({ ...asked, reference: authorization })
  if (held.kind !== 'approved') throw new Error('the stranger was declined')
  const reference = await gateway.references.draw()
  await gateway.issuers.capture({ ...asked, reference, authorization, authorizationId: held.authorizationId })

  for (let round = 0; round < 3; round++) await reconciliation.runNow()
  const [difference, ...others] = await reconciliation.differences({ state: 'open', limit: 10 })
  expect(others).toEqual([])
  expect(difference).toMatchObject({ system: 'hanbit', kind: 'money', ours: 44_000n, theirs: 44_700n, lines: 1 })
  const lines = await reconciliation.lines(difference!.id, { after: 0, limit: 10 })
  expect(lines).toMatchObject([
    { paymentId: taken.id, orderName: taken.orderName, what: 'completion', amount: 44_000n },
  ])

  for (const shop of [touched, other]) await settlement.payNow(shop.id, 'KRW')
  await settled(gateway)
  expect(await settlement.list(touched.id, { limit: 5 })).toMatchObject([{ state: 'blocked', reason: 'difference' }])
  expect(await settlement.list(other.id, { limit: 5 })).toMatchObject([{ state: 'paid', amount: 21_000n }])

  const open = { link: 'issuer', system: 'hanbit', open: 1, explained: 0, blocked: 1 }
  expect((await readBoard({ ...gateway, jobs })).differences).toMatchObject([open])
  const quiet = { log: { lost: () => 0, waiting: () => 0 }, requestLog: { lost: () => 0 }, checkLinks: () => [] }
  const time = { clock: world.clock, clockOffsetMs: () => 0 }
  const figures = await createMetrics({ database: gateway.database, ...time, ...quiet }).text()
  expect(figures).toContain('moa_differences{link="issuer",system="hanbit",state="open"} 1')
  expect(figures).toContain('moa_blocked_payouts{link="issuer",system="hanbit"} 1')
  expect(await reconciliation.close(difference!.id, '그냥 닫습니다', SECOND)).toBe('unexplained')
  expect(await reconciliation.explain(difference!.id, '발급사에 물어보았습니다', OPERATOR)).toBe('moved')
  await settled(gateway)
  expect(await settlement.list(touched.id, { limit: 5 })).toMatchObject([{ state: 'blocked' }])
  expect(await reconciliation.close(difference!.id, '혼자 닫습니다', OPERATOR)).toBe('same-person')
  expect(await reconciliation.close(difference!.id, '발급사가 되돌려 줍니다', SECOND)).toBe('moved')
  expect(await reconciliation.close(difference!.id, '다시', SECOND)).toBe('closed')
  await settled(gateway)
  expect(await settlement.list(touched.id, { limit: 5 })).toMatchObject([{ state: 'paid', amount: 44_000n }])
  expect((await reconciliation.steps(difference!.id)).map(({ state }) => state)).toEqual(['explained', 'closed'])

  await reconciliation.runNow()
  expect(
    (await reconciliation.cutOvers(50)).find(({ system, currency }) => system === 'hanbit' && currency === 'KRW'),
  ).toMatchObject({
    state: 'in-balance',
    ours: { completions: { count: 2, amount: '44700' } },
  })
  await paid(touched, 'hanbit', 1_000n)
  await reconciliation.runNow()
  expect(await reconciliation.open()).toBe(0)
})

test('an issuer that does not answer is asked again, and nothing is listed meanwhile', async () => {
  const before = (await reconciliation.cutOvers(100)).length
  await outside.switch('narae', { on: 'reconciliation', do: { kind: 'stall' }, times: 1 })
  await reconciliation.runNow()
  await reconciliation.runNow()
  expect(await reconciliation.differences({ state: 'open', limit: 5 })).toEqual([])
  const all = await reconciliation.cutOvers(100)
  expect(all.length).toBeGreaterThan(before)
  expect(await reconciliation.cutOvers(100, all[0]!.id)).toEqual(all.slice(1))
})

test('what a sale costs is booked when it is paid, and a refund gives its part back where terms say so', async () => {
  const shop = await world.aShop()
  await agree(gateway, shop.id, { feeBps: 250, feeFixed: 100n, feeGivenBack: true })
  const { id: paymentId } = await paid(shop, 'saero', 10_000n)
  await gateway.refunds.open({
    ...{ merchantId: shop.id, paymentId, amount: 4_000n, kind: 'refund', strategy: 'ratio' },
    ...{ reason: 'one came back', requestedBy },
  })
  const month = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Seoul' }).format(world.clock.now()).slice(0, 7)
  const wish = { currency: 'KRW', first: month, last: month } as const
  expect(await settlement.months(shop.id, wish)).toMatchObject([
    { sold: 10_000n, sales: 1, refunded: -4_000n, fees: -210n, feeVat: -21n, other: 0n },
  ])
  expect(await verifyBooks(gateway.database.pool)).toEqual([])
})
