import { expect, test } from 'vitest'
import { aMerchant } from '../../test/gateway'
import { debitMeans, startDebitWorld } from '../direct-debit/direct-debit.fixtures'
import { verifyBooks } from '../ledger/verify'
import { anOrder, openedPayment } from '../payments/payments.fixtures'
import { agree, anAccount, booked, settled } from '../settlement/settlement.fixtures'
import { aStatement } from './statements.fixtures'

const world = await startDebitWorld()
const { gateway, outside } = world
const { statements, reconciliation, settlement, giro, payments } = gateway
const DAY_MS = 86_400_000
const FIRST = { id: '00000000-0000-7000-8000-00000000000a', name: '문하람', role: 'operator' }
const SECOND = { id: '00000000-0000-7000-8000-00000000000b', name: '서가온', role: 'operator' }

const newest = async () => (await statements.list({ limit: 1 }))[0]!
const open = () => reconciliation.differences({ state: 'open', limit: 50 })
const compared = async () => {
  // What is on its way is given three looks.
  for (let look = 0; look < 3; look++) await statements.readDue()
  return newest()
}
const lastPayout = async (merchantId: string) => (await settlement.list(merchantId, { limit: 1 }))[0]!
const referenceOf = (id: string) => id.replaceAll('-', '')

async function paidOut(amount: bigint): Promise<{ merchantId: string; payoutId: string }> {
  const { id } = await aMerchant(gateway)
  await agree(gateway, id)
  await anAccount(gateway, id)
  await booked(gateway, id, amount)
  await settlement.payNow(id, 'KRW')
  await settled(gateway)
  const { id: payoutId, state } = await lastPayout(id)
  expect(state).toBe('paid')
  return { merchantId: id, payoutId }
}

/** An order for ninety thousand, a third of it by giro, and its bill. */
async function byGiro() {
  const shop = await aMerchant(gateway, { modules: ['giro', 'direct-debit'], currencies: ['KRW'] })
  const input = { name: '한지우', email: 'jiwoo@example.com' }
  const { id } = openedPayment(await payments.open(anOrder(shop, { means: [{ module: 'giro', input }] })))
  return { shop, paymentId: id, bill: (await giro.billsOf(shop.id, id))[0]! }
}

async function paysIn(reference: string, amount: bigint): Promise<void> {
  await outside.payIn('gaon', [{ amount: String(amount), reference }])
  await giro.readCredits()
  await payments.finishDue(100)
  await payments.idle()
}

test('what was paid in, collected, taken back, paid out and sent back is found in the bank’s statement, line by line', async () => {
  const { bill, shop } = await byGiro()
  await paysIn(bill.reference, 90_000n)
  for (const takenBack of [false, true]) {
    const debit = await world.pay(shop, [debitMeans()])
    await world.send(shop)
    await world.heard(debit)
    const { reference } = (await outside.debits('gaon')).at(-1)!
    if (takenBack) await outside.takeBackDebit('gaon', reference, 'MD06')
    await world.heard(debit)
  }
  const kept = await paidOut(41_000n)
  const returned = await paidOut(17_000n)
  await outside.sendBackPayout('gaon', referenceOf(returned.payoutId))
  await settlement.readAnswers()

  const name = await outside.stateAccount('gaon')
  expect(await compared()).toMatchObject({
    ...{ name, state: 'compared', lines: 7, matched: 7, listed: 0, opening: 0n },
    closing: 90_000n + 90_000n - 41_000n,
  })
  const lines = await statements.lines({ bank: 'gaon', name }, { after: 0, limit: 50 })
  expect(lines.map(({ what, amount }) => `${what} ${amount}`).sort()).toEqual([
    ...['debit 90000', 'debit 90000', 'debit-return -90000', 'giro 90000'],
    ...['payout -17000', 'payout -41000', 'payout-return 17000'],
  ])
  expect(await open()).toEqual([])
  expect(await statements.payoutBookedOn(kept.payoutId)).toMatch(/^20\d\d-\d\d-\d\d$/)
})

test('a day on which nothing happened, and debits that the bank books as one sum, agree too', async () => {
  await outside.stateAccount('gaon')
  expect(await compared()).toMatchObject({ state: 'compared', lines: 0 })
  const shop = await aMerchant(gateway, { modules: ['direct-debit'], currencies: ['KRW'] })
  const debits = [await world.pay(shop, [debitMeans()]), await world.pay(shop, [debitMeans()])]
  await world.send(shop)
  for (const debit of debits) await world.heard(debit)
  await outside.stateAccount('gaon', { asSums: true })
  expect(await compared()).toMatchObject({ state: 'compared', lines: 1, matched: 1 })
})

