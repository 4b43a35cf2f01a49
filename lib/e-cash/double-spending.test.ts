import fc from 'fast-check'
import { beforeAll, beforeEach, expect, test } from 'vitest'
import { aMerchant, aShopper, startGateway, type TestGateway } from '../../test/gateway'
import { uuidAt } from '../ids'
import { eCashChecks } from '../ledger/verify-e-cash'
import type { Merchant } from '../merchants/merchant'
import type { LegToSettle } from '../modules/payment-module'
import { krw } from '../money/money'
import { aWalletWith } from './e-cash.fixtures'
import type { Wallet } from './wallet'

const LOADED = 70_000n

let world: TestGateway
let shop: Merchant
let wallet: Wallet

beforeAll(async () => {
  world = await startGateway()
  shop = await aMerchant(world.gateway, { modules: ['e-cash'] })
})

beforeEach(async () => {
  wallet = await aLoadedWallet()
})

async function aLoadedWallet(): Promise<Wallet> {
  return aWalletWith(world.gateway, (await aShopper(world.gateway)).id, LOADED)
}

async function aLeg(amount: bigint, of: Wallet = wallet): Promise<LegToSettle> {
  return {
    ...{ merchantId: shop.id, paymentId: uuidAt(new Date()), attempt: 1, leg: 1, of: 1, amount: krw(amount) },
    means: { shopperId: of.shopperId, walletId: of.id },
    payee: { merchantId: shop.id, name: shop.nameEn, localName: shop.name, categoryCode: shop.categoryCode },
    ...{ orderName: '웹툰 이용권', locale: 'ko', repeat: false },
    authorizeReference: await world.gateway.references.draw(),
  }
}

/** What the questions of verify about wallets and their books find. */
async function faults(): Promise<string[]> {
  const asked = eCashChecks.filter(({ sentence }) => sentence.includes('wallet'))
  expect(asked.length).toBeGreaterThan(1)
  const answers = await Promise.all(asked.map(({ sql }) => world.gateway.database.pool.query<{ example: string }>(sql)))
  return answers.flatMap(({ rows }) => rows.map(({ example }) => example))
}

const standing = async (of: Wallet = wallet) => world.gateway.eCash.walletIn(of.shopperId, 'KRW')

test('fifty purchases at once over two processes spend a wallet to its last won and not beyond (P2.5)', async () => {
  const other = await world.another()
  const legs = await Promise.all(Array.from({ length: 50 }, () => aLeg(7_000n)))
  const spent = await Promise.all(
    legs.map(async (leg, index) => {
      const { eCash } = index % 2 ? other : world.gateway
      const held = await eCash.hold(leg)
      return held.kind === 'held' ? (await eCash.settle(leg)).kind : held.reason
    }),
  )
  expect(spent.filter((outcome) => outcome === 'done')).toHaveLength(10)
  expect(spent.filter((outcome) => outcome === 'insufficient-funds')).toHaveLength(40)
  expect(await standing()).toMatchObject({ balance: 0n, held: 0n })
  expect(await faults()).toEqual([])
})

test('one purchase that is asked for by two processes again and again takes its amount once (P2.4)', async () => {
  const other = await world.another()
  const leg = await aLeg(7_000n)
  const everybody = Array.from({ length: 20 }, (_, index) => (index % 2 ? other : world.gateway).eCash)
  await Promise.all(everybody.map((eCash) => eCash.hold(leg)))
  expect(await standing()).toMatchObject({ balance: LOADED, held: 7_000n })
  await Promise.all(everybody.map((eCash) => eCash.settle(leg)))
  expect(await standing()).toMatchObject({ balance: LOADED - 7_000n, held: 0n })
  const back = { reference: await world.gateway.references.draw(), amount: krw(3_000) }
  await Promise.all(everybody.map((eCash) => eCash.giveBack(leg, back)))
  expect(await standing()).toMatchObject({ balance: LOADED - 4_000n, held: 0n })
  expect(await faults()).toEqual([])
})

test('the database itself refuses a wallet that would hold less than nothing, or less than is set aside', async () => {
  const { pool } = world.gateway.database
  await expect(pool.query('update e_cash_wallet set balance = -1 where id = $1', [wallet.id])).rejects.toThrow()
  await expect(pool.query('update e_cash_wallet set held = 70001 where id = $1', [wallet.id])).rejects.toThrow()
  await expect(pool.query('delete from e_cash_move')).rejects.toThrow()
})

type State = 'none' | 'held' | 'spent' | 'released'

/** A purchase as a model has it: what it may still do follows from what was done. */
interface Purchase {
  readonly amount: bigint
  state: State
  returned: bigint
}

const PURCHASES = 4
const deed = fc.record({
  verb: fc.constantFrom('hold', 'settle', 'release', 'giveBack'),
  purchase: fc.nat(PURCHASES - 1),
  part: fc.bigInt(1n, 40_000n),
})

test('whatever is held, settled, released and given back in whatever order, a wallet is what a small model says', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.bigInt(1n, 60_000n), { minLength: PURCHASES, maxLength: PURCHASES }),
      fc.array(deed, { maxLength: 25 }),
      async (amounts, deeds) => {
        const { eCash, references } = world.gateway
        const own = await aLoadedWallet()
        const legs = await Promise.all(amounts.map((amount) => aLeg(amount, own)))
        const model = amounts.map((amount): Purchase => ({ amount, state: 'none', returned: 0n }))
        let balance = LOADED
        let held = 0n
        for (const { verb, purchase, part } of deeds) {
          const leg = legs[purchase]!
          const now = model[purchase]!
          if (verb === 'hold') {
            const fits = now.state === 'none' && now.amount <= balance - held
            const answer = await eCash.hold(leg)
            expect(answer.kind).toBe(fits || now.state === 'held' || now.state === 'spent' ? 'held' : 'refused')
            if (fits) [now.state, held] = ['held', held + now.amount]
          } else if (verb === 'settle') {
            const answer = await eCash.settle(leg)
            expect(answer.kind).toBe(now.state === 'held' || now.state === 'spent' ? 'done' : 'refused')
            if (now.state === 'held') {
              ;[now.state, held, balance] = ['spent', held - now.amount, balance - now.amount]
            }
          } else if (verb === 'release') {
            const answer = await eCash.release(leg)
            expect(answer.kind).toBe(now.state === 'spent' ? 'refused' : 'done')
            if (now.state === 'held') held -= now.amount
            if (now.state !== 'spent') now.state = 'released'
          } else {
            const fits = now.state === 'spent' && now.returned + part <= now.amount
            const answer = await eCash.giveBack(leg, { reference: await references.draw(), amount: krw(part) })
            expect(answer.kind).toBe(fits ? 'done' : 'refused')
            if (fits) [now.returned, balance] = [now.returned + part, balance + part]
          }
          expect(await standing(own)).toMatchObject({ balance, held })
        }
      },
    ),
    { numRuns: 20 },
  )
  expect(await faults()).toEqual([])
})
