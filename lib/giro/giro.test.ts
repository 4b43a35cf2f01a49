import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { PaidIn } from '../../simulators/bank-files/credits'
import { later } from '../clock'
import { publicId, type Uuid } from '../ids'
import { readGiroCredits } from '../jobs/read-giro-credits'
import { verifyBooks } from '../ledger/verify'
import type { Merchant } from '../merchants/merchant'
import { anOrder, cardMeans, openedPayment, type PaymentWorld, startPayments } from '../payments/payments.fixtures'
import { showCreditorReference } from './creditor-reference'
import type { FileMark, OddGiroMark } from './file-store'
import type { GiroBill } from './giro-bill'
import type { GiroDesk } from './giro-desk'

const DAY = 24 * 3_600_000
const ANNA = { id: '00000000-0000-7000-8000-00000000a11a', name: '오세린', role: 'operator' }
const BORA = { id: '00000000-0000-7000-8000-00000000b0ba', name: '문하람', role: 'operator' }
const BY_GIRO = { module: 'giro', input: { name: '한지우', email: 'jiwoo@example.com' } }

let world: PaymentWorld
let merchant: Merchant
let giro: GiroDesk
let payments: PaymentWorld['gateway']['payments']

beforeAll(async () => {
  world = await startPayments()
  ;({ giro, payments } = world.gateway)
})

beforeEach(async () => {
  await world.outside.reset()
  merchant = await world.gateway.merchants.create({
    ...{ name: '달그릇', nameEn: 'Moonbowl', categoryCode: '5411', currencies: ['KRW'], confirmation: 'none' },
    ...{ returnUrls: [], modules: ['giro', 'card', 'cash-on-delivery'] },
  })
})

/** Sixty thousand by card now, thirty thousand by giro. */
async function ordered(): Promise<{ id: string; bill: GiroBill }> {
  const means = [cardMeans('hanbit', 'roomy', 60_000n), { ...BY_GIRO, amount: 30_000n }]
  const { id } = openedPayment(await payments.open(anOrder(merchant, { means })))
  return { id, bill: await billOf(id) }
}

const billOf = async (id: string) => (await giro.billsOf(merchant.id, id))[0]!
const stateOf = async (id: string) => (await payments.find(merchant.id, id))?.state
async function agree(creditId: string) {
  const proposal = (await giro.proposals(100)).find((each) => each.creditId === creditId)!
  return giro.decideProposal(proposal.id, { agreed: true, by: BORA })
}
const credits = () => giro.credits(merchant.id, { list: 'all', limit: 100 })

async function paysIn(...paid: PaidIn[]): Promise<void> {
  await world.outside.payIn('gaon', paid)
  await world.gateway.giro.readCredits()
  await payments.finishDue(100)
  await payments.idle()
}

async function mailed(id: string): Promise<{ topic: string; payload: Record<string, unknown> }[]> {
  const { rows } = await world.gateway.database.pool.query<{ topic: string; payload: Record<string, unknown> }>(
    `select topic, payload from message where payment_id = $1 and topic like 'giro-%' order by id`,
    [id],
  )
  return rows
}

const agreed = async () => {
  await world.expectAgreed(merchant.id)
  expect(await verifyBooks(world.gateway.database.pool)).toEqual([])
}

