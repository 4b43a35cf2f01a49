import { decodeJwt } from 'jose'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { demoAccount } from '../../simulators/bank/demo-accounts'
import { aMerchant } from '../../test/gateway'
import { expectNowhere } from '../../test/nowhere'
import { aloneAt } from '../db/alone'
import { verifyBooks } from '../ledger/verify'
import type { Merchant } from '../merchants/merchant'
import { balances } from '../modules/bank-transfer/bank-transfer.fixtures'
import { anOrder, cardMeans, requestedBy } from '../payments/payments.fixtures'
import { endToEndIdOf, messageIdOf } from './debit'
import { debitMeans, type DebitWorld, startDebitWorld } from './direct-debit.fixtures'

let world: DebitWorld
let merchant: Merchant
beforeAll(async () => {
  world = await startDebitWorld()
})
beforeEach(async () => {
  await world.outside.reset()
  merchant = await aMerchant(world.gateway, { modules: ['card', 'direct-debit'] })
})

const debits = () => world.outside.debits('gaon')
const faults = () => verifyBooks(world.gateway.database.pool)
const mails = async () => {
  await world.gateway.messages.sendDue(100)
  return (await world.outside.mail({ to: world.shopper.email })).map(({ subject }) => subject)
}
const newestBatch = async () => (await world.gateway.debitBatches.list(merchant.id, { limit: 1 }))[0]!

describe('an order that is paid by direct debit', () => {
  test('is accepted, announced, collected by file and paid once the bank has the money (M-118)', async () => {
    const accepted = await world.pay(merchant, [debitMeans()])
    expect(accepted).toMatchObject({ state: 'awaiting', legs: [{ state: 'awaiting', means: { issuer: 'gaon' } }] })
    expect(await balances(world, merchant.id)).toEqual({})

    await world.send(merchant)
    const [debit] = await debits()
    expect(debit).toMatchObject({ amount: '90000', account: demoAccount('roomy').number, state: 'collected' })
    expect(await newestBatch()).toMatchObject({ state: 'sent', debits: 1, total: { amount: 90_000n } })

    expect(await world.heard(accepted)).toMatchObject({ state: 'paid', capturedAmount: 90_000n })
    expect(await newestBatch()).toMatchObject({ state: 'answered', counts: { settled: 1 } })
    expect(await balances(world, merchant.id)).toEqual({
      'receivable:direct-debit:gaon': '90000',
      'payable:merchant': '-90000',
    })
    expect(await faults()).toEqual([])
  })

  test('that the payer’s bank refuses is not paid, and nothing is booked; the payer is told (AC06)', async () => {
    const accepted = await world.pay(merchant, [debitMeans('suspended')])
    await world.send(merchant)
    expect(await world.heard(accepted)).toMatchObject({ reason: 'account-suspended', legs: [{ state: 'voided' }] })
    expect(await balances(world, merchant.id)).toEqual({})
    expect(await newestBatch()).toMatchObject({ counts: { withdrawn: 1 } })
    expect(await faults()).toEqual([])
  })

  test('from an account that is not covered is tried again under another reference, three times at most (AM04)', async () => {
    const accepted = await world.pay(merchant, [debitMeans('poor')])
    for (const tried of [1, 2]) {
      await world.send(merchant)
      expect(await world.heard(accepted)).toMatchObject({ state: 'awaiting' })
      expect(await debits()).toHaveLength(tried)
    }
    await world.send(merchant)
    expect(await world.heard(accepted)).toMatchObject({ reason: 'account-balance' })
    expect((await debits()).map(({ state }) => state)).toEqual(['AM04', 'AM04', 'AM04'])
    expect(new Set((await debits()).map(({ reference }) => reference)).size).toBe(3)
    expect(await faults()).toEqual([])
  })

  test('once there is money, the next try pays it', async () => {
    const accepted = await world.pay(merchant, [debitMeans('poor')])
    await world.send(merchant)
    await world.heard(accepted)
    await world.outside.changeAccount('gaon', { number: demoAccount('poor').number, balance: '500000' })
    await world.send(merchant)
    expect(await world.heard(accepted)).toMatchObject({ state: 'paid' })
    expect((await debits()).map(({ state }) => state)).toEqual(['AM04', 'collected'])
  })

  test('beside a card takes the card at once, and gives it back when the bank refuses', async () => {
    const means = [cardMeans('hanbit', 'roomy', 50_000n), debitMeans('suspended', { amount: 40_000n })]
    const accepted = await world.pay(merchant, means)
    expect(accepted).toMatchObject({ state: 'awaiting' })
    await world.send(merchant)
    expect(await world.heard(accepted)).toMatchObject({ state: 'declined', capturedAmount: 0n })
    expect((await world.outside.book('hanbit')).totals.refunds).toMatchObject({ amount: '50000' })
    expect(await faults()).toEqual([])
  })

  test('is only for somebody who is logged in, and for accounts of banks that can be reached', async () => {
    const direct = await world.gateway.payments.open({
      ...anOrder(merchant, { means: [debitMeans()] }),
    })
    expect(direct).toMatchObject({ kind: 'refused' })
    const { input } = debitMeans()
    const far = { module: 'direct-debit', input: { ...(input as object), bank: 'far-away' } }
    expect(await world.pay(merchant, [far])).toMatchObject({ state: 'created' })
  })
})