test('what nobody ordered, what was booked twice or otherwise is listed; two people close it, and nothing else waits', async () => {
  const twice = await paidOut(23_000n)
  const wrong = await paidOut(31_000n)
  await outside.stateAccount('gaon', {
    ...{ strangers: [{ amount: '-5500', about: '수수료' }], twice: [referenceOf(twice.payoutId)] },
    wrong: { [referenceOf(wrong.payoutId)]: '-1' },
  })
  expect(await compared()).toMatchObject({ state: 'compared', lines: 4, matched: 1, listed: 3 })
  const found = await open()
  expect(found.map(({ kind, ours, theirs }) => `${kind} ${ours} ${theirs}`).sort()).toEqual([
    ...['differs -31000 -31001', 'double 0 -23000', 'unknown 0 -5500'],
  ])
  expect(await reconciliation.bySystem()).toMatchObject([{ link: 'bank', system: 'gaon', open: 3, blocked: 0 }])
  for (const { id } of found) {
    expect(await reconciliation.close(id, '확인했습니다', FIRST)).toBe('unexplained')
    expect(await reconciliation.explain(id, '은행에 물었습니다', FIRST)).toBe('moved')
    expect(await reconciliation.close(id, '혼자 닫습니다', FIRST)).toBe('same-person')
    expect(await reconciliation.close(id, '은행이 돌려줍니다', SECOND)).toBe('moved')
  }
  await statements.readDue()
  expect(await open()).toEqual([])
})

test('a collection that the bank books otherwise holds back the payout with it and no other, until it is closed', async () => {
  const shop = await aMerchant(gateway, { modules: ['direct-debit'], currencies: ['KRW'] })
  const other = await aMerchant(gateway)
  for (const { id } of [shop, other]) {
    await agree(gateway, id)
    await anAccount(gateway, id)
  }
  const debit = await world.pay(shop, [debitMeans()])
  await world.send(shop)
  await world.heard(debit)
  await booked(gateway, other.id, 8_000n)
  const { reference } = (await outside.debits('gaon')).at(-1)!
  await outside.stateAccount('gaon', { wrong: { [reference]: '-40000' } })
  expect(await compared()).toMatchObject({ listed: 1 })
  const [difference] = await open()
  expect(difference).toMatchObject({ kind: 'differs', ours: 90_000n, theirs: 50_000n, lines: 1 })

  for (const { id } of [shop, other]) await settlement.payNow(id, 'KRW')
  await settled(gateway)
  expect(await lastPayout(shop.id)).toMatchObject({ state: 'blocked', reason: 'difference' })
  expect(await lastPayout(other.id)).toMatchObject({ state: 'paid' })
  await reconciliation.explain(difference!.id, '은행이 나머지를 내일 넣습니다', FIRST)
  await reconciliation.close(difference!.id, '들어왔습니다', SECOND)
  await settled(gateway)
  expect(await lastPayout(shop.id)).toMatchObject({ state: 'paid', amount: 90_000n })
  await outside.stateAccount('gaon')
  await compared()
})

test('what is told before its advice has come is found by itself once it comes, and its difference closes', async () => {
  const { bill } = await byGiro()
  await outside.payIn('gaon', [{ amount: '90000', reference: bill.reference }])
  const name = await outside.stateAccount('gaon')
  expect(await compared()).toMatchObject({ name, listed: 1 })
  const [early] = await open()
  expect(early).toMatchObject({ kind: 'unknown', theirs: 90_000n })
  await giro.readCredits()
  await statements.readDue()
  expect(await statements.find({ bank: 'gaon', name })).toMatchObject({ matched: 1, listed: 0 })
  expect(await reconciliation.find(early!.id)).toMatchObject({ state: 'closed' })
})