describe('an order of which a part is paid by giro (M-117)', () => {
  test('is accepted at once, and its payer is written to: what to pay where, until when, with which reference (M-116)', async () => {
    const { id, bill } = await ordered()
    expect(await stateOf(id)).toBe('awaiting')
    expect(bill).toMatchObject({ state: 'open', amount: { amount: 30_000n }, received: 0n, bank: 'gaon' })
    expect(bill.reference).toMatch(/^RF[0-9]{14}$/)
    expect(bill.dueAt).toEqual(later(bill.createdAt, 14 * DAY))
    expect(await mailed(id)).toMatchObject([
      { topic: 'giro-statement', payload: { to: 'jiwoo@example.com', amount: '30000', reference: bill.reference } },
    ])
    await agreed()
  })

  test('is paid when the bank tells of the money, however the payer wrote the reference', async () => {
    const { id, bill } = await ordered()
    await paysIn({ amount: '30000', reference: ` ${showCreditorReference(bill.reference).toLowerCase()} ` })
    expect(await stateOf(id)).toBe('paid')
    expect(await credits()).toMatchObject([{ finding: 'paid', applied: 30_000n, owed: 0n, paymentId: id }])
    await agreed()
  })

  test('paid short it still waits, its payer hears what is left, and the rest pays it', async () => {
    const { id, bill } = await ordered()
    await paysIn({ amount: '10000', reference: bill.reference })
    expect(await stateOf(id)).toBe('awaiting')
    expect(await billOf(id)).toMatchObject({ received: 10_000n, state: 'open' })
    expect((await mailed(id)).at(-1)).toMatchObject({
      ...{ topic: 'giro-received' },
      payload: { received: '10000', came: { amount: '10000', owed: '0', finding: 'part' } },
    })
    await agreed()
    await paysIn({ amount: '20000', message: `주문 ${showCreditorReference(bill.reference)} 나머지` })
    expect(await stateOf(id)).toBe('paid')
    await agreed()
  })

  test('goes back whole when nobody pays in time; what had come is the payer’s', async () => {
    const { id, bill } = await ordered()
    await paysIn({ amount: '10000', reference: bill.reference })
    world.clock.forward(36 * DAY)
    await payments.finishDue(100)
    await payments.idle()
    expect(await stateOf(id)).toBe('expired')
    expect(await credits()).toMatchObject([{ applied: 0n, owed: 10_000n }])
    await agreed()
    await paysIn({ amount: '20000', reference: bill.reference })
    expect((await credits())[0]).toMatchObject({ finding: 'late', owed: 20_000n })
    await agreed()
  })

  test('paid whole and cancelled in the same moment it is one of both, and no money is lost', async () => {
    const orders = await Promise.all(Array.from({ length: 6 }, ordered))
    await world.outside.payIn(
      'gaon',
      orders.map(({ bill }) => ({ amount: '30000', reference: bill.reference })),
    )
    await Promise.all([giro.readCredits(), ...orders.map(({ id }) => payments.cancel(merchant.id, id))])
    await payments.finishDue(100)
    await payments.idle()
    for (const { id } of orders) {
      const [credit] = (await credits()).filter(({ paymentId }) => paymentId === id)
      expect([await stateOf(id), credit?.applied, credit?.owed]).toBeOneOf([
        ['paid', 30_000n, 0n],
        ['cancelled', 0n, 30_000n],
      ])
    }
    await agreed()
  })

  test('refunded in part, twice, it is the payer’s again and people return it', async () => {
    const { id, bill } = await ordered()
    await paysIn({ amount: '30000', reference: bill.reference })
    for (const amount of [9_000n, 6_000n]) {
      const asked = await world.gateway.refunds.open({
        ...{ merchantId: merchant.id, paymentId: id, amount, kind: 'refund', reason: '' },
        ...{ strategy: 'ratio', requestedBy: { kind: 'person', id: 'owner', name: '오세린' } },
      })
      expect(asked.kind).toBe('opened')
    }
    await world.gateway.refunds.finishDue(100)
    expect(await credits()).toMatchObject([{ applied: 25_000n, owed: 5_000n }])
    await agreed()
  })
})