describe('what happens afterwards', () => {
  test('the bank takes a collected debit back: the merchant bears it, and it is booked once', async () => {
    const accepted = await world.pay(merchant, [debitMeans()])
    await world.send(merchant)
    await world.heard(accepted)
    await world.outside.takeBackDebit('gaon', (await debits())[0]!.reference)
    await world.heard(accepted)
    await world.heard(accepted)
    expect(await balances(world, merchant.id)).toEqual({})
    expect(await newestBatch()).toMatchObject({ counts: { returned: 1 } })
    const { rows: told } = await world.gateway.database.pool.query<{ payload: unknown }>(
      `select payload from message where payment_id = $1 and topic = 'payment.returned'`,
      [accepted.id],
    )
    expect(told).toMatchObject([
      { payload: { type: 'payment.returned', data: { payment: { state: 'paid' }, returned: { amount: '90000' } } } },
    ])
    const late = await world.gateway.refunds.open({
      ...{
        merchantId: merchant.id,
        paymentId: accepted.id,
        strategy: 'ratio',
        kind: 'refund',
        reason: '반품',
        requestedBy,
      },
    })
    expect(late).toMatchObject({ refund: { state: 'refused' } })
    expect(await faults()).toEqual([])
  })

  test('a refund is owed to the payer’s account, in parts too', async () => {
    const accepted = await world.pay(merchant, [debitMeans()])
    await world.send(merchant)
    await world.heard(accepted)
    const refunded = await world.gateway.refunds.open({
      ...{
        merchantId: merchant.id,
        paymentId: accepted.id,
        strategy: 'ratio',
        kind: 'refund',
        reason: '반품',
        requestedBy,
      },
      amount: 20_000n,
    })
    expect(refunded).toMatchObject({ refund: { state: 'refunded' } })
    const { rows } = await world.gateway.database.pool.query(
      'select amount, state from debit_refund where merchant_id = $1',
      [merchant.id],
    )
    expect(rows).toEqual([{ amount: 20_000n, state: 'open' }])
    expect(await balances(world, merchant.id)).toEqual({
      'receivable:direct-debit:gaon': '70000',
      'payable:merchant': '-70000',
    })
  })

  test('an order that is cancelled while its debit is at the bank: what comes is owed to the payer', async () => {
    await world.outside.debitSwitch('gaon', { do: 'silence', times: 1 })
    const accepted = await world.pay(merchant, [debitMeans()])
    await world.send(merchant)
    await world.gateway.cancellations.cancel({
      ...{ merchantId: merchant.id, paymentId: accepted.id, reason: '취소', requestedBy },
    })
    expect(await world.heard(accepted)).toMatchObject({ state: 'cancelled' })
    await world.outside.answerDebits('gaon')
    await world.heard(accepted)
    expect(await balances(world, merchant.id)).toEqual({
      'receivable:direct-debit:gaon': '90000',
      'payable:shopper': '-90000',
    })
    expect(await newestBatch()).toMatchObject({ counts: { 'to-return': 1 } })
    expect(await faults()).toEqual([])
  })

  test('a cancelled order whose debit is not at the bank yet is never collected', async () => {
    const accepted = await world.pay(merchant, [debitMeans()])
    await world.gateway.cancellations.cancel({
      ...{ merchantId: merchant.id, paymentId: accepted.id, reason: '취소', requestedBy },
    })
    await world.heard(accepted)
    await world.send(merchant)
    expect(await debits()).toEqual([])
  })
})

