import { afterAll, describe, expect, test } from 'vitest'
import { anAccount as openAccount, load, someVouchers } from '../../accounts/accounts.fixtures'
import type { NewAccount } from '../../accounts/account-keeping'
import { later } from '../../clock'
import { publicId } from '../../ids'
import { verifyBooks } from '../../ledger/verify'
import { startShopServer } from '../../merchants/merchants.fixtures'
import { krw } from '../../money/money'
import { fresh } from '../http.fixtures'
import { describedBy, type ForeignClient, foreignClient, standardDocument, startParlay } from './parlayx.fixtures'

const listener = await startShopServer((_body, { url }) => ({ status: url?.endsWith('/gone') ? 410 : 200 }))
afterAll(() => listener.close())
const world = await startParlay({ env: { OUTGOING_ALLOW: listener.address } })
const { gateway } = world
const owner = await world.anApplication()
const stranger = await world.anApplication({ reach: 'every' })
const wsdl = `${world.url}/parlayx/AccountManagement?wsdl`
const standard = standardDocument('parlayx_account_management_service_2_2.wsdl')
const ours = await foreignClient(wsdl, owner)
const DONE = { result: undefined }

async function anAccount({
  load: balance = 10_000n,
  ...wanted
}: Partial<NewAccount> & { readonly load?: bigint } = {}) {
  const { id, number } = await openAccount(gateway, { issuerId: owner.merchant.id, balance, ...wanted })
  return { id, number, user: `account:${number}`, balance: async () => (await gateway.accounts.find(id))!.balance }
}

async function aVoucher(amount: bigint, expiresAt = later(gateway.clock.now(), 86_400_000)): Promise<string> {
  const { codes } = await someVouchers(gateway, { value: krw(amount), expiresAt })
  return codes[0]!
}

/** Everything that the interface can do, as a program does it that was made from one document. */
async function runAll(client: ForeignClient): Promise<void> {
  const validUntil = new Date('2099-01-01T00:00:00.000Z')
  const account = await anAccount({ validUntil, limits: { perMonth: 50_000n } })
  const who = { endUserIdentifier: account.user }
  expect(await client.call('getBalance', who)).toEqual({
    result: [
      { balanceType: 'Credit', amount: 10000 },
      { balanceType: 'MonthLimit', amount: 50000 },
    ],
  })
  expect(await client.call('getBalanceTypes', who)).toEqual({ result: ['Credit', 'MonthLimit'] })
  expect(await client.call('getCreditExpiryDate', who)).toEqual({
    result: [{ balanceType: 'Credit', date: validUntil }],
  })

  const loading = { ...who, referenceCode: fresh('load'), balanceType: 'Credit', amount: 5000, period: 30 }
  expect(await client.call('balanceUpdate', loading)).toEqual(DONE)
  expect(await client.call('balanceUpdate', loading)).toEqual(DONE)
  expect(await account.balance()).toBe(15_000n)

  const redeeming = { ...who, referenceCode: fresh('voucher'), voucherIdentifier: await aVoucher(3000n) }
  expect(await client.call('voucherUpdate', redeeming)).toEqual(DONE)
  expect(await client.call('voucherUpdate', redeeming)).toEqual(DONE)
  expect(await account.balance()).toBe(18_000n)

  const { result } = (await client.call('getHistory', { ...who, maxEntries: 2 })) as {
    result: { transactionDate: Date; transactionDetails: string }[]
  }
  expect(result.map(({ transactionDetails }) => transactionDetails.split(' | ').slice(0, 3))).toEqual([
    ['voucher', '3000 KRW', '18000'],
    ['top-up', '5000 KRW', '15000'],
  ])
  const tomorrow = later(gateway.clock.now(), 86_400_000).toISOString()
  expect(await client.call('getHistory', { ...who, date: tomorrow })).toEqual({ result: undefined })
}

