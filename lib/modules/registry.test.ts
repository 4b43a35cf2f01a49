import { beforeAll, describe, expect, test } from 'vitest'
import { demoAccount } from '../../simulators/bank/demo-accounts'
import { demoCard } from '../../simulators/issuers/demo-cards'
import { demoLine } from '../../simulators/telco/demo-lines'
import { aMerchant, aShopper, startGateway, type TestGateway } from '../../test/gateway'
import { anAccount } from '../accounts/accounts.fixtures'
import { createDebitLegs } from '../direct-debit/debit-legs'
import { createCashOnDelivery } from '../couriers/cash-on-delivery'
import { createGiro } from '../giro/giro'
import { aWalletWith, WALLET_PIN } from '../e-cash/e-cash.fixtures'
import { type Uuid, uuidAt } from '../ids'
import { krw, sum } from '../money/money'
import { keepsThePaymentModuleContract, type ModuleUnderTest, type OutsideView } from './payment-module.contract'
import { installModules, type ModuleParts } from './registry'

const ISSUERS = ['hanbit', 'saero'] as const

let world: TestGateway

beforeAll(async () => {
  world = await startGateway()
})

type AMeans = ModuleUnderTest['aMeans']
type OutsideUnderTest = Omit<ModuleUnderTest, 'module' | 'aMeans' | 'draw'>

async function aSavedCard(issuer: (typeof ISSUERS)[number], shopperId: Uuid): Promise<Uuid> {
  const { number, expiry } = demoCard(issuer, 'roomy')
  const added = await world.gateway.cards.add(shopperId, { number, expiry, holderName: 'HAN', nickname: issuer })
  if (added.kind !== 'added') throw new Error(added.reason)
  return added.card.id
}

/** How each module of the registry is paid with; one without a row here fails the test below. */
const MEANS: Readonly<Record<string, AMeans>> = {
  async card() {
    const shopperId = uuidAt(new Date())
    return { shopperId, input: { cardId: await aSavedCard('hanbit', shopperId) } }
  },
  async vcard(_payment, amount) {
    const shopperId = uuidAt(new Date())
    const shop = await aMerchant(world.gateway)
    const share = amount / BigInt(ISSUERS.length)
    const shares = []
    for (const issuer of ISSUERS) shares.push({ cardId: await aSavedCard(issuer, shopperId), amount: share })
    const made = await world.gateway.vcards.create(shopperId, {
      ...{ merchantId: shop.id, amount: krw(amount), shares, mayRetry: false },
    })
    if (made.kind !== 'created') throw new Error(made.reason)
    return { shopperId, input: { vcardId: made.vcard.id } }
  },
  async 'phone-bill'() {
    const lineId = await world.gateway.phoneBill.lineOf({ kind: 'line', number: demoLine('roomy').number })
    if (!lineId) throw new Error('the demo line cannot be billed')
    return { input: world.gateway.phoneBill.proven(lineId) }
  },
  async 'micro-account'(_payment, amount) {
    const { number } = await anAccount(world.gateway, { balance: amount, pin: '2580' })
    return { input: { number, pin: '2580' } }
  },
  async 'e-cash'(_payment, amount) {
    const { id: shopperId } = await aShopper(world.gateway)
    await aWalletWith(world.gateway, shopperId, amount)
    return { shopperId, input: { pin: WALLET_PIN } }
  },
  'bank-transfer'() {
    const { bank, number: account, holder: name, password } = demoAccount('roomy')
    return Promise.resolve({ shopperId: uuidAt(new Date()), input: { bank, account, name, password } })
  },
  'cash-on-delivery': () =>
    Promise.resolve({ input: { name: '한지우', phone: '010-1234-5678', address: '서울시 중구 세종대로 1' } }),
  'direct-debit'() {
    const { bank, number: account, holder } = demoAccount('roomy')
    const input = { bank, account, holder, kind: 'one-off', agreed: true }
    return Promise.resolve({ shopperId: uuidAt(new Date()), input })
  },
  giro: () => Promise.resolve({ input: { name: '한지우', email: 'jiwoo@example.com' } }),
}

