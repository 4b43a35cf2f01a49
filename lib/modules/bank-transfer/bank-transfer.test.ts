import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { demoAccount } from '../../../simulators/bank/demo-accounts'
import type { BankSwitch } from '../../../simulators/bank/deeds'
import { aMerchant } from '../../../test/gateway'
import { verifyBooks } from '../../ledger/verify'
import type { Merchant } from '../../merchants/merchant'
import { anOrder, cardMeans, requestedBy } from '../../payments/payments.fixtures'
import { balances, bankMeans, type BankWorld, startBankWorld } from './bank-transfer.fixtures'

let world: BankWorld
let merchant: Merchant

beforeAll(async () => {
  world = await startBankWorld()
})

beforeEach(async () => {
  await world.outside.reset()
  merchant = await aMerchant(world.gateway, { modules: ['card', 'bank-transfer'] })
})

const transfers = async () => (await world.outside.bankBook('gaon')).transfers
const spoil = (on: BankSwitch['on'], what: BankSwitch['do'], times = 1) =>
  world.outside.bankSwitch('gaon', { on, do: what, times })
const refund = (payment: { id: string }, amount?: bigint) =>
  world.gateway.refunds.open({
    ...{
      merchantId: merchant.id,
      paymentId: payment.id,
      strategy: 'ratio',
      kind: 'refund',
      reason: '반품',
      requestedBy,
    },
    ...(amount === undefined ? {} : { amount }),
  })

describe('a payment by bank transfer', () => {
  test('moves the amount from the account to ours, once, and the bank owes it in the books (M-202)', async () => {
    const paid = await world.pay(await world.opened(merchant), [bankMeans()])
    expect(paid).toMatchObject({ state: 'paid', legs: [{ state: 'captured', means: { issuer: 'gaon' } }] })
    expect(await transfers()).toMatchObject([
      { state: 'booked', amount: '90000', currency: 'KRW', account: demoAccount('roomy').number },
    ])
    expect(await balances(world, merchant.id)).toEqual({
      'receivable:bank:gaon': '90000',
      'payable:merchant': '-90000',
    })
    expect(await verifyBooks(world.gateway.database.pool)).toEqual([])
  })

  test('works with a bank that signs with P-256 and looks at the balance only when it transfers', async () => {
    const paid = await world.pay(await world.opened(merchant), [bankMeans('roomy', undefined, 'marubank')])
    expect(paid).toMatchObject({ state: 'paid' })
    const poor = await world.pay(await world.opened(merchant), [bankMeans('poor', undefined, 'marubank')])
    expect(await world.settled(poor)).toMatchObject({ state: 'created', reason: 'account-balance' })
  })

  test.each([
    ['a wrong password', { ...demoAccount(), password: '0000' }, 'wrong-account'],
    ['a number that nobody has', { ...demoAccount(), number: '90020000009999' }, 'wrong-account'],
    ['another holder', { ...demoAccount(), holder: '홍길동' }, 'wrong-account'],
    ['a locked account', demoAccount('locked'), 'account-locked'],
    ['a suspended account', demoAccount('suspended'), 'account-suspended'],
    ['a balance that is not enough', demoAccount('poor'), 'account-balance'],
    ['an account in another currency', demoAccount('dollars'), 'account-balance'],
  ])('%s: nothing is asked of the shop and nothing is transferred (M-195, M-206)', async (_, account, reason) => {
    const { bank, number, holder: name, password } = account
    const means = { module: 'bank-transfer', input: { bank, account: number, name, password } }
    const payment = await world.settled(await world.pay(await world.opened(merchant), [means]))
    expect(payment).toMatchObject({ state: 'created', attempt: 1, reason, legs: [{ state: 'declined' }] })
    expect(await transfers()).toEqual([])
  })

  test('neither the account number nor its password stays with us (P8.1, M-164, M-221)', async () => {
    const { id } = await world.pay(await world.opened(merchant), [bankMeans()])
    const { number, password } = demoAccount('roomy')
    const { rows } = await world.gateway.database.pool.query<{ kept: string }>(
      'select means::text || hold::text as kept from leg where payment_id = $1',
      [id],
    )
    expect(rows).toHaveLength(1)
    expect(rows[0]!.kept).not.toContain(number)
    expect(rows[0]!.kept).not.toContain(`"${password}"`)
  })

  test('is only for somebody who has logged in, and never for the shop itself (M-165)', async () => {
    const direct = await world.gateway.payments.open(anOrder(merchant, { means: [bankMeans()] }))
    expect(direct).toEqual({ kind: 'refused', reason: 'wrong-means' })
  })

  test('is not made when the shop does not confirm (M-204)', async () => {
    const careful = await aMerchant(world.gateway, { modules: ['bank-transfer'], confirmation: 'required' })
    const payment = await world.settled(await world.pay(await world.opened(careful), [bankMeans()]))
    expect(payment).toMatchObject({ state: 'created', legs: [{ state: 'voided' }] })
    expect(await transfers()).toEqual([])
  })

  test.each<BankSwitch['do']>([{ kind: 'drop-after' }, { kind: 'wrong-signature' }])(
    'whose answer is spoilt ($kind) is being checked, and settles by itself as booked once (P2.4, P3.6)',
    async (what) => {
      await spoil('transfer', what)
      const payment = await world.pay(await world.opened(merchant), [bankMeans()])
      expect(payment).toMatchObject({ state: 'capturing' })
      expect(await world.settled(payment)).toMatchObject({ state: 'paid' })
      expect(await transfers()).toMatchObject([{ state: 'booked', amount: '90000' }])
    },
  )

  test.each<BankSwitch['do']>([
    { kind: 'drop-before' },
    { kind: 'wrong-signature' },
    { kind: 'wrong-id' },
    { kind: 'garbage' },
  ])('an account check whose answer is spoilt ($kind) takes nothing, and can be tried again (P3.3)', async (what) => {
    await spoil('verify', what)
    const payment = await world.settled(await world.pay(await world.opened(merchant), [bankMeans()]))
    expect(payment).toMatchObject({ state: 'created', reason: 'no-answer' })
    expect(await transfers()).toEqual([])
    expect(await world.pay(payment, [bankMeans()])).toMatchObject({ state: 'paid' })
  })
})