describe('Account Management', () => {
  test('is run whole by a program that knows only our WSDL (M-82, M-87, M-103)', () => runAll(ours))

  test.skipIf(standard.isAbsent)(
    `is run whole by a program that knows only the standard’s own document (${standard.why})`,
    async () => {
      const theirs = await foreignClient(standard.file, owner, { endpoint: `${world.url}/parlayx/AccountManagement` })
      expect(describedBy(ours)).toEqual(describedBy(theirs))
      await runAll(theirs)
    },
  )

  test('of a postpaid account says what is owed, and takes what is paid of it', async () => {
    const account = await anAccount({ kind: 'postpaid', limits: { perMonth: 50_000n }, load: 0n })
    const amounts = await foreignClient(`${world.url}/parlayx/AmountCharging?wsdl`, owner)
    const charge = { description: '벨소리', currency: 'KRW', amount: 700 }
    await amounts.call('chargeAmount', { endUserIdentifier: account.user, charge, referenceCode: fresh('ref') })
    const who = { endUserIdentifier: account.user }
    expect(await ours.call('getBalance', who)).toMatchObject({
      result: [
        { balanceType: 'Owed', amount: 700 },
        { balanceType: 'MonthLimit', amount: 49300 },
      ],
    })
    const paying = { ...who, referenceCode: fresh('paid'), balanceType: 'Owed', amount: 700 }
    expect(await ours.call('balanceUpdate', paying)).toEqual(DONE)
    expect(await account.balance()).toBe(0n)
    expect(await ours.call('balanceUpdate', { ...paying, balanceType: 'Credit' })).toEqual({
      fault: 'SVC0003 balanceType Owed',
    })
  })

  test('P6.7: who has not proved control hears the same of every account', async () => {
    const account = await anAccount({ pin: '4711' })
    const theirs = await foreignClient(wsdl, stranger)
    const failed = { fault: 'SVC0250' }
    const who = { endUserIdentifier: account.user }
    expect(await theirs.call('getBalance', who)).toEqual(failed)
    expect(await theirs.call('getBalance', { ...who, endUserPin: '0000' })).toEqual(failed)
    expect(await theirs.call('getBalance', { endUserIdentifier: 'account:9420000000000000' })).toEqual(failed)
    expect(await theirs.call('getBalance', { endUserIdentifier: 'account:9420000000000000', endUserPin: '1' })).toEqual(
      failed,
    )
    expect(await theirs.call('getBalance', { ...who, endUserPin: '4711' })).toHaveProperty('result')
    expect(await ours.call('getBalance', who)).toHaveProperty('result')
    const own = await foreignClient(wsdl, await world.anApplication())
    expect(await own.call('getBalance', { ...who, endUserPin: '4711' })).toEqual(failed)
  })

  test('P6.6: PINs are not guessed: after five wrong ones the right one is wrong too', async () => {
    const account = await anAccount({ pin: '4711' })
    const who = { endUserIdentifier: account.user }
    await Promise.all(
      Array.from({ length: 8 }, (_, guess) => ours.call('getBalance', { ...who, endUserPin: `000${guess}` })),
    )
    expect(await ours.call('getBalance', { ...who, endUserPin: '4711' })).toEqual({ fault: 'SVC0250' })
  })

  test.each<[string, string, object, string]>([
    [
      'a voucher that nobody has',
      'voucherUpdate',
      { referenceCode: 'v', voucherIdentifier: 'none' },
      'SVC0251 voucherIdentifier',
    ],
    [
      'a voucher with a PIN',
      'voucherUpdate',
      { referenceCode: 'v', voucherIdentifier: 'a', voucherPin: '1' },
      'SVC0002 voucherPin',
    ],
    [
      'a period of no days',
      'balanceUpdate',
      { referenceCode: 'b', balanceType: 'Credit', amount: 1, period: 0 },
      'SVC0002 period',
    ],
    ['an amount of nothing', 'balanceUpdate', { referenceCode: 'b', balanceType: 'Credit', amount: 0 }, 'SVC0007'],
    ['no entries', 'getHistory', { maxEntries: 0 }, 'SVC0002 maxEntries'],
    ['a date that is none', 'getHistory', { date: '2026-02-30T00:00:00Z' }, 'SVC0002 date'],
  ])('%s is refused', async (_title, operation, input, fault) => {
    const account = await anAccount()
    expect(await ours.call(operation, { endUserIdentifier: account.user, ...input })).toEqual({ fault })
    expect(await account.balance()).toBe(10_000n)
  })

  test('a voucher that is used up, or over, is one that nobody has', async () => {
    const account = await anAccount()
    const used = await aVoucher(1000n)
    const redeem = (voucherIdentifier: string, referenceCode = fresh('v')) =>
      ours.call('voucherUpdate', { endUserIdentifier: account.user, referenceCode, voucherIdentifier })
    const unknown = { fault: 'SVC0251 voucherIdentifier' }
    expect(await redeem(used, 'once')).toEqual(DONE)
    expect(await redeem(used)).toEqual(unknown)
    expect(await redeem(await aVoucher(1000n), 'once')).toEqual({ fault: 'SVC0002 referenceCode' })
    expect(await account.balance()).toBe(11_000n)
  })
})