describe('a mandate', () => {
  test('keeps the words that were agreed to, signed, and the account sealed (P8.1)', async () => {
    await world.pay(merchant, [debitMeans('roomy', { kind: 'recurring' })])
    const mandate = (await world.gateway.mandates.ofShopper(world.shopper.id))[0]!
    expect(mandate).toMatchObject({
      kind: 'recurring',
      lastFour: demoAccount('roomy').number.slice(-4),
      state: 'active',
    })
    const signed = decodeJwt(mandate.consent)
    expect(signed).toMatchObject({ bank: 'gaon', account: mandate.lastFour })
    expect(signed['text']).toContain('동의')
    const { rows } = await world.gateway.database.pool.query<{ kept: string }>(
      `select m::text || (select string_agg(l.means::text || coalesce(l.hold::text, ''), '') from leg l where l.merchant_id = m.merchant_id) as kept
       from mandate m where merchant_id = $1`,
      [merchant.id],
    )
    expectNowhere(rows, demoAccount('roomy').number)
  })

  test('that is recurring pays again without the account, until it is revoked', async () => {
    await world.pay(merchant, [debitMeans('roomy', { kind: 'recurring' })])
    const { mandates } = world.gateway
    const mandate = (await mandates.ofShopper(world.shopper.id))[0]!
    const again = { module: 'direct-debit', input: { mandateId: mandate.id } }
    expect(await world.pay(merchant, [again])).toMatchObject({ state: 'awaiting' })
    expect(await mandates.revoke(world.shopper.id, mandate.id)).toBe(true)
    expect(await mandates.revoke(world.shopper.id, mandate.id)).toBe(false)
    expect(await world.pay(merchant, [again])).toMatchObject({ state: 'created' })
    await world.send(merchant)
    expect(await debits()).toEqual([])
  })

  test('that is revoked ends the orders that are not at the bank yet', async () => {
    const accepted = await world.pay(merchant, [debitMeans('roomy', { kind: 'recurring' })])
    const mandate = (await world.gateway.mandates.ofShopper(world.shopper.id))[0]!
    await world.gateway.mandates.revoke(world.shopper.id, mandate.id)
    expect(await world.heard(accepted)).toMatchObject({ reason: 'account-not-usable' })
  })
})