describe('credits that are not what was owed (M-117)', () => {
  test.each<[string, (bill: GiroBill) => PaidIn[], Partial<Record<'applied' | 'owed', bigint>>[], string]>([
    ['more', (b) => [{ amount: '35000', reference: b.reference }], [{ applied: 30_000n, owed: 5_000n }], 'paid'],
    [
      'twice',
      (b) => [
        { amount: '30000', reference: b.reference },
        { amount: '30000', reference: b.reference },
      ],
      [
        { applied: 0n, owed: 30_000n },
        { applied: 30_000n, owed: 0n },
      ],
      'paid',
    ],
    [
      'the same credit, told twice by the bank',
      (b) => [
        { amount: '30000', reference: b.reference, bankReference: 'SAME-1' },
        { amount: '30000', reference: b.reference, bankReference: 'SAME-1' },
      ],
      [{ applied: 30_000n, owed: 0n }],
      'paid',
    ],
    [
      'in three parts, the last one too much',
      (b) => ['10000', '15000', '10000'].map((amount) => ({ amount, reference: b.reference })),
      [
        { applied: 5_000n, owed: 5_000n },
        { applied: 15_000n, owed: 0n },
        { applied: 10_000n, owed: 0n },
      ],
      'paid',
    ],
  ])('%s: what is too much is the payer’s', async (_what, paid, expected, state) => {
    const { id, bill } = await ordered()
    await paysIn(...paid(bill))
    expect(await stateOf(id)).toBe(state)
    expect(await credits()).toMatchObject(expected)
    await agreed()
  })

  test('what is the payer’s is returned once, by a reference that finds it at the bank', async () => {
    const { bill } = await ordered()
    await paysIn({ amount: '35000', reference: bill.reference })
    const [over] = await giro.credits(merchant.id, { list: 'owed', limit: 10 })
    const both = await Promise.all([1, 2].map(() => giro.returned(merchant.id, over!.id, 'BACK-1')))
    expect(both.sort()).toEqual([false, true])
    expect(await giro.credit(merchant.id, over!.id)).toMatchObject({
      owed: 0n,
      returned: 5_000n,
      returnReference: 'BACK-1',
    })
    expect(await giro.credits(merchant.id, { list: 'owed', limit: 10 })).toEqual([])
    await agreed()
  })

  test('is given to an unpaid payment by its number', async () => {
    const { id } = await ordered()
    const payer = `번호 ${id.slice(-6)}`
    await paysIn({ amount: '30000', payer })
    const [credit] = await giro.unassigned({ search: payer, limit: 1 })
    expect(await giro.proposeAssign(credit!.id, ` ${publicId('pay', id)} `, ANNA)).toBe('proposed')
    expect(await agree(credit!.id)).toBe('agreed')
    await payments.finishDue(100)
    await payments.idle()
    expect(await stateOf(id)).toBe('paid')
    await agreed()
  })

  test('without a reference, or with a wrong or unknown one, it is nobody’s until somebody says whose it is', async () => {
    const { id, bill } = await ordered()
    const payer = `지로 ${bill.reference}`
    // The check digits notice every single digit that is wrong.
    const mistyped = bill.reference.replace(/[0-9]$/, (last) => String((Number(last) + 1) % 10))
    await paysIn(
      { amount: '30000', payer },
      { amount: '1000', reference: mistyped, payer },
      { amount: '2000', reference: 'RF18539007547034', payer },
    )
    expect(await stateOf(id)).toBe('awaiting')
    const nobodys = await giro.unassigned({ search: payer, limit: 10 })
    expect(nobodys.map(({ finding }) => finding)).toEqual(['unknown-reference', 'no-reference', 'no-reference'])
    const whole = nobodys.find(({ amount }) => amount.amount === 30_000n)!
    expect(await giro.proposeAssign(whole.id, 'RF18539007547035', ANNA)).toBe('wrong-reference')
    expect(await giro.proposeAssign(whole.id, 'RF18539007547034', ANNA)).toBe('unknown-reference')
    expect(await giro.proposeAssign(whole.id, publicId('pay', whole.id), ANNA)).toBe('unknown-reference')
    expect(await giro.proposeAssign(whole.id, showCreditorReference(bill.reference), ANNA)).toBe('proposed')
    expect(await agree(whole.id)).toBe('agreed')
    expect(await giro.proposeAssign(whole.id, bill.reference, ANNA)).toBe('not-open')
    await payments.finishDue(100)
    await payments.idle()
    expect(await stateOf(id)).toBe('paid')
    const other = nobodys.find(({ amount }) => amount.amount === 2_000n)!
    expect(await giro.proposeReturned(other.id, 'BACK-2', ANNA)).toBe('proposed')
    expect(await agree(other.id)).toBe('agreed')
    expect(await giro.unassigned({ search: payer, limit: 10 })).toMatchObject([{ unassigned: 1_000n }])
    await agreed()
  })
})