describe('changes of an account', () => {
  const service = `${world.url}/parlayx/AccountChangeNotificationManager?wsdl`

  /** What was told about a correlator, once all that is due has been sent. */
  async function told(correlator: string): Promise<string[]> {
    await gateway.messages.sendDue(100)
    await gateway.messages.idle()
    return listener.requests.map(({ body }) => body).filter((body) => body.includes(correlator))
  }
  const part = (body: string, name: string) => new RegExp(`<${name}>([^<]*)</${name}>`).exec(body)?.[1]

  async function charge(accountId: string, amount: bigint, reference = fresh('c')) {
    const of = { accountId, merchantId: owner.merchant.id, requester: owner.application.id, shop: '모아' }
    const charged = await gateway.accounts.charge({ ...of, reference, amount: krw(amount), description: '벨소리' })
    expect(charged.kind).toBe('charged')
  }

  test('M-83: are told as they happen, and when it falls to its threshold, until that is stopped', async () => {
    const manager = await foreignClient(service, owner)
    const account = await anAccount({ threshold: 5_000n })
    const correlator = fresh('watch')
    const reference = { endpoint: listener.url, interfaceName: 'AccountChangeNotification', correlator }
    const start = { reference, endUserIdentifier: account.user }
    expect(await manager.call('startAccountChangeNotification', start)).toEqual(DONE)
    expect(await manager.call('startAccountChangeNotification', start)).toEqual({
      fault: `SVC0005 ${correlator} reference`,
    })
    await charge(account.id, 1000n, 'first')
    await expect.poll(async () => (await told(correlator)).length).toBe(1)
    const [first] = await told(correlator)
    expect(
      ['kind', 'amount', 'balance', 'currency', 'referenceCode', 'endUserIdentifier'].map((name) => part(first!, name)),
    ).toEqual(['Charged', '1000', '9000', 'KRW', 'first', `account:${publicId('acc', account.id)}`])
    await charge(account.id, 5000n)
    await load(gateway, account.id, 100n)
    await expect
      .poll(async () => (await told(correlator)).map((body) => part(body, 'kind')).sort())
      .toEqual(['Charged', 'Charged', 'LowBalance', 'Recharged'])
    expect(await manager.call('stopAccountChangeNotification', { correlator })).toEqual(DONE)
    expect(await manager.call('stopAccountChangeNotification', { correlator })).toEqual({ fault: 'SVC0002 correlator' })
    await charge(account.id, 1n)
    expect(await told(correlator)).toHaveLength(4)
  })

  test('are told nobody who says that nobody is there, nor a revoked application', async () => {
    const leaving = await world.anApplication({ merchant: owner.merchant })
    const manager = await foreignClient(service, leaving)
    const account = await anAccount()
    const [gone, revoked] = [fresh('gone'), fresh('revoked')]
    for (const [correlator, endpoint] of [
      [gone, `${listener.url}/gone`],
      [revoked, listener.url],
    ] as const) {
      const reference = { endpoint, interfaceName: 'AccountChangeNotification', correlator }
      await manager.call('startAccountChangeNotification', { reference, endUserIdentifier: account.user })
    }
    await charge(account.id, 1n)
    await expect.poll(async () => (await told(gone)).length + (await told(revoked)).length).toBe(2)
    await gateway.openService.revoke({ id: leaving.application.id })
    await charge(account.id, 1n)
    expect([(await told(gone)).length, (await told(revoked)).length]).toEqual([1, 1])
  })
})

test('P2.1: the books are whole after all of this', async () => {
  expect(await verifyBooks(gateway.database.pool)).toEqual([])
})