describe('a report of the bank', () => {
  async function atTheBank() {
    await world.outside.debitSwitch('gaon', { do: 'silence', times: 1 })
    const accepted = await world.pay(merchant, [debitMeans()])
    await world.send(merchant)
    const batch = await newestBatch()
    const { debit, tries } = (await world.gateway.debitBatches.lines(merchant.id, batch.id, { after: 0, limit: 1 }))[0]!
    return { accepted, batch, reference: endToEndIdOf(debit.id, tries), message: messageIdOf(batch.id) }
  }
  const reportOf = (message: string, lines: string, group = '<GrpSts>PART</GrpSts>', sums = '') =>
    `<?xml version="1.0" encoding="UTF-8"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.002.001.10"><CstmrPmtStsRpt><GrpHdr><MsgId>S</MsgId><CreDtTm>2026-11-21T00:00:00Z</CreDtTm></GrpHdr><OrgnlGrpInfAndSts><OrgnlMsgId>${message}</OrgnlMsgId><OrgnlMsgNmId>pain.008.001.08</OrgnlMsgNmId>${sums}${group}</OrgnlGrpInfAndSts>${lines}</CstmrPmtStsRpt></Document>`
  const information = (message: string, lines: string) =>
    `<OrgnlPmtInfAndSts><OrgnlPmtInfId>P${message.slice(2)}</OrgnlPmtInfId>${lines}</OrgnlPmtInfAndSts>`
  const line = (reference: string, status: string) =>
    `<TxInfAndSts><OrgnlEndToEndId>${reference}</OrgnlEndToEndId><TxSts>${status}</TxSts></TxInfAndSts>`

  test.each<[string, (message: string, reference: string) => string, RegExp]>([
    [
      'with a wrong sum',
      (m, r) => reportOf(m, information(m, line(r, 'ACSC')), undefined, '<OrgnlCtrlSum>1</OrgnlCtrlSum>'),
      /the sum 1/,
    ],
    [
      'with a wrong number',
      (m, r) => reportOf(m, information(m, line(r, 'ACSC')), undefined, '<OrgnlNbOfTxs>2</OrgnlNbOfTxs>'),
      /2 debits/,
    ],
    [
      'that names a debit twice',
      (m, r) => reportOf(m, information(m, line(r, 'ACSC') + line(r, 'RJCT'))),
      /twice|more than/,
    ],
    ['about another file', (_, r) => reportOf('DDother', line(r, 'ACSC')), /./],
    [
      'of another payment information',
      (m, r) => reportOf(m, information('DDother', line(r, 'ACSC'))),
      /payment information/,
    ],
    ['that breaks a rule', (m, r) => reportOf(m, information(m, line(r, 'COLLECTED'))), /TxSts: not a code/],
    [
      'that counts otherwise than it lists',
      (m, r) =>
        reportOf(
          m,
          information(
            m,
            `<NbOfTxsPerSts><DtldNbOfTxs>0</DtldNbOfTxs><DtldSts>ACSC</DtldSts></NbOfTxsPerSts>${line(r, 'ACSC')}`,
          ),
        ),
      /0 debits ACSC/,
    ],
  ])('%s is refused whole', async (_, report, fault) => {
    const { accepted, batch, reference, message } = await atTheBank()
    await world.outside.putOut('gaon', `${message}.1.pain002.xml`, report(message, reference))
    expect(await world.heard(accepted)).toMatchObject({ state: 'awaiting' })
    const reports = await world.gateway.debitBatches.reports(merchant.id, batch.id)
    expect(reports).toMatchObject([{ state: 'refused', faults: [{ fault: expect.stringMatching(fault) as string }] }])
  })

  test('that names a debit we do not know is applied but for that line, which is listed', async () => {
    const { accepted, batch, reference, message } = await atTheBank()
    const stranger = endToEndIdOf(accepted.id, 1)
    const lines = line(reference, 'ACSC')
    await world.outside.putOut(
      'gaon',
      `${message}.1.pain002.xml`,
      reportOf(message, information(message, line(stranger, 'ACSC'))),
    )
    await world.outside.putOut('gaon', `${message}.2.pain002.xml`, reportOf(message, information(message, lines)))
    expect(await world.heard(accepted)).toMatchObject({ state: 'paid' })
    expect(await world.gateway.debitBatches.reports(merchant.id, batch.id)).toMatchObject([
      { state: 'applied', faults: [{ reference: stranger, fault: 'no such debit in the file' }] },
      { state: 'applied', faults: [] },
    ])
  })

  test('with a status that we do not know is no answer; said twice, the same word changes nothing (P3.1)', async () => {
    const { accepted, batch, reference, message } = await atTheBank()
    const put = (number: number, status: string) =>
      world.outside.putOut(
        'gaon',
        `${message}.${number}.pain002.xml`,
        reportOf(message, information(message, line(reference, status))),
      )
    await put(1, 'XYZW')
    expect(await world.heard(accepted)).toMatchObject({ state: 'awaiting' })
    await put(2, 'ACTC')
    expect(await world.heard(accepted)).toMatchObject({ state: 'awaiting' })
    await put(3, 'ACSC')
    await put(4, 'ACSC')
    expect(await world.heard(accepted)).toMatchObject({ state: 'paid' })
    expect(await balances(world, merchant.id)).toMatchObject({ 'payable:merchant': '-90000' })
    expect((await world.gateway.debitBatches.reports(merchant.id, batch.id))[0]).toMatchObject({
      faults: [{ fault: 'status XYZW' }],
    })
  })

  test('that refuses the whole file leaves every debit for the next one', async () => {
    await world.outside.debitSwitch('gaon', { do: 'reject', code: 'MS03', times: 1 })
    const accepted = await world.pay(merchant, [debitMeans()])
    await world.send(merchant)
    expect(await world.heard(accepted)).toMatchObject({ state: 'awaiting' })
    expect(await newestBatch()).toMatchObject({ state: 'rejected', counts: { open: 1 } })
    await world.send(merchant)
    expect(await world.heard(accepted)).toMatchObject({ state: 'paid' })
  })
})