/** The rooms that the modules stand on. */
function parts(): ModuleParts {
  const {
    issuers,
    cards: vault,
    vcards: agent,
    telcos,
    billing,
    eCash,
    banks,
    bankAccounts,
    database,
    clock,
  } = world.gateway
  return {
    issuers,
    vault,
    agent,
    phoneBill: { telcos, ...billing },
    microAccount: { accounts: world.gateway.accounts, notices: world.gateway.accountNotices },
    eCash,
    banks,
    bankAccounts,
    cash: createCashOnDelivery({ database, clock }),
    directDebit: { clock, debits: createDebitLegs({ database, clock, mandates: world.gateway.mandates }) },
    giro: createGiro({ database, clock, banks: world.gateway.settings.BANK_FILES }),
  }
}

/** What is set aside, taken and given back by issuers, and how they misbehave. */
function carriedByIssuers(): OutsideUnderTest {
  const { outside } = world
  return {
    books: 'outside',
    declined: 'declined',
    async outside() {
      const totals = await Promise.all(ISSUERS.map(async (issuer) => (await outside.book(issuer)).totals))
      return {
        held: sum(totals.map(({ held }) => BigInt(held))),
        charged: sum(totals.map(({ completions }) => BigInt(completions.amount))),
        givenBack: sum(totals.map(({ refunds }) => BigInt(refunds.amount))),
      }
    },
    async misbehave(on, how) {
      const deed = how === 'declines' ? ({ kind: 'decline', code: '05' } as const) : ({ kind: 'drop-after' } as const)
      for (const issuer of ISSUERS) {
        await outside.clearSwitches(issuer)
        await outside.switch(issuer, { on, do: deed, times: 1 })
      }
    },
    async lapse() {
      for (const issuer of ISSUERS) await outside.lapse(issuer)
    },
    reset: () => outside.reset(),
  }
}

/** A telco says yes or no; what is set aside and taken is in the phone charges. */
function carriedByPhoneBill(): OutsideUnderTest {
  const { outside, gateway } = world
  const { pool } = gateway.database
  return {
    books: 'ours',
    declined: 'line-suspended',
    async outside() {
      const { rows } = await pool.query<OutsideView>(
        `select coalesce(sum(amount) filter (where state = 'held'), 0)::bigint as held,
           coalesce(sum(amount) filter (where state not in ('held', 'released')), 0)::bigint as charged,
           coalesce(sum(reduced_amount + credited_amount), 0)::bigint as "givenBack" from phone_charge`,
      )
      return rows[0]!
    },
    async misbehave(_on, how) {
      const deed =
        how === 'declines' ? ({ kind: 'decline', code: 'SUSPENDED' } as const) : ({ kind: 'drop-before' } as const)
      await outside.clearTelcoSwitches('baram')
      await outside.telcoSwitch('baram', { on: 'authenticate', do: deed, times: 1 })
    },
    async lapse() {
      await pool.query("update phone_charge set state = 'released' where state = 'held'")
    },
    async reset() {
      await outside.reset()
      await pool.query("update phone_charge set state = 'released', reduced_amount = 0, credited_amount = 0")
    },
  }
}

/** Accounts are in our own books, whose movements stay for ever: what was there before the test is taken off. */
function carriedByAccounts(): OutsideUnderTest {
  const { pool } = world.gateway.database
  async function sums(): Promise<OutsideView> {
    const { rows } = await pool.query<OutsideView>(
      `select (select coalesce(sum(held), 0) from account_reservation)::bigint as held,
         coalesce(sum(amount) filter (where kind = 'charge'), 0)::bigint as charged,
         coalesce(sum(amount) filter (where kind = 'refund'), 0)::bigint as "givenBack" from account_movement`,
    )
    return rows[0]!
  }
  async function giveUpHolds(): Promise<void> {
    await pool.query("update account_reservation set state = 'released', held = 0 where state = 'open'")
    await pool.query('update account set held = 0')
  }
  return {
    books: 'ours',
    asksNobody: true,
    declined: 'micro-account-suspended',
    async outside() {
      const now = await sums()
      return {
        held: now.held - before.held,
        charged: now.charged - before.charged,
        givenBack: now.givenBack - before.givenBack,
      }
    },
    async misbehave() {
      await pool.query('update account set suspended_at = now()')
    },
    lapse: giveUpHolds,
    async reset() {
      await giveUpHolds()
      before = await sums()
    },
  }
}

