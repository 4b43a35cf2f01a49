import { randomBytes } from 'node:crypto'
import { beforeAll, beforeEach, expect, test } from 'vitest'
import { createVault } from '../cards/vault'
import { aMerchant, aShopper, startGateway, type TestGateway } from '../../test/gateway'
import type { Payment } from '../payments/payment'
import { anOrder, cardMeans, openedPayment } from '../payments/payments.fixtures'
import { type Address, addressInput, addressLines } from './address'
import { createAddresses } from './addresses'
import { rotateAddresses } from './rotate-addresses'

let world: TestGateway
let shopperId: string

beforeAll(async () => {
  world = await startGateway()
})
beforeEach(async () => {
  shopperId = (await aShopper(world.gateway)).id
})

const seoul: Address = {
  form: 'kr',
  recipient: '홍길동',
  phone: '+821012345678',
  postalCode: '04524',
  line1: '서울특별시 중구 세종대로 110',
  line2: '3층',
}
const berlin: Address = {
  form: 'international',
  recipient: 'Anna Muster',
  phone: '+4930123456',
  country: 'DE',
  postalCode: '10117',
  line1: 'Unter den Linden 1',
  city: 'Berlin',
}

async function anOpenPayment(address?: 'required' | 'optional'): Promise<Payment> {
  const merchant = await aMerchant(world.gateway)
  const order = anOrder(merchant, { channel: 'hosted', ...(address && { address }) })
  return openedPayment(await world.gateway.payments.open(order))
}

test('a shopper keeps Korean and other addresses; the first is the default, and there is always one', async () => {
  const { addresses } = world.gateway
  const first = await addresses.add(shopperId, seoul)
  const second = await addresses.add(shopperId, berlin)
  if (first.kind !== 'added' || second.kind !== 'added') throw new Error('not added')
  const shown = async () => (await addresses.list(shopperId)).map((one) => [one.address.recipient, one.isDefault])
  expect(await shown()).toEqual([
    ['홍길동', true],
    ['Anna Muster', false],
  ])
  expect(await addresses.makeDefault(shopperId, second.id)).toBe(true)
  expect(await shown()).toEqual([
    ['Anna Muster', true],
    ['홍길동', false],
  ])
  expect(await addresses.remove(shopperId, second.id)).toBe(true)
  expect(await shown()).toEqual([['홍길동', true]])
  expect(await addresses.change(shopperId, first.id, { ...seoul, recipient: '김철수' })).toBe(true)
  expect(await shown()).toEqual([['김철수', true]])
})

test('another’s address is a missing one (P6.2)', async () => {
  const { addresses } = world.gateway
  const added = await addresses.add(shopperId, seoul)
  if (added.kind !== 'added') throw new Error('not added')
  const other = (await aShopper(world.gateway)).id
  expect(await addresses.find(other, added.id)).toBeUndefined()
  expect(await addresses.change(other, added.id, berlin)).toBe(false)
  expect(await addresses.makeDefault(other, added.id)).toBe(false)
  expect(await addresses.remove(other, added.id)).toBe(false)
})

test('nothing of an address stands readable in the database (P8.1)', async () => {
  await world.gateway.addresses.add(shopperId, seoul)
  const payment = await anOpenPayment()
  await world.gateway.addresses.give(payment, seoul, shopperId)
  const { rows } = await world.gateway.database.pool.query<{ text: string }>(
    `select a::text as text from address a where shopper_id = $1
     union all select p::text from payment_address p where payment_id = $2`,
    [shopperId, payment.id],
  )
  expect(rows).toHaveLength(2)
  const hidden = ['홍길동', '04524', '세종대로', '01012345678'].flatMap((word) => [
    // By itself: within what is sealed five digits may stand by chance.
    new RegExp(`(?<![0-9a-f])${word}(?![0-9a-f])`),
    new RegExp(Buffer.from(word).toString('hex')),
    new RegExp(Buffer.from(word).toString('base64').slice(0, 6)),
  ])
  for (const { text } of rows) for (const word of hidden) expect(text).not.toMatch(word)
})

