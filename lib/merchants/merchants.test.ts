import { afterAll, beforeAll, expect, test } from 'vitest'
import { uuidAt } from '../ids'
import { readApiKeySecret } from './api-key-secret'
import { aMerchant, keyPair, type MerchantsRoom, startMerchants } from './merchants.fixtures'

let room: MerchantsRoom
beforeAll(async () => (room = await startMerchants()))
afterAll(() => room.close())

test('an API key names its merchant, is shown once, and is nowhere in the database', async () => {
  const merchant = await room.merchants.create(
    aMerchant({ confirmation: 'required', returnUrls: ['https://a.example/b'] }),
  )
  const { key, secret } = await room.merchants.createApiKey(merchant.id, { mode: 'live', name: 'Server' })
  expect(secret).toMatch(/^moa_live_[0-9A-Za-z]{36}$/)
  expect(await room.merchants.byApiKey(secret)).toEqual({ merchant, apiKeyId: key.id, mode: 'live' })
  expect(await room.merchants.apiKeys(merchant.id)).toEqual([key])

  const { rows } = await room.database.pool.query<{ row: string }>('select api_key::text as row from api_key')
  expect(rows.some(({ row }) => row.includes(secret.slice(14, 40)))).toBe(false)
})

test('P6.3: a revoked API key is refused on the next call', async () => {
  const merchant = await room.merchants.create(aMerchant())
  const other = await room.merchants.create(aMerchant())
  const { key, secret } = await room.merchants.createApiKey(merchant.id, { mode: 'test', name: 'Old' })
  expect(await room.merchants.revokeApiKey(other.id, key.id)).toBe(false)
  expect(await room.merchants.byApiKey(secret)).toBeDefined()
  expect(await room.merchants.revokeApiKey(merchant.id, key.id)).toBe(true)
  expect(await room.merchants.byApiKey(secret)).toBeUndefined()
})

test('an API key that is unknown, mistyped or not a key at all names nobody', async () => {
  const merchant = await room.merchants.create(aMerchant())
  const { secret } = await room.merchants.createApiKey(merchant.id, { mode: 'test', name: 'Server' })
  const last = secret.endsWith('a') ? 'b' : 'a'
  for (const wrong of [
    '',
    'moa_test_',
    `${secret.slice(0, -1)}${last}`,
    secret.replace('test', 'live'),
    `${secret} `,
  ]) {
    expect(readApiKeySecret(wrong)).toBeUndefined()
    expect(await room.merchants.byApiKey(wrong)).toBeUndefined()
  }
})

test('a merchant may have two signature keys at once, and a key id never comes to mean another key', async () => {
  const { id } = await room.merchants.create(aMerchant())
  const [one, two] = [keyPair('one'), keyPair('two', 'P-256')]
  expect(await room.merchants.addKey(id, { jwk: one.jwk })).toMatchObject({ kind: 'added', key: { kid: 'one' } })
  expect(await room.merchants.addKey(id, { jwk: two.jwk })).toMatchObject({ kind: 'added' })
  expect((await room.merchants.keys(id)).map(({ kid }) => kid).sort()).toEqual(['one', 'two'])

  expect(await room.merchants.revokeKey(id, 'one')).toBe(true)
  expect(await room.merchants.revokeKey(id, 'one')).toBe(false)
  expect(await room.merchants.addKey(id, { jwk: keyPair('one').jwk })).toEqual({ kind: 'refused', reason: 'kid-taken' })
})

test.each([
  ['nothing', undefined, 'not-a-public-key'],
  ['text', 'a key', 'not-a-public-key'],
  ['a private key', keyPair('k').secret, 'private-key'],
  ['a shared secret', { kty: 'oct', k: 'AAAA', kid: 'k' }, 'private-key'],
  ['an RSA key', { kty: 'RSA', n: 'AQAB', e: 'AQAB', kid: 'k' }, 'unsupported-key'],
  ['a key for encryption', { ...keyPair('k').jwk, use: 'enc' }, 'unsupported-key'],
  ['no key id', { ...keyPair('k').jwk, kid: undefined }, 'bad-kid'],
  ['a key id with a line break', { ...keyPair('k').jwk, kid: 'a\nb' }, 'bad-kid'],
  ['an address of a key', { ...keyPair('k').jwk, x5u: 'https://evil.example' }, 'not-a-public-key'],
  ['a point that is not on the curve', { ...keyPair('k', 'P-256').jwk, y: 'A'.repeat(43) }, 'not-a-public-key'],
  ['a certificate that is none', { ...keyPair('k').jwk, x5c: ['AAAA'] }, 'bad-certificates'],
])('P5.2: as a signature key, %s is refused', async (_, jwk, reason) => {
  const { id } = await room.merchants.create(aMerchant())
  expect(await room.merchants.addKey(id, { jwk })).toEqual({ kind: 'refused', reason })
})

test('P6.2: what belongs to nobody is missing', async () => {
  const nobody = uuidAt(new Date())
  expect(await room.merchants.get(nobody)).toBeUndefined()
  expect(await room.merchants.change(nobody, { name: 'x' })).toBeUndefined()
  expect(await room.merchants.keys(nobody)).toEqual([])
  expect(await room.merchants.listOfPerson(nobody)).toEqual([])
})

test('a merchant’s contract and addresses can be changed', async () => {
  const merchant = await room.merchants.create(aMerchant())
  const confirmationUrl = 'https://shop.example/confirm'
  const changed = await room.merchants.change(merchant.id, {
    confirmation: 'required',
    confirmationUrl,
    modules: ['card'],
  })
  expect(changed).toEqual({ ...merchant, confirmation: 'required', confirmationUrl, modules: ['card'] })
})
