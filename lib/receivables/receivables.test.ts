import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ISSUERS } from '../../simulators/issuers/catalogue'
import { verifyBooks } from '../ledger/verify'
import { money } from '../money/money'
import { anOrder, cardMeans, openedPayment, requestedBy, startPayments } from '../payments/payments.fixtures'
import { aStatement, type WrittenLine } from '../statements/statements.fixtures'

const world = await startPayments()
const { gateway, outside, clock } = world
const { statements, reconciliation, receivables, giro } = gateway
const { pool } = gateway.database
const shop = await world.aShop()

const accountOf = (issuer: string) => ISSUERS.find(({ code }) => code === issuer)!.account
const from = (issuer: string, rest: { ref: string; amount: bigint; words?: string }): WrittenLine => {
  return { ...rest, party: { account: accountOf(issuer) } }
}

let told = 0

/** The bank tells of so many movements; three looks, as whatever is on its way is given. */
async function states(lines: readonly WrittenLine[], name = `R${++told}.camt053.xml`) {
  await outside.putOut('gaon', name, aStatement({ id: name.slice(0, 30), lines }))
  for (let look = 0; look < 3; look++) await statements.readDue()
  return (await statements.find({ bank: 'gaon', name }))!
}

async function taken(issuer: 'hanbit' | 'saero' | 'narae' | 'daon', amount: bigint) {
  const order = anOrder(shop, { amount: money(amount, 'KRW'), means: [cardMeans(issuer)] })
  const payment = openedPayment(await gateway.payments.open(order))
  expect(payment.state).toBe('paid')
  return payment
}

async function givenBack(paymentId: string, amount: bigint): Promise<void> {
  await gateway.refunds.open({
    ...{ merchantId: shop.id, paymentId, amount, kind: 'refund', strategy: 'ratio' },
    ...{ reason: 'one came back', requestedBy },
  })
}

async function owedBy(system: string) {
  while (await receivables.addUp()) continue
  return (await receivables.owed()).find((each) => each.system === system && each.currency === 'KRW')
}

const open = () => reconciliation.differences({ state: 'open', limit: 50 })
const entriesOf = async (reference: string) => {
  const { rows } = await pool.query<{ kind: string; account: string; amount: bigint }>(
    `select g.kind, e.account, e.amount from bank_statement_line l join posting g on g.id = l.posting_id
     join entry e on e.merchant_id = g.merchant_id and e.posting_id = g.id where l.bank_ref = $1 order by e.line`,
    [reference],
  )
  return rows.map(({ kind, account, amount }) => `${kind} ${account} ${amount}`)
}

test('what an issuer pays is booked against what it owes, with the fee that it says it has kept (M-248, M-288)', async () => {
  await taken('hanbit', 30_000n)
  await taken('hanbit', 12_000n)
  expect(await owedBy('hanbit')).toMatchObject({ amount: 42_000n, taken: 42_000n, received: 0n, days: 0 })
  const line = from('hanbit', { ref: 'H-1', amount: 41_000n, words: 'SETTLEMENT GROSS 42000 FEE 1000' })
  expect(await states([line])).toMatchObject({ state: 'compared', matched: 1, listed: 0 })
  expect(await entriesOf('H-1')).toEqual([
    'settlement-received bank:gaon 41000',
    'settlement-received expense:fees:hanbit 1000',
    'settlement-received receivable:hanbit -42000',
  ])
  const owed = await owedBy('hanbit')
  expect(owed).toMatchObject({ amount: 0n, received: 42_000n })
  expect(owed).not.toHaveProperty('since')
  expect(await open()).toEqual([])
  expect(await verifyBooks(pool)).toEqual([])
})

