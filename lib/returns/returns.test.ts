import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { demoAccount } from '../../simulators/bank/demo-accounts'
import { aMerchant } from '../../test/gateway'
import { debitMeans, type DebitWorld, startDebitWorld } from '../direct-debit/direct-debit.fixtures'
import type { Uuid } from '../ids'
import { verifyBooks } from '../ledger/verify'
import type { Merchant } from '../merchants/merchant'
import { NO_MERCHANT } from '../messages/message'
import { balances } from '../modules/bank-transfer/bank-transfer.fixtures'
import type { Payment } from '../payments/payment'
import { requestedBy } from '../payments/payments.fixtures'
import type { Returns } from './returns'

const ANNA = { id: '00000000-0000-7000-8000-00000000a11a', name: '오세린', role: 'operator' }
const BORA = { id: '00000000-0000-7000-8000-00000000b0ba', name: '문하람', role: 'operator' }
const BY_GIRO = { module: 'giro', input: { name: '한지우', email: 'jiwoo@example.com' } }

let world: DebitWorld
let merchant: Merchant
let returns: Returns
beforeAll(async () => {
  world = await startDebitWorld()
  ;({ returns } = world.gateway)
})
beforeEach(async () => {
  await world.outside.reset()
  merchant = await aMerchant(world.gateway, { modules: ['card', 'direct-debit', 'giro'] })
})

const faults = () => verifyBooks(world.gateway.database.pool)
const toAccount = async (number: string) =>
  (await world.outside.paidOut('gaon')).filter(({ account, file }) => account === number && file.startsWith('MOARE-'))
const mine = () => returns.list(merchant.id, { limit: 50 })

/** Orders, and reads what the bank says, as the two jobs do. */
async function run(): Promise<void> {
  while (await returns.orderDue()) continue
  await returns.readAnswers()
}

async function collected(): Promise<Payment> {
  const accepted = await world.pay(merchant, [debitMeans()])
  await world.send(merchant)
  return world.heard(accepted)
}

function refund({ id }: Pick<Payment, 'id'>, amount: bigint) {
  return world.gateway.refunds.open({
    ...{
      merchantId: merchant.id,
      paymentId: id,
      strategy: 'ratio',
      kind: 'refund',
      reason: '반품',
      requestedBy,
      amount,
    },
  })
}

/** Collected for an order that had been given up meanwhile. */
async function collectedForNothing(): Promise<void> {
  await world.outside.debitSwitch('gaon', { do: 'silence', times: 1 })
  const accepted = await world.pay(merchant, [debitMeans()])
  await world.send(merchant)
  const cancelled = { merchantId: merchant.id, paymentId: accepted.id, reason: '취소', requestedBy }
  await world.gateway.cancellations.cancel(cancelled)
  await world.heard(accepted)
  await world.outside.answerDebits('gaon')
  await world.heard(accepted)
}

describe('refunds of collected direct debits', () => {
  test('go to the account they were collected from, each in one transfer, whoever orders at once', async () => {
    const paid = await collected()
    await refund(paid, 20_000n)
    await refund(paid, 5_000n)
    const { returns: beside } = await world.another()
    await Promise.all([returns.orderDue(), beside.orderDue()])
    await run()
    await run()
    expect((await mine()).map(({ state, amount }) => [state, amount.amount]).sort()).toEqual([
      ['paid', 20_000n],
      ['paid', 5_000n],
    ])
    const { number, holder } = demoAccount('roomy')
    const booked = await toAccount(number)
    expect(booked.map(({ amount }) => amount).sort()).toEqual(['20000', '5000'])
    expect(booked[0]).toMatchObject({ holder, status: 'ACSC', currency: 'KRW' })
    expect(await faults()).toEqual([])
  })

  test('that the bank refuses wait for people, who order them again or transfer them by hand', async () => {
    const paid = await collected()
    await refund(paid, 20_000n)
    await world.outside.payoutSwitch('gaon', { do: 'refuse', times: 1 })
    await run()
    await run()
    const [refused, ...others] = await mine()
    expect(others).toEqual([])
    expect(refused).toMatchObject({ state: 'rejected', reason: 'AC04' })
    expect(await returns.retry(merchant.id, refused!.id, ANNA)).toBe('ordered')
    expect(await returns.retry(merchant.id, refused!.id, ANNA)).toBe('gone')
    expect(await returns.byHand(merchant.id, refused!.id, 'BACK-1', ANNA)).toBe(false)
    await world.outside.payoutSwitch('gaon', { do: 'refuse', times: 1 })
    await run()
    const [again] = await mine()
    expect(again).toMatchObject({ state: 'rejected' })
    expect(await returns.byHand(merchant.id, again!.id, 'BACK-1', ANNA)).toBe(true)
    expect(await returns.byHand(merchant.id, again!.id, 'BACK-2', ANNA)).toBe(false)
    expect(await returns.find(merchant.id, again!.id)).toMatchObject({ state: 'by-hand', named: 'BACK-1' })
    expect(await faults()).toEqual([])
  })

  test('of a debit that its bank has taken back meanwhile are not transferred: the payer has it all', async () => {
    const paid = await collected()
    await refund(paid, 20_000n)
    const [debit] = await world.outside.debits('gaon')
    await world.outside.takeBackDebit('gaon', debit!.reference)
    await world.heard(paid)
    await run()
    expect(await mine()).toEqual([])
  })
})

