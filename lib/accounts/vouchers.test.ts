import { beforeAll, describe, expect, test } from 'vitest'
import { startGateway, type TestGateway } from '../../test/gateway'
import { later } from '../clock'
import { krw } from '../money/money'
import { noonClock } from '../payments/payments.fixtures'
import type { AccountActor } from './account'
import { anAccount, someVouchers } from './accounts.fixtures'

const clock = noonClock()
let world: TestGateway
const operator: AccountActor = { kind: 'operator', id: 'op', name: '운영자' }

beforeAll(async () => {
  world = await startGateway({ clock })
})

const accounts = () => world.gateway.accounts

describe('a voucher', () => {
  const ofFive = (expiresAt = later(clock.now(), 60_000)) => ({ value: krw(5_000), count: 1, expiresAt })
  const vouchers = (expiresAt?: Date) => someVouchers(world.gateway, ofFive(expiresAt))
  const second: AccountActor = { ...operator, id: 'op-2' }

  test('fills one account once', async () => {
    const account = await anAccount(world.gateway, { balance: 0n })
    const { codes } = await vouchers()
    const redeem = () =>
      accounts().redeemVoucher({ accountId: account.id, code: codes[0]!.toLowerCase(), triedBy: 'me' })
    const both = await Promise.all([redeem(), redeem()])
    expect(both.map((each) => (each.kind === 'redeemed' ? each.movement.balance : each.reason)).sort()).toEqual([
      5_000n,
      'voucher-used',
    ])
    expect((await accounts().find(account.id))!.balance).toBe(5_000n)
  })

  test('that is over, or was withdrawn, is worth nothing', async () => {
    const account = await anAccount(world.gateway, { balance: 0n })
    const over = await vouchers(later(clock.now(), 1_000))
    const withdrawn = await vouchers()
    await accounts().withdrawVouchers(withdrawn.batchId)
    clock.forward(1_000)
    for (const { codes } of [over, withdrawn]) {
      expect(await accounts().redeemVoucher({ accountId: account.id, code: codes[0]!, triedBy: 'me' })).toMatchObject({
        reason: 'voucher-expired',
      })
    }
  })

  test('is there only when a second operator has agreed, once, and never by the first one’s word (P6.3)', async () => {
    const { id } = await accounts().proposeVouchers({ ...ofFive(), count: 3, by: operator })
    const codesOf = async () =>
      (await world.gateway.database.pool.query('select from voucher where batch_id = $1', [id])).rowCount
    const stateOf = async () => (await accounts().voucherBatches({ limit: 50 })).find((each) => each.id === id)?.state
    for (const agreed of [true, false]) {
      expect(await accounts().decideVouchers(id, { agreed, by: operator })).toEqual({ kind: 'gone' })
    }
    expect([await stateOf(), await codesOf()]).toEqual(['proposed', 0])
    const third: AccountActor = { ...operator, id: 'op-3' }
    const decided = await Promise.all(
      [second, third, second, third].map((by) => accounts().decideVouchers(id, { agreed: true, by })),
    )
    expect(decided.map(({ kind }) => kind).sort()).toEqual(['gone', 'gone', 'gone', 'made'])
    expect([await stateOf(), await codesOf()]).toEqual(['made', 3])
    const { codes } = decided.find(({ kind }) => kind === 'made') as { codes: readonly string[] }
    const account = await anAccount(world.gateway, { balance: 0n })
    for (const code of codes) {
      expect(await accounts().redeemVoucher({ accountId: account.id, code, triedBy: 'me' })).toMatchObject({
        kind: 'redeemed',
      })
    }
  })

  test('that was refused, taken back or is over is never made', async () => {
    const [refused, takenBack, over] = await Promise.all(
      [ofFive(), ofFive(), ofFive(later(clock.now(), 500))].map((wanted) =>
        accounts().proposeVouchers({ ...wanted, by: operator }),
      ),
    )
    expect(await accounts().decideVouchers(refused!.id, { agreed: false, by: second })).toEqual({ kind: 'refused' })
    expect(await accounts().withdrawVouchers(takenBack!.id)).toBe(true)
    clock.forward(500)
    for (const { id } of [refused!, takenBack!, over!]) {
      expect(await accounts().decideVouchers(id, { agreed: true, by: second })).toEqual({ kind: 'gone' })
    }
  })

  test('is guessed at ten times an hour at most', async () => {
    const account = await anAccount(world.gateway, { balance: 0n })
    const { codes } = await vouchers()
    const guess = (code: string) => accounts().redeemVoucher({ accountId: account.id, code, triedBy: account.id })
    const guesses = await Promise.all(Array.from({ length: 12 }, () => guess('0000-0000-0000-0000')))
    const reasons = guesses.map((each) => (each.kind === 'refused' ? each.reason : each.kind))
    expect(reasons.filter((reason) => reason === 'unknown-voucher')).toHaveLength(10)
    expect(await guess(codes[0]!)).toMatchObject({ reason: 'too-many-tries' })
  })
})