test('the same statement once more, and the same reference in another, book nothing a second time (P4.1)', async () => {
  await taken('saero', 20_000n)
  const line = from('saero', { ref: 'S-1', amount: 20_000n })
  await states([line], 'S.camt053.xml')
  await outside.putOut('gaon', 'S-again.camt053.xml', aStatement({ id: 'S.camt053.xml', lines: [line] }))
  await statements.readDue()
  expect(await statements.find({ bank: 'gaon', name: 'S-again.camt053.xml' })).toMatchObject({ state: 'repeated' })
  expect(await states([line])).toMatchObject({ matched: 0, listed: 1 })
  const [double, ...others] = await open()
  expect(others).toEqual([])
  expect(double).toMatchObject({ link: 'bank', kind: 'double', theirs: 20_000n, blocked: 0 })
  expect(await owedBy('saero')).toMatchObject({ amount: 0n, received: 20_000n })
  await closeAll()
})

test('what is short stays owed, with the day since when', async () => {
  await taken('narae', 10_000n)
  clock.forward(3 * 86_400_000)
  await taken('narae', 5_000n)
  await states([from('narae', { ref: 'N-1', amount: 8_000n })])
  expect(await owedBy('narae')).toMatchObject({ amount: 7_000n, days: 3 })
  await states([from('narae', { ref: 'N-2', amount: 2_000n })])
  expect(await owedBy('narae')).toMatchObject({ amount: 5_000n, days: 0 })
  expect(await open()).toEqual([])
})

test('what is too much is listed and blocks nothing; it is evened by what is taken next', async () => {
  await taken('daon', 9_000n)
  await states([from('daon', { ref: 'D-1', amount: 9_700n })])
  const [over, ...others] = await open()
  expect(others).toEqual([])
  expect(over).toMatchObject({ link: 'issuer', system: 'daon', kind: 'overpaid', ours: 0n, theirs: 700n, blocked: 0 })
  expect(await owedBy('daon')).toMatchObject({ amount: -700n })
  await states([from('daon', { ref: 'D-2', amount: 300n })])
  expect(await open()).toMatchObject([{ id: over!.id, theirs: 1_000n }])
  await taken('daon', 1_000n)
  await statements.readDue()
  expect(await reconciliation.find(over!.id)).toMatchObject({ state: 'closed' })
  expect(await owedBy('daon')).toMatchObject({ amount: 0n })
})

test('what an issuer takes back after refunds is booked the other way round, and is no difference', async () => {
  const { id } = await taken('hanbit', 6_000n)
  await states([from('hanbit', { ref: 'H-2', amount: 6_000n })])
  await givenBack(id, 6_000n)
  expect(await owedBy('hanbit')).toMatchObject({ amount: -6_000n })
  expect(await states([from('hanbit', { ref: 'H-3', amount: -6_000n })])).toMatchObject({ matched: 1, listed: 0 })
  expect(await entriesOf('H-3')).toEqual([
    'settlement-taken-back bank:gaon -6000',
    'settlement-taken-back receivable:hanbit 6000',
  ])
  expect(await owedBy('hanbit')).toMatchObject({ amount: 0n })
  expect(await open()).toEqual([])
})

test('what nobody known has paid stays the difference it was', async () => {
  expect(
    await states([{ ref: 'X-1', amount: 4_000n, party: { name: '모르는상사', account: '123456789' } }]),
  ).toMatchObject({ matched: 0, listed: 1 })
  expect(await open()).toMatchObject([{ link: 'bank', kind: 'unknown', theirs: 4_000n }])
  await closeAll()
})

test('what the bank advises of an issuer before its statement is no giro credit (camt.054)', async () => {
  await taken('saero', 3_000n)
  const credit = { amount: '3000', payer: '새로카드', payerAccount: accountOf('saero'), bankReference: 'S-ADV' }
  await outside.payIn('gaon', [credit])
  await giro.readCredits()
  expect(await giro.unassigned({ limit: 10 })).toEqual([])
  const name = await outside.stateAccount('gaon')
  for (let look = 0; look < 3; look++) await statements.readDue()
  expect(await statements.find({ bank: 'gaon', name })).toMatchObject({ matched: 1, listed: 0 })
  expect(await owedBy('saero')).toMatchObject({ amount: 0n })
})