describe('credit advices, each read once', () => {
  test('two workers at once, and a worker that died between reading and applying, match each credit once', async () => {
    const orders = await Promise.all(Array.from({ length: 4 }, ordered))
    for (const { bill } of orders) {
      await world.outside.payIn('gaon', [{ amount: '30000', reference: bill.reference }])
    }
    const other = await world.another()
    await Promise.all([readGiroCredits.runOnce(world.gateway), readGiroCredits.runOnce(other)])
    await readGiroCredits.runOnce(world.gateway)
    // Whoever took a payment up first has it: both come to rest before the states are looked at.
    await Promise.all([payments.idle(), other.payments.idle()])
    await payments.finishDue(100)
    await payments.idle()
    for (const { id } of orders) expect(await stateOf(id)).toBe('paid')
    expect(await credits()).toHaveLength(4)
    await agreed()
  })

  test('a file that comes again under another name is repeated as a whole', async () => {
    const { id, bill } = await ordered()
    await paysIn({ amount: '10000', reference: bill.reference })
    const { published } = await world.outside.fileBank('gaon')
    await world.outside.putOut('gaon', 'again.camt054.xml', published.at(-1)!.content)
    await giro.readCredits()
    const again = (await giro.files({ limit: 5 })).find(({ name }) => name === 'again.camt054.xml')
    expect(again).toMatchObject({ state: 'repeated' })
    expect(await billOf(id)).toMatchObject({ received: 10_000n })
    await agreed()
  })

  test('what is to be given back is read from either end, each credit once', async () => {
    const { bill } = await ordered()
    await paysIn(...[31_000n, 2_000n, 3_000n].map((amount) => ({ amount: String(amount), reference: bill.reference })))
    const owed = async (order: 'newest' | 'oldest', before?: Uuid): Promise<Uuid[]> => {
      const [credit] = await giro.credits(merchant.id, { list: 'owed', order, before, limit: 1 })
      return credit ? [credit.id, ...(await owed(order, credit.id))] : []
    }
    const oldest = await owed('oldest')
    expect(oldest).toHaveLength(3)
    expect(await owed('newest')).toEqual(oldest.toReversed())
    expect(oldest.toSorted()).toEqual(oldest)
  })

  test('the lists of advices and of lines that are no new credits are read to their ends, each once', async () => {
    const { pool } = world.gateway.database
    const [bank, at] = ['gaon', world.clock.now()]
    await pool.query(
      `with file as (insert into giro_file (bank, name, stamp, state, lines, seen_at)
         select $1, 'ends-' || n, '', 'applied', 2, $2 from generate_series(1, 3) as n returning bank, name)
       insert into giro_line (bank, name, line, bank_ref, amount, currency, booked_on, remittance, payer_name, payer_account,
         outcome)
       select bank, name, line, name || line, 1000, 'KRW', $2::date, '', '', '', 'not-booked'
       from file cross join generate_series(1, 2) as line`,
      [bank, at],
    )
    const files = async (before?: FileMark): Promise<string[]> => {
      const [file] = await giro.files({ before, limit: 1 })
      return file ? [file.name, ...(await files(file))] : []
    }
    const odd = async (after?: OddGiroMark): Promise<string[]> => {
      const [line] = await giro.odd({ after, limit: 1 })
      return line ? [`${line.name} ${line.line}`, ...(await odd(line))] : []
    }
    const ours = (names: string[]) => names.filter((name) => name.startsWith('ends-'))
    expect(ours(await files())).toEqual(['ends-3', 'ends-2', 'ends-1'])
    const lines = [3, 2, 1].flatMap((file) => [`ends-${file} 1`, `ends-${file} 2`])
    expect(ours(await odd())).toEqual(lines)
  })

  test('a file whose sum is wrong is refused whole, and read once the bank has mended it', async () => {
    const { id, bill } = await ordered()
    await world.outside.payIn('gaon', [{ amount: '30000', reference: bill.reference }])
    const { published } = await world.outside.fileBank('gaon')
    const { content, name } = published.at(-1)!
    await world.outside.putOut('gaon', name, content.replace('<Sum>30000</Sum>', '<Sum>30001</Sum>'))
    await giro.readCredits()
    expect((await giro.files({ limit: 5 })).find((file) => file.name === name)).toMatchObject({
      state: 'broken',
      reason: 'TxsSummry/TtlCdtNtries/Sum: another sum of credits',
    })
    expect(await credits()).toEqual([])
    await world.outside.putOut('gaon', name, `${content}\n`)
    await paysIn({ amount: '1', reference: 'RF18539007547034' })
    expect(await stateOf(id)).toBe('paid')
    await agreed()
  })
})

