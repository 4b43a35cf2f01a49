import { beforeAll, beforeEach, expect, test } from 'vitest'
import { demoAccount } from '../../simulators/bank/demo-accounts'
import { aMerchant, aShopper, startGateway, type TestGateway } from '../../test/gateway'
import { expectNowhere } from '../../test/nowhere'
import { systemClock } from '../clock'
import { createVault } from '../cards/vault'
import { type Uuid, uuidAt } from '../ids'
import { anOrder, openedPayment } from '../payments/payments.fixtures'
import { type BankAccount, createBankAccounts, MOST_BANK_ACCOUNTS } from './bank-accounts'

let world: TestGateway
let shopperId: Uuid

beforeAll(async () => {
  world = await startGateway()
})
beforeEach(async () => {
  shopperId = (await aShopper(world.gateway)).id
})

const rooms = () => world.gateway.bankAccounts
const { number, holder, password } = demoAccount('roomy')
const account: BankAccount = { bank: 'gaon', account: number, name: holder }

async function kept(changes: Partial<BankAccount> = {}): Promise<Uuid> {
  const answer = await rooms().keep(shopperId, { ...account, ...changes })
  if (answer.kind !== 'kept') throw new Error(`not kept: ${answer.kind}`)
  return answer.id
}

async function pays(savedAccountId: Uuid, typed = password, payer = shopperId) {
  const { payments } = world.gateway
  const merchant = await aMerchant(world.gateway, { modules: ['bank-transfer'] })
  const opened = openedPayment(await payments.open(anOrder(merchant, { channel: 'hosted' })))
  const means = [{ module: 'bank-transfer', input: { savedAccountId, password: typed } }]
  return payments.pay(merchant.id, opened.id, { means, shopperId: payer })
}

test('a kept account is shown by its bank, its last digits and its holder; kept again it is there once (M-192)', async () => {
  const id = await kept({ name: '옛 이름' })
  expect(await kept()).toBe(id)
  expect(await rooms().list(shopperId)).toEqual([
    { id, bank: 'gaon', lastFour: number.slice(-4), holder, consentAt: expect.any(Date) as Date },
  ])
})

test('its number is sealed, and a password is nowhere to be kept (P8.1)', async () => {
  await kept()
  const { rows } = await world.gateway.database.pool.query<{ kept: string }>(
    'select row_to_json(s)::text as kept from saved_bank_account s where shopper_id = $1',
    [shopperId],
  )
  expect(rows).toHaveLength(1)
  expectNowhere(rows, number, 'password')
})

test('it pays with the password that is typed, and with no other (M-192, M-195)', async () => {
  const id = await kept()
  expect(await pays(id)).toMatchObject({ kind: 'settled', payment: { legs: [{ state: 'captured' }] } })
  expect(await pays(id, '0000')).toMatchObject({ kind: 'declined', reason: 'wrong-account' })
})

test('nobody else pays with it, sees it or removes it', async () => {
  const id = await kept()
  const { id: stranger } = await aShopper(world.gateway)
  expect(await pays(id, password, stranger)).toMatchObject({ kind: 'refused', reason: 'wrong-means' })
  expect(await rooms().list(stranger)).toEqual([])
  expect(await rooms().open(stranger, id)).toBeUndefined()
  expect(await rooms().remove(stranger, id)).toBe(false)
  expect(await rooms().list(shopperId)).toHaveLength(1)
})

test('removed, it is gone from the database, and pays no more', async () => {
  const id = await kept()
  expect(await rooms().remove(shopperId, id)).toBe(true)
  expect(await rooms().remove(shopperId, id)).toBe(false)
  const { rowCount } = await world.gateway.database.pool.query(
    'select 1 from saved_bank_account where shopper_id = $1',
    [shopperId],
  )
  expect(rowCount).toBe(0)
  expect(await pays(id)).toMatchObject({ kind: 'refused', reason: 'wrong-means' })
})

test('a shopper keeps a bounded number of them, however many at once', async () => {
  const numbers = Array.from(
    { length: MOST_BANK_ACCOUNTS + 3 },
    (_, at) => `900300000000${String(at).padStart(2, '0')}`,
  )
  const answers = await Promise.all(numbers.map((each) => rooms().keep(shopperId, { ...account, account: each })))
  expect(answers.filter(({ kind }) => kind === 'too-many')).toHaveLength(3)
  expect(await rooms().list(shopperId)).toHaveLength(MOST_BANK_ACCOUNTS)
})

test('a sealed account opens for its owner only, and is sealed again with a new key', async () => {
  const { database, settings } = world.gateway
  const id = await kept()
  const other = uuidAt(new Date())
  await database.pool.query('update saved_bank_account set shopper_id = $2 where shopper_id = $1', [shopperId, other])
  await expect(rooms().open(other, id)).rejects.toThrow('does not belong')
  await database.pool.query('update saved_bank_account set shopper_id = $1 where shopper_id = $2', [shopperId, other])

  const newer = { id: 'newer', key: Buffer.alloc(32, 7) }
  const vault = createVault({ sealing: [newer, ...settings.CARD_KEYS], fingerprint: settings.FINGERPRINT_KEY })
  const rotated = createBankAccounts({ database, clock: systemClock, vault })
  while ((await rotated.rotateKeys(10)) > 0);
  expect(await rotated.open(shopperId, id)).toEqual(account)
  await expect(rooms().open(shopperId, id)).rejects.toThrow('newer')
  await rotated.remove(shopperId, id)
})