describe('what was collected for an order that had been given up', () => {
  test('goes back by itself, and is owed to the payer until the bank has paid it', async () => {
    await collectedForNothing()
    await world.outside.payoutSwitch('gaon', { do: 'take', times: 1 })
    await run()
    expect(await mine()).toMatchObject([{ state: 'accepted', source: 'debit' }])
    expect(await balances(world, merchant.id)).toMatchObject({ 'payable:shopper': '-90000' })
    expect(await faults()).toEqual([])
    const [booked] = await toAccount(demoAccount('roomy').number)
    await world.outside.sendBackPayout('gaon', booked!.reference)
    await run()
    expect(await mine()).toMatchObject([{ state: 'rejected' }])
    expect(await returns.retry(merchant.id, (await mine())[0]!.id, ANNA)).toBe('ordered')
    await run()
    expect((await mine())[0]).toMatchObject({ state: 'paid' })
    expect(await balances(world, merchant.id)).toEqual({})
    expect(await faults()).toEqual([])
  })

  test('is owed again when its transfer comes back after it was paid', async () => {
    await collectedForNothing()
    await run()
    expect(await mine()).toMatchObject([{ state: 'paid' }])
    const [booked] = await toAccount(demoAccount('roomy').number)
    await world.outside.sendBackPayout('gaon', booked!.reference)
    await run()
    await run()
    expect(await mine()).toMatchObject([{ state: 'rejected' }])
    expect(await balances(world, merchant.id)).toMatchObject({ 'payable:shopper': '-90000' })
    expect(await faults()).toEqual([])
  })
})

describe('giro money', () => {
  const paysIn = async (paid: { amount: string; reference?: string; payerAccount?: string; payer?: string }) => {
    await world.outside.payIn('gaon', [paid])
    await world.gateway.giro.readCredits()
  }
  const overpaid = async (payerAccount: string): Promise<Uuid> => {
    const accepted = await world.pay(merchant, [BY_GIRO])
    const [bill] = await world.gateway.giro.billsOf(merchant.id, accepted.id)
    await paysIn({ amount: '95000', reference: bill!.reference, payerAccount })
    await world.heard(accepted)
    const [credit] = await world.gateway.giro.credits(merchant.id, { list: 'owed', limit: 5 })
    return credit!.id
  }

  test('that is too much goes back to the account it came from, once, and is not recorded by hand beside it', async () => {
    const creditId = await overpaid('90015550001111')
    const both = await Promise.all([1, 2].map(() => returns.orderCredit(merchant.id, creditId, ANNA)))
    expect(both.sort()).toEqual(['gone', 'ordered'])
    expect(await world.gateway.giro.returned(merchant.id, creditId, 'BACK-1')).toBe(false)
    expect(await balances(world, merchant.id)).toMatchObject({ 'payable:shopper': '-5000' })
    await run()
    expect(await toAccount('90015550001111')).toMatchObject([{ amount: '5000', status: 'ACSC', holder: '한지우' }])
    expect(await world.gateway.giro.credit(merchant.id, creditId)).toMatchObject({ ordered: 0n, returned: 5_000n })
    expect(await balances(world, merchant.id)).toEqual({ 'bank:gaon': '90000', 'payable:merchant': '-90000' })
    expect(await faults()).toEqual([])
  })

  test('that the bank sends back is the payer’s again', async () => {
    const creditId = await overpaid('90015550002222')
    await returns.orderCredit(merchant.id, creditId, ANNA)
    await run()
    const [booked] = await toAccount('90015550002222')
    await world.outside.sendBackPayout('gaon', booked!.reference)
    await run()
    expect(await world.gateway.giro.credit(merchant.id, creditId)).toMatchObject({ owed: 5_000n, returned: 0n })
    expect(await world.gateway.giro.returned(merchant.id, creditId, 'BACK-1')).toBe(true)
    expect(await faults()).toEqual([])
  })

  test('of nobody’s goes back only when a second person agrees (P6.3)', async () => {
    await paysIn({ amount: '7000', payer: '누군가', payerAccount: '90015550003333' })
    const [credit] = await world.gateway.giro.unassigned({ search: '누군가', limit: 1 })
    expect(await returns.proposeUnassigned(credit!.id, ANNA)).toBe('ordered')
    await run()
    expect(await toAccount('90015550003333')).toEqual([])
    const [proposed] = await returns.proposed(10)
    expect(await returns.decide(proposed!.id, { agreed: true, by: ANNA })).toBe(false)
    expect(await returns.decide(proposed!.id, { agreed: false, by: BORA })).toBe(true)
    expect(await world.gateway.giro.credit(NO_MERCHANT, credit!.id)).toMatchObject({ unassigned: 7_000n })
    expect(await returns.proposeUnassigned(credit!.id, ANNA)).toBe('ordered')
    const [next] = await returns.proposed(10)
    expect(await returns.decide(next!.id, { agreed: true, by: BORA })).toBe(true)
    await run()
    expect(await toAccount('90015550003333')).toMatchObject([{ amount: '7000', status: 'ACSC' }])
    expect(await faults()).toEqual([])
  })
})