test('a job that dies between any two steps, and runs again, has each debit collected once (N8)', async () => {
  const accepted = await world.pay(merchant, [debitMeans()])
  const { debitBatches, database } = world.gateway
  await debitBatches.announceDue()
  // Claimed, and dead before the file was written; taken up by another process.
  await debitBatches.claimNow(merchant.id)
  const other = await world.another()
  await Promise.all([other.debitBatches.claimNow(merchant.id), debitBatches.claimNow(merchant.id)])
  await world.outside.bankFilesSwitch('gaon', { do: 'cut', times: 1 })
  await debitBatches.collectDue()
  expect(await debits()).toEqual([])
  await other.debitBatches.collectDue()
  // Sent, and dead before that was written down: sent once more.
  await database.pool.query("update debit_batch set state = 'written' where merchant_id = $1", [merchant.id])
  await debitBatches.collectDue()
  expect(await debits()).toHaveLength(1)
  expect((await world.outside.fileBank('gaon')).received).toHaveLength(1)
  // Read, and dead before that was written down: read once more.
  await world.heard(accepted)
  await database.pool.query('delete from debit_report').catch(() => undefined)
  expect(await world.heard(accepted)).toMatchObject({ state: 'paid' })
  expect(await faults()).toEqual([])
})

test('P9.4: what one worker brings to the bank is not brought by a second at the same time', async () => {
  const { debitBatches } = world.gateway
  const { debitBatches: second } = await world.another()
  await world.pay(merchant, [debitMeans()])
  while (await debitBatches.announceDue());
  await debitBatches.claimNow(merchant.id)
  const state = async () => (await newestBatch()).state
  await aloneAt(world.gateway.database.pool, 'debit-files', 'gaon', () => second.collectDue())
  expect(await state()).toBe('claimed')
  await Promise.all([debitBatches.collectDue(), second.collectDue()])
  expect(await state()).toBe('sent')
})

test('the payer is told before and of a refusal, and the mails name amount, day and mandate', async () => {
  const accepted = await world.pay(merchant, [debitMeans('suspended')])
  await world.send(merchant)
  await world.heard(accepted)
  await expect.poll(mails).toEqual(expect.arrayContaining([expect.stringContaining('출금하지 못했어요')]))
  expect(await mails()).toEqual(expect.arrayContaining([expect.stringContaining('출금 예정 안내')]))
})