test('what no statement tells of is listed a day later, and closed once one does, also under a reference of the bank’s own', async () => {
  const hours = (from: number, until: number) => ({
    from: new Date(Date.now() + from * DAY_MS).toISOString(),
    until: new Date(Date.now() + until * DAY_MS).toISOString(),
  })
  const shop = await aMerchant(gateway, { modules: ['direct-debit'], currencies: ['KRW'] })
  const debit = await world.pay(shop, [debitMeans()])
  await world.send(shop)
  await world.heard(debit)
  const back = await paidOut(16_000n)
  await outside.stateAccount('gaon')
  expect(await compared()).toMatchObject({ lines: 2, matched: 2 })

  const { payoutId } = await paidOut(12_500n)
  const { reference } = (await outside.debits('gaon')).at(-1)!
  await outside.sendBackPayout('gaon', referenceOf(back.payoutId))
  await outside.takeBackDebit('gaon', reference, 'MD06')
  await settlement.readAnswers()
  await world.heard(debit)
  const untold = [referenceOf(payoutId), referenceOf(back.payoutId), reference]
  await outside.stateAccount('gaon', { leaveOut: untold, ...hours(1, 2) })
  expect(await compared()).toMatchObject({ state: 'compared', lines: 0 })
  const missing = await open()
  expect(missing.map(({ kind, ours, detail }) => `${kind} ${detail['what']} ${ours}`).sort()).toEqual([
    'missing debit-return -90000',
    'missing payout -12500',
    'missing payout-return 16000',
  ])
  await outside.stateAccount('gaon', { renamesReturns: true, ...hours(2, 3) })
  expect(await compared()).toMatchObject({ lines: 3, matched: 3, listed: 0 })
  for (const { id } of missing) expect(await reconciliation.find(id)).toMatchObject({ state: 'closed' })
})

test('a statement that was lost is listed by its number until it comes; one that is repeated or broken counts for nothing', async () => {
  const last = (await newest()).sequence!
  await outside.stateAccount('gaon', { skips: true })
  const ahead = await compared()
  expect(ahead).toMatchObject({ state: 'compared', sequence: last + 2 })
  const [gap, ...others] = await open()
  expect(others).toEqual([])
  expect(gap).toMatchObject({ kind: 'gap', reference: `#${last + 1}` })
  const late = { id: 'LATE', sequence: last + 1, opening: ahead.opening, lines: [] }
  await outside.putOut('gaon', 'LATE.camt053.xml', aStatement(late))
  await outside.putOut('gaon', 'LATE-again.camt053.xml', aStatement(late))
  await compared()
  expect(await reconciliation.find(gap!.id)).toMatchObject({ state: 'closed' })
  const again = await Promise.all(
    ['LATE', 'LATE-again'].map((name) => statements.find({ bank: 'gaon', name: `${name}.camt053.xml` })),
  )
  expect(again.map((each) => each?.state).sort()).toEqual(['compared', 'repeated'])

  const broken = { id: 'BAD', sequence: last + 3, opening: ahead.closing, closing: ahead.closing + 1n }
  await outside.putOut('gaon', 'BAD.camt053.xml', aStatement(broken))
  await compared()
  const [first, ...rest] = await open()
  expect(rest).toEqual([])
  expect(first).toMatchObject({ kind: 'broken', detail: { file: 'BAD.camt053.xml' } })
  await compared()
  expect((await open()).map(({ id }) => id)).toEqual([first!.id])
  // Replaced by another that is broken too, it is listed anew, also once people have closed the first.
  await reconciliation.explain(first!.id, '은행이 다시 보냅니다', FIRST)
  await reconciliation.close(first!.id, '다시 왔습니다', SECOND)
  for (const over of [12n, 123n]) {
    await outside.putOut('gaon', 'BAD.camt053.xml', aStatement({ ...broken, closing: ahead.closing + over }))
    await compared()
    const [again, ...more] = await open()
    expect(more).toEqual([])
    expect(again).toMatchObject({ kind: 'broken', detail: { file: 'BAD.camt053.xml' } })
    expect(again!.id).not.toBe(first!.id)
  }
  // Put right under its name, it is read anew. It does not go on where the last one ended, and that is listed.
  await outside.putOut(
    'gaon',
    'BAD.camt053.xml',
    aStatement({ ...broken, id: 'BAD-but-right', opening: ahead.closing + 1n }),
  )
  await compared()
  expect(await open()).toMatchObject([{ kind: 'balance', ours: ahead.closing, theirs: ahead.closing + 1n }])
})

test('a bank that is away is asked again, and nothing is lost', async () => {
  const { payoutId } = await paidOut(3_300n)
  const before = (await newest()).name
  const { sequence = 0, closing } = await newest()
  const lines = [{ ref: 'AWAY-1', amount: -3_300n, endToEnd: referenceOf(payoutId) }]
  await outside.putOut(
    'gaon',
    'ZZ.camt053.xml',
    aStatement({ id: 'ZZ', sequence: sequence + 1, opening: closing, lines }),
  )
  await outside.fileBankSwitch('gaon', { do: 'down', times: 1 })
  await statements.readDue()
  expect((await newest()).name).toBe(before)
  expect(await compared()).toMatchObject({ name: 'ZZ.camt053.xml', state: 'compared', matched: 1 })
})

test('the books are as they were: statements move nothing', async () => {
  const faults = await verifyBooks(gateway.database.pool)
  expect(faults.filter(({ sentence }) => !/receivable/.test(sentence))).toEqual([])
})