describe('beside a card', () => {
  const mixed = () => [cardMeans('hanbit', 'roomy', 50_000n), bankMeans('roomy', 40_000n)]
  const issuer = async () => (await world.outside.book('hanbit')).totals

  test('both are taken', async () => {
    expect(await world.pay(await world.opened(merchant), mixed())).toMatchObject({ state: 'paid' })
    expect((await issuer()).completions).toMatchObject({ amount: '50000' })
    expect(await transfers()).toMatchObject([{ amount: '40000' }])
    expect(await verifyBooks(world.gateway.database.pool)).toEqual([])
  })

  test('a refused transfer voids the card, which is never charged, and another means pays the same order', async () => {
    await spoil('transfer', { kind: 'refuse', code: 'INSUFFICIENT' })
    const tried = await world.settled(await world.pay(await world.opened(merchant), mixed()))
    expect(tried).toMatchObject({ state: 'created', reason: 'account-balance' })
    expect(tried.legs.map(({ state }) => state)).toEqual(['voided', 'voided'])
    expect(await issuer()).toMatchObject({ held: '0', completions: { amount: '0' }, refunds: { amount: '0' } })
    expect(await balances(world, merchant.id)).toEqual({})
    expect(await world.pay(tried, [cardMeans('hanbit')])).toMatchObject({ state: 'paid', attempt: 2 })
  })

  test('while the bank is silent the card is held and not taken', async () => {
    await spoil('transfer', { kind: 'stall' })
    const payment = await world.pay(await world.opened(merchant), mixed())
    expect(payment).toMatchObject({ state: 'capturing' })
    expect(await issuer()).toMatchObject({ held: '50000', completions: { amount: '0' } })
    expect(await world.settled(payment)).toMatchObject({ state: 'paid' })
    expect(await issuer()).toMatchObject({ held: '0', completions: { amount: '50000' } })
  })

  test('of two accounts the one that paid is paid back when the other does not', async () => {
    await world.outside.changeAccount('gaon', { number: demoAccount('everyday').number, standing: 'active' })
    await world.outside.bankSwitch('marubank', { on: 'transfer', do: { kind: 'refuse', code: 'LIMIT' }, times: 1 })
    const means = [bankMeans('everyday', 30_000n), bankMeans('roomy', 60_000n, 'marubank')]
    const payment = await world.settled(await world.pay(await world.opened(merchant), means))
    expect(payment).toMatchObject({ state: 'declined', reason: 'account-limit', capturedAmount: 0n })
    expect(await transfers()).toMatchObject([{ amount: '30000', reversals: [{ amount: '30000', state: 'booked' }] }])
    expect(await verifyBooks(world.gateway.database.pool)).toEqual([])
  })

  test('a payment that waited for its shop ends declined when the account no longer pays', async () => {
    const waiting = await world.pay(await world.opened(merchant, { captureMode: 'manual' }), mixed())
    expect(waiting).toMatchObject({ state: 'authorized' })
    await world.outside.changeAccount('gaon', { number: demoAccount('roomy').number, standing: 'suspended' })
    await world.gateway.payments.capture(merchant.id, waiting.id)
    expect(await world.settled(waiting)).toMatchObject({ state: 'declined', reason: 'account-suspended' })
    expect(await issuer()).toMatchObject({ held: '0', completions: { amount: '0' } })
  })
})