let before: OutsideView = { held: 0n, charged: 0n, givenBack: 0n }

/** Both wallets are in our own books; a wallet that is locked declines. */
function carriedByECash(): OutsideUnderTest {
  const { pool } = world.gateway.database
  return {
    books: 'ours',
    asksNobody: true,
    declined: 'pin-locked',
    async outside() {
      const { rows } = await pool.query<OutsideView>(
        `select coalesce(sum(amount) filter (where state = 'held'), 0)::bigint as held,
           coalesce(sum(amount) filter (where state = 'spent'), 0)::bigint as charged,
           coalesce(sum(returned_amount), 0)::bigint as "givenBack" from e_cash_spend`,
      )
      return rows[0]!
    },
    async misbehave() {
      await pool.query('update e_cash_wallet set locked_at = now()')
    },
    async lapse() {
      await pool.query("update e_cash_spend set state = 'released' where state = 'held'")
      await pool.query('update e_cash_wallet set held = 0')
    },
    async reset() {
      await pool.query("update e_cash_spend set state = 'released', returned_amount = 0")
      await pool.query('update e_cash_wallet set held = 0, locked_at = null')
    },
  }
}

const AT_BANKS = { authorization: 'verify', completion: 'transfer', reversal: 'reverse', refund: 'reverse' } as const

/** Accounts are asked about, and transferred from at capture only. */
function carriedByBanks(): OutsideUnderTest {
  const { outside } = world
  return {
    books: 'outside',
    declined: 'account-locked',
    async outside() {
      const { transfers } = await outside.bankBook('gaon')
      const total = (booked: readonly { readonly state: string; readonly amount: string }[]) =>
        sum(booked.filter(({ state }) => state === 'booked').map(({ amount }) => BigInt(amount)))
      return { held: 0n, charged: total(transfers), givenBack: total(transfers.flatMap((each) => each.reversals)) }
    },
    async misbehave(on, how) {
      const deed =
        how === 'declines' ? ({ kind: 'refuse', code: 'LOCKED' } as const) : ({ kind: 'drop-after' } as const)
      await outside.clearBankSwitches('gaon')
      await outside.bankSwitch('gaon', { on: AT_BANKS[on], do: deed, times: 1 })
    },
    lapse: () => outside.changeAccount('gaon', { number: demoAccount('roomy').number, standing: 'suspended' }),
    reset: () => outside.reset(),
  }
}

/** Couriers are paid at the door; what they are to take is in our own books. */
function carriedByCouriers(): OutsideUnderTest {
  const { pool } = world.gateway.database
  return {
    books: 'ours',
    asksNobody: true,
    async outside() {
      const { rows } = await pool.query<OutsideView>(
        `select coalesce(sum(amount) filter (where state in ('asked', 'open')), 0)::bigint as held,
           coalesce(sum(amount) filter (where state = 'collected'), 0)::bigint as charged, 0::bigint as "givenBack"
         from cash_delivery`,
      )
      return rows[0]!
    },
    async pays() {
      const { rows } = await pool.query<{ merchant_id: Uuid; id: Uuid }>(
        `select merchant_id, id from cash_delivery where state = 'open'`,
      )
      for (const { merchant_id, id } of rows) await world.gateway.couriers.collect(merchant_id, id, COURIER)
    },
    misbehave: () => Promise.resolve(),
    async lapse() {
      await pool.query('update cash_delivery set due_at = created_at')
    },
    async reset() {
      await pool.query("update cash_delivery set state = 'withdrawn', receipt_number = null, courier_id = null")
    },
  }
}