test('addresses are sealed again with the next key, and both copies open with it alone (P8.1)', async () => {
  const { database, clock } = world.gateway
  const { CARD_KEYS: sealing, FINGERPRINT_KEY: fingerprint } = world.settings
  const next = { id: 'next', key: randomBytes(32) }
  const payment = await anOpenPayment()
  await world.gateway.addresses.add(shopperId, berlin)
  await world.gateway.addresses.give(payment, seoul, shopperId)
  const both = createVault({ sealing: [next, ...sealing], fingerprint })
  while ((await rotateAddresses(database, both, 1)) > 0) continue
  const after = createAddresses({ database, clock, vault: createVault({ sealing: [next], fingerprint }) })
  expect(await after.list(shopperId)).toMatchObject([{ address: berlin }])
  expect(await after.given(payment.merchantId, payment.id)).toMatchObject({ address: seoul })
  // Back, for the tests after this one.
  const back = createVault({ sealing: [...sealing, next], fingerprint })
  while ((await rotateAddresses(database, back, 100)) > 0) continue
})

test('a shop reads what was given for one payment only; every reading is shown to the shopper', async () => {
  const { addresses } = world.gateway
  const [payment, another] = [await anOpenPayment(), await anOpenPayment()]
  await addresses.give(payment, seoul, shopperId)
  const read = await addresses.read(payment.merchantId, payment.id, 'key_1')
  expect(read).toMatchObject({ kind: 'read', address: seoul })
  expect(await addresses.read(another.merchantId, payment.id, 'key_2')).toEqual({ kind: 'missing' })
  expect(await addresses.read(another.merchantId, another.id, 'key_2')).toEqual({ kind: 'missing' })
  const [given] = await addresses.givenBy(shopperId, 10)
  expect(given?.readings.map(({ reader }) => reader)).toEqual(['key_1'])
})

test('a consent that is taken back ends reading at once; another shopper cannot take it back', async () => {
  const { addresses } = world.gateway
  const payment = await anOpenPayment()
  await addresses.give(payment, seoul, shopperId)
  expect(await addresses.revoke((await aShopper(world.gateway)).id, payment.id)).toBe(false)
  expect(await addresses.revoke(shopperId, payment.id)).toBe(true)
  expect(await addresses.read(payment.merchantId, payment.id, 'key_1')).toEqual({ kind: 'revoked' })
  expect((await addresses.givenBy(shopperId, 10))[0]).toMatchObject({ readings: [], revokedAt: expect.any(Date) })
})

test('changing or deleting a saved address does not change what was given', async () => {
  const { addresses } = world.gateway
  const payment = await anOpenPayment()
  const added = await addresses.add(shopperId, seoul)
  if (added.kind !== 'added') throw new Error('not added')
  await addresses.give(payment, seoul, shopperId)
  await addresses.remove(shopperId, added.id)
  expect((await addresses.given(payment.merchantId, payment.id))?.address).toEqual(seoul)
})

test('a payment that asks for an address is not paid without one, not even past its page', async () => {
  const { payments, addresses, database } = world.gateway
  const payment = await anOpenPayment('required')
  const choice = { means: [cardMeans('hanbit')], email: 'a@example.com' }
  expect(await payments.pay(payment.merchantId, payment.id, choice)).toEqual({
    kind: 'refused',
    reason: 'not-payable',
  })
  const start = `update payment set state = 'authorizing' where merchant_id = $1 and id = $2`
  await expect(database.pool.query(start, [payment.merchantId, payment.id])).rejects.toThrow('has none')
  await addresses.give(payment, seoul)
  expect(await payments.pay(payment.merchantId, payment.id, choice)).toMatchObject({ kind: 'settled' })
})

test('where it may be left out, the payment goes on without', async () => {
  const payment = await anOpenPayment('optional')
  const choice = { means: [cardMeans('hanbit')], email: 'a@example.com' }
  expect(await world.gateway.payments.pay(payment.merchantId, payment.id, choice)).toMatchObject({ kind: 'settled' })
})

test.each([
  ['a postal code of six digits', { ...seoul, postalCode: '123456' }],
  ['a telephone number without its country', { ...seoul, phone: '01012345678' }],
  ['no recipient', { ...seoul, recipient: '  ' }],
  ['marks that turn text round', { ...seoul, line1: 'a\u202eb' }],
  ['a country that is none', { ...berlin, country: 'Germany' }],
  ['members that are not known', { ...berlin, extra: 1 }],
])('%s is refused', (_what, given) => {
  expect(addressInput.safeParse(given).success).toBe(false)
})

test('an address is written in the order of its country', () => {
  expect(addressLines(seoul)).toEqual(['(04524) 서울특별시 중구 세종대로 110', '3층'])
  expect(addressLines(berlin)).toEqual(['Unter den Linden 1', 'Berlin, 10117', 'DE'])
})