test('after a cut-over the issuer pays its net less its fee, and the next statement shows it (M-286 to M-288)', async () => {
  await reconciliation.runNow()
  await outside.stateAccount('gaon')
  for (let look = 0; look < 3; look++) await statements.readDue()
  const before = (await owedBy('daon'))!
  await taken('daon', 200_000n)
  await reconciliation.runNow()
  const name = await outside.stateAccount('gaon')
  for (let look = 0; look < 3; look++) await statements.readDue()
  const lines = await statements.lines({ bank: 'gaon', name }, { after: 0, limit: 10 })
  expect(lines).toMatchObject([
    { what: 'settlement', amount: 197_000n, fee: 3_000n, debtor: 'receivable:daon', state: 'matched' },
  ])
  expect(await owedBy('daon')).toMatchObject({ amount: before.amount, received: before.received + 200_000n })
  await closeAll()
})

test('whatever is taken, given back and paid: what is owed is what was taken less what has come (P2.9)', async () => {
  const deed = fc.record({
    what: fc.constantFrom('take', 'take', 'give-back', 'pay', 'take-back'),
    amount: fc.bigInt({ min: 1_000n, max: 40_000n }),
    fee: fc.bigInt({ min: 0n, max: 900n }),
  })
  let runs = 0
  await fc.assert(
    fc.asyncProperty(fc.array(deed, { minLength: 1, maxLength: 6 }), async (deeds) => {
      const run = runs++
      let expected = (await owedBy('narae'))!.amount
      for (const [index, { what, amount, fee }] of deeds.entries()) {
        const ref = `P${run}-${index}`
        if (what === 'take' || what === 'give-back') {
          const { id } = await taken('narae', amount)
          if (what === 'give-back') await givenBack(id, amount)
          expected += what === 'take' ? amount : 0n
        } else if (what === 'pay') {
          const words = `GROSS ${amount} FEE ${fee}`
          await states([from('narae', { ref, amount: amount - fee, words })])
          expected -= amount
        } else {
          await states([from('narae', { ref, amount: -amount })])
          expected += amount
        }
      }
      expect((await owedBy('narae'))!.amount).toBe(expected)
      expect(await verifyBooks(pool)).toEqual([])
    }),
    { numRuns: Number(process.env['RECEIVABLE_RUNS'] ?? 6), endOnFailure: true },
  )
})

test('verify finds a payment to us that no statement tells of, and days that do not add up', async () => {
  const sentences = async () => (await verifyBooks(pool)).map(({ sentence }) => sentence)
  const nobody = '00000000-0000-0000-0000-000000000000'
  const posting = '019ab0c4-d5e6-7f80-91a2-b3c4d5e6f799'
  await pool.query(`insert into posting (merchant_id, id, kind, at) values ($1, $2, 'settlement-received', now())`, [
    nobody,
    posting,
  ])
  await pool.query(
    `insert into entry (merchant_id, posting_id, line, account, currency, amount)
     values ($1, $2, 1, 'bank:gaon', 'KRW', 5), ($1, $2, 2, 'receivable:hanbit', 'KRW', -5)`,
    [nobody, posting],
  )
  expect(await sentences()).toEqual([
    'What an issuer, a billing centre or a bank has paid us by the statements is not what the books say of it.',
    'A payment to us was booked twice for one line of a statement, or for none.',
    // It is as if of a day long added up.
    'What others are said to owe us is not the sum of the entries.',
  ])
})

async function closeAll(): Promise<void> {
  const by = (digit: string) => ({
    id: `00000000-0000-7000-8000-00000000000${digit}`,
    name: '문하람',
    role: 'operator',
  })
  for (const { id } of await open()) {
    await reconciliation.explain(id, '은행에 물었습니다', by('a'))
    await reconciliation.close(id, '확인했습니다', by('b'))
  }
}

test('a debtor who names a giro bill pays that bill and nothing of what they owe: the advice applies it, and no statement books it besides', async () => {
  const before = await owedBy('hanbit')
  await states([from('hanbit', { ref: 'H-BILL', amount: 5_000n, words: 'RF18 5390 0754 7034' })])
  expect(await entriesOf('H-BILL')).toEqual([])
  expect(await owedBy('hanbit')).toEqual(before)
})
