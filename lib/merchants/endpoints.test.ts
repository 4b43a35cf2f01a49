import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { uuidAt } from '../ids'
import { createOutgoing } from '../messages/outgoing'
import { signWebhook, verifyWebhook } from '../messages/webhook-signature'
import { createEndpoints, type Endpoints } from './endpoints'
import { aMerchant, type MerchantsRoom, startMerchants } from './merchants.fixtures'

const [oldKey, newKey] = ['2025', '2026'].map((id) => ({ id, key: randomBytes(32) })) as [Key, Key]
interface Key {
  id: string
  key: Buffer<ArrayBuffer>
}

let room: MerchantsRoom
let merchantId: string
let endpoints: Endpoints
const withKeys = (...CARD_KEYS: Key[]) =>
  createEndpoints({ ...room, settings: { CARD_KEYS }, outgoing: createOutgoing() })

beforeAll(async () => (room = await startMerchants()))
afterAll(() => room.close())
beforeEach(async () => {
  merchantId = (await room.merchants.create(aMerchant())).id
  endpoints = withKeys(oldKey)
})

async function anEndpoint(url = 'https://shop.example/moa', topics?: string[]) {
  const saved = await endpoints.create(merchantId, { url, ...(topics ? { topics } : {}) })
  if (saved.kind !== 'saved') throw new Error(JSON.stringify(saved))
  return saved.endpoint
}

test('each endpoint has a signature key of its own, whose public half its owner sees', async () => {
  const [one, two] = [await anEndpoint(), await anEndpoint()]
  expect(one.publicKeys).toHaveLength(1)
  expect(one.publicKeys[0]).toMatch(/^whpk_[A-Za-z0-9+/]{43}=$/)
  expect(two.publicKeys).not.toEqual(one.publicKeys)
  expect(await endpoints.list(merchantId)).toHaveLength(2)
  expect(await endpoints.get(merchantId, one.id)).toEqual(one)

  const listener = (await endpoints.listeners(merchantId, 'payment.paid')).find(({ id }) => id === one.id)
  const headers = signWebhook({ id: 'msg_1', body: '{}', at: room.clock.now() }, listener!.seeds)
  expect(verifyWebhook(headers, '{}', one.publicKeys[0]!)).toBe(true)
})

test('P9.7: a stolen database holds no key that signs', async () => {
  await anEndpoint()
  const [listener] = await endpoints.listeners(merchantId, 'payment.paid')
  const seed = listener!.seeds[0]!
  const { rows } = await room.database.pool.query<{ row: string }>(
    'select webhook_endpoint::text as row from webhook_endpoint',
  )
  for (const { row } of rows) {
    expect(row).not.toContain(seed.toString('base64'))
    expect(row).not.toContain(seed.toString('hex'))
  }
})

test('a key copied to another endpoint’s row does not open, and does not hold up the rotation of others', async () => {
  const [one, two] = [await anEndpoint(), await anEndpoint()]
  await room.database.pool.query(
    `update webhook_endpoint set secrets = (select secrets from webhook_endpoint where id = $1) where id = $2`,
    [one.id, two.id],
  )
  await expect(endpoints.listeners(merchantId, 'payment.paid')).rejects.toThrow()
  expect((await withKeys(newKey, oldKey).reseal(1000)).failed).toEqual([two.id])
})

test('an endpoint hears the topics it chose, or all', async () => {
  const all = await anEndpoint()
  const some = await anEndpoint('https://shop.example/refunds', ['refund.finished', 'refund.finished'])
  const heard = async (topic: string) => (await endpoints.listeners(merchantId, topic)).map(({ url }) => url).sort()
  expect(await heard('payment.paid')).toEqual([all.url])
  expect(await heard('refund.finished')).toEqual([all.url, some.url])
})

test('only a switched-off endpoint can be removed, and only by its merchant', async () => {
  const { id } = await anEndpoint()
  expect(await endpoints.remove(merchantId, id)).toBe(false)
  await endpoints.change(merchantId, id, { enabled: false })
  expect(await endpoints.remove(uuidAt(room.clock.now()), id)).toBe(false)
  expect(await endpoints.remove(merchantId, id)).toBe(true)
  expect(await endpoints.get(merchantId, id)).toBeUndefined()
})

test('a switched-off endpoint hears nothing until it is switched on again', async () => {
  const { id } = await anEndpoint()
  expect(await endpoints.change(merchantId, id, { enabled: false })).toMatchObject({
    endpoint: { disabledAt: room.clock.now() },
  })
  expect(await endpoints.listeners(merchantId, 'payment.paid')).toEqual([])
  await endpoints.change(merchantId, id, { enabled: true })
  expect(await endpoints.listeners(merchantId, 'payment.paid')).toHaveLength(1)
})

test('P5.1: keys change without a gap: the new one signs first, the old one too until it is dropped', async () => {
  const { id, publicKeys } = await anEndpoint()
  const rotated = await endpoints.rotateKey(merchantId, id)
  expect(rotated!.publicKeys).toHaveLength(2)
  expect(rotated!.publicKeys[1]).toBe(publicKeys[0])
  expect((await endpoints.listeners(merchantId, 'payment.paid'))[0]!.seeds).toHaveLength(2)
  const dropped = await endpoints.dropOldKeys(merchantId, id)
  expect(dropped!.publicKeys).toEqual([rotated!.publicKeys[0]])
})

test('no more than two keys are ever live', async () => {
  const { id } = await anEndpoint()
  await Promise.all([1, 2, 3].map(() => endpoints.rotateKey(merchantId, id)))
  expect((await endpoints.get(merchantId, id))!.publicKeys).toHaveLength(2)
})

test('P8.1: sealing keys are rotated without a webhook being lost', async () => {
  const { id, publicKeys } = await anEndpoint()
  const both = withKeys(newKey, oldKey)
  expect((await both.listeners(merchantId, 'payment.paid'))[0]!.publicKey).toBe(publicKeys[0])
  expect((await both.reseal(1000)).resealed).toBeGreaterThan(0)
  expect((await both.reseal(1000)).resealed).toBe(0)
  expect(await withKeys(newKey).listeners(merchantId, 'payment.paid')).toMatchObject([{ id, publicKey: publicKeys[0] }])
})

test.each([
  ['a topic that we do not know', { url: 'https://shop.example/', topics: ['payment.lost'] }, 'unknown-topic'],
  ['no encryption', { url: 'http://shop.example/' }, 'not-https'],
  ['our own network', { url: 'https://192.168.0.1/' }, 'not-public'],
  ['no address', { url: 'shop' }, 'bad-url'],
])('P5.6: an endpoint with %s is refused', async (_, wanted, reason) => {
  expect(await endpoints.create(merchantId, wanted)).toEqual({ kind: 'refused', reason })
  const { id } = await anEndpoint()
  expect(await endpoints.change(merchantId, id, wanted)).toEqual({ kind: 'refused', reason })
})

test('P6.2: another merchant’s endpoint is a missing one', async () => {
  const { id } = await anEndpoint()
  const stranger = await room.merchants.create(aMerchant())
  expect(await endpoints.get(stranger.id, id)).toBeUndefined()
  expect(await endpoints.change(stranger.id, id, { enabled: false })).toEqual({ kind: 'missing' })
  expect(await endpoints.rotateKey(stranger.id, id)).toBeUndefined()
})

test('a merchant may have sixteen endpoints', async () => {
  for (let made = 0; made < 16; made++) await anEndpoint()
  expect(await endpoints.create(merchantId, { url: 'https://shop.example/17' })).toEqual({
    kind: 'refused',
    reason: 'too-many',
  })
})