/** Bills that people pay at the bank of the outside world. */
function carriedByGiro(): OutsideUnderTest {
  const { pool } = world.gateway.database
  return {
    books: 'ours',
    asksNobody: true,
    async outside() {
      const { rows } = await pool.query<OutsideView>(
        `select coalesce(sum(amount) filter (where state in ('asked', 'open')), 0)::bigint as held,
           coalesce(sum(amount) filter (where state = 'paid'), 0)::bigint as charged,
           (select coalesce(sum(r.amount), 0)::bigint from giro_refund r join giro_bill o on o.id = r.bill_id
             where o.state = 'paid') as "givenBack"
         from giro_bill`,
      )
      return rows[0]!
    },
    async pays() {
      const { rows } = await pool.query<{ reference: string; owed: bigint }>(
        `select reference, amount - received as owed from giro_bill where state = 'open'`,
      )
      await world.outside.payIn(
        'gaon',
        rows.map(({ reference, owed }) => ({ reference, amount: String(owed) })),
      )
      await world.gateway.giro.readCredits()
    },
    misbehave: () => Promise.resolve(),
    async lapse() {
      await pool.query('update giro_bill set lapses_at = created_at')
    },
    async reset() {
      await pool.query("update giro_bill set state = 'withdrawn', received = 0")
    },
  }
}

/** Nobody is asked before the bank says what it has collected; what became of each debit is in our own books. */
function carriedByDebits(): OutsideUnderTest {
  const { pool } = world.gateway.database
  return {
    books: 'ours',
    asksNobody: true,
    async outside() {
      const { rows } = await pool.query<OutsideView>(
        `select coalesce(sum(amount) filter (where state in ('asked', 'open')), 0)::bigint as held,
           coalesce(sum(amount) filter (where state in ('collected', 'settled')), 0)::bigint as charged,
           (select coalesce(sum(amount), 0) from debit_refund where state = 'open')::bigint as "givenBack" from debit`,
      )
      return rows[0]!
    },
    async pays() {
      await pool.query(
        `update debit set state = 'collected', batch_id = gen_random_uuid(), line = 1, tries = 1 where state = 'open'`,
      )
    },
    misbehave: () => Promise.resolve(),
    async lapse() {
      await pool.query("update debit set state = 'refused' where state in ('asked', 'open')")
    },
    async reset() {
      await pool.query("update debit set state = 'withdrawn'")
      await pool.query("update debit_refund set state = 'paid', paid_as = 'reset' where state = 'open'")
    },
  }
}

const COURIER = { id: uuidAt(new Date()), name: '서가람' }

/** Modules whose amounts are not set aside by card issuers. */
const CARRIERS: Readonly<Record<string, () => OutsideUnderTest>> = {
  'phone-bill': carriedByPhoneBill,
  'micro-account': carriedByAccounts,
  'e-cash': carriedByECash,
  'bank-transfer': carriedByBanks,
  'cash-on-delivery': carriedByCouriers,
  'direct-debit': carriedByDebits,
  giro: carriedByGiro,
}

function underTest(code: string): ModuleUnderTest {
  const found = installModules(parts()).get(code)
  const aMeans = MEANS[code]
  if (!found || !aMeans) throw new Error(`no such module: ${code}`)
  const outside = CARRIERS[code]?.() ?? carriedByIssuers()
  return { module: found, aMeans, draw: () => world.gateway.references.draw(), ...outside }
}

test('every module of the registry is under its own code, and under the contract', () => {
  const modules = installModules(parts())
  expect([...modules.keys()]).toEqual(Object.keys(MEANS))
  for (const [code, each] of modules) expect(each.code).toBe(code)
})

describe.each(Object.keys(MEANS))('the module %s', (code) => {
  keepsThePaymentModuleContract(() => underTest(code))
})