describe('bills that are not paid (M-152)', () => {
  test('demands go out by the shop’s terms, each once, and by hand', async () => {
    await giro.changeTerms(merchant.id, { payWithinDays: 7, demandDays: [2], lapseDays: 10 })
    const { id, bill } = await ordered()
    expect(bill.dueAt).toEqual(later(bill.createdAt, 7 * DAY))
    world.clock.forward(9 * DAY + 1000)
    await Promise.all([giro.sendDue(100), (await world.another()).giro.sendDue(100)])
    await giro.sendDue(100)
    expect((await mailed(id)).map(({ topic }) => topic)).toEqual(['giro-statement', 'giro-demand'])
    expect(await giro.send(merchant.id, bill.id, '오세린')).toBe('just-sent')
    world.clock.forward(3_600_000)
    expect(await giro.send(merchant.id, bill.id, '오세린')).toBe('sent')
    expect(await giro.sent(merchant.id, bill.id)).toMatchObject([
      { number: 1, owed: 30_000n, askedBy: null },
      { number: 2, owed: 30_000n, askedBy: '오세린' },
    ])
  })

  test('given more time, the order does not lapse before it is over', async () => {
    const { id, bill } = await ordered()
    expect(await giro.extend(merchant.id, bill.id, later(world.clock.now(), DAY))).toBe('too-early')
    expect(await giro.extend(merchant.id, bill.id, later(bill.dueAt, 30 * DAY))).toBe('extended')
    world.clock.forward(36 * DAY)
    await payments.finishDue(100)
    await payments.idle()
    expect(await stateOf(id)).toBe('awaiting')
    await paysIn({ amount: '30000', reference: bill.reference })
    expect(await stateOf(id)).toBe('paid')
    await agreed()
  })

  test('another shop’s bill is as good as none', async () => {
    const { bill } = await ordered()
    const other = await world.gateway.merchants.create({
      ...{ name: '남', nameEn: 'Other', categoryCode: '5411', currencies: ['KRW'], confirmation: 'none' },
      ...{ returnUrls: [], modules: ['giro'] },
    })
    expect(await giro.send(other.id, bill.id, '누군가')).toBe('missing')
    expect(await giro.extend(other.id, bill.id, later(bill.dueAt, DAY))).toBe('missing')
  })
})

test.each<[string, unknown]>([
  ['nobody’s name', { email: 'jiwoo@example.com' }],
  ['nowhere to write to', { name: '한지우' }],
  ['an address that is none', { name: '한지우', email: 'jiwoo' }],
  ['a name of two lines', { name: '한지우\n씨', email: 'jiwoo@example.com' }],
])('refuses a payer with %s before anything happens (P10.1)', async (_what, input) => {
  const order = anOrder(merchant, { means: [{ module: 'giro', input }] })
  expect(await payments.open(order)).toEqual({ kind: 'refused', reason: 'wrong-means' })
})