describe('giving it back', () => {
  test('is a reverse transfer, whole or in parts, never beyond what was paid (M-213, P2.5, M-148)', async () => {
    const paid = await world.pay(await world.opened(merchant), [bankMeans()])
    expect(await refund(paid, 20_000n)).toMatchObject({ kind: 'opened', refund: { state: 'refunded' } })
    expect(await refund(paid, 70_001n)).toEqual({ kind: 'refused', reason: 'exceeds' })
    expect(await refund(paid)).toMatchObject({ kind: 'opened', refund: { state: 'refunded', amount: 70_000n } })
    expect((await transfers())[0]!.reversals.map(({ amount }) => amount)).toEqual(['20000', '70000'])
    expect(await balances(world, merchant.id)).toEqual({})
    expect(await verifyBooks(world.gateway.database.pool)).toEqual([])
  })

  test.each<BankSwitch['do']>([{ kind: 'drop-after' }, { kind: 'drop-before' }])(
    'is asked for until the bank has answered, and made once ($kind)',
    async (what) => {
      const paid = await world.pay(await world.opened(merchant), [bankMeans()])
      await spoil('reverse', what)
      expect(await refund(paid, 30_000n)).toMatchObject({ refund: { state: 'refunding' } })
      expect(await world.settled(paid)).toMatchObject({ refundedAmount: 30_000n })
      expect((await transfers())[0]!.reversals).toMatchObject([{ amount: '30000', state: 'booked' }])
    },
  )

  test('that the bank refuses changes nothing in the books', async () => {
    const paid = await world.pay(await world.opened(merchant), [bankMeans()])
    await spoil('reverse', { kind: 'refuse', code: 'SUSPENDED' })
    expect(await refund(paid)).toMatchObject({ refund: { state: 'refused' } })
    expect(await balances(world, merchant.id)).toEqual({
      'receivable:bank:gaon': '90000',
      'payable:merchant': '-90000',
    })
  })

  test('a cancellation does it too, and a second one does nothing more', async () => {
    const paid = await world.pay(await world.opened(merchant), [bankMeans()])
    const cancel = () =>
      world.gateway.cancellations.cancel({ merchantId: merchant.id, paymentId: paid.id, reason: '취소', requestedBy })
    expect(await cancel()).toMatchObject({ kind: 'refunded' })
    expect(await cancel()).toMatchObject({ kind: 'refused' })
    expect((await transfers())[0]!.reversals).toHaveLength(1)
  })
})
