import { generateKeyPairSync } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { publicId, type Uuid } from '../ids'
import { toPem } from '../trust/pem'
import { followChain } from '../trust/server-chain'
import { anAuthority, certified, DAY, type TestAuthority } from '../trust/trust.fixtures'
import { aMerchant, keyPair, type KeyPair, type MerchantsRoom, signAs, startMerchants } from './merchants.fixtures'

let room: MerchantsRoom
let id: Uuid
beforeAll(async () => {
  room = await startMerchants()
  id = (await room.merchants.create(aMerchant())).id
})
afterAll(() => room.close())

const now = () => room.clock.now()
const span = () => ({ validFrom: new Date(now().getTime() - DAY), validUntil: new Date(now().getTime() + 30 * DAY) })
const own = (wish = {}) => anAuthority('Shop’s own', { ...span(), ...wish })
const pem = (...ders: readonly Uint8Array[]) => ders.map((der) => toPem('CERTIFICATE', der)).join('')
let made = 0
const kid = () => `key-${++made}`
const certificate = (by: TestAuthority, key: KeyPair, wish = {}) =>
  certified(by, { ...span(), key: key.privateKey, ...wish })
const another = async () => (await room.merchants.create(aMerchant())).id

test('M-170: a key without a certificate gets one of ours, which anybody can follow to our authority', async () => {
  const key = keyPair(kid())
  const added = await room.merchants.addKey(id, { jwk: key.jwk })
  if (added.kind !== 'added') throw new Error(added.reason)
  const chain = added.key.jwk.x5c!.map((der) => Buffer.from(der, 'base64'))
  const anchors = room.trust.anchors.map(({ der }) => der)
  expect(await followChain(chain, { purpose: 'signature', at: now(), anchors })).toMatchObject({ kind: 'good' })
  expect(added.key).toMatchObject({ source: 'jwk', authority: room.trust.anchors[0]!.fingerprint })
  expect(added.key.validUntil!.getTime()).toBe(now().getTime() + 730 * DAY)
})

test('a key is good for as long as its owner says', async () => {
  const validUntil = new Date(now().getTime() + 90 * DAY)
  const validFrom = new Date(now().getTime() + DAY)
  const added = await room.merchants.addKey(await another(), { jwk: keyPair(kid()).jwk, validFrom, validUntil })
  expect(added).toMatchObject({ kind: 'added', key: { validFrom, validUntil } })
  const over = new Date(now().getTime() - 1)
  expect(await room.merchants.addKey(id, { jwk: keyPair(kid()).jwk, validUntil: over })).toMatchObject({
    reason: 'bad-validity',
  })
})

test('M-170: keys under an authority that the merchant uploaded are taken, and are good as long as it', async () => {
  const merchantId = await another()
  const validUntil = new Date(now().getTime() + 10 * DAY)
  const authority = own({ validUntil })
  const key = keyPair(kid())
  const wanted = { kid: key.kid, pem: pem(certificate(authority, key)) }
  expect(await room.merchants.addCertificate(merchantId, wanted)).toMatchObject({ reason: 'untrusted-certificates' })
  expect(await room.merchants.addAuthority(merchantId, { use: 'keys', pem: pem(authority.der) })).toMatchObject({
    kind: 'added',
  })
  const added = await room.merchants.addCertificate(merchantId, wanted)
  expect(added).toMatchObject({ kind: 'added', key: { source: 'certificate', validUntil } })
  expect(await room.merchants.addCertificate(id, { ...wanted, kid: kid() })).toMatchObject({
    reason: 'untrusted-certificates',
  })
})

test('an authority that is removed takes its keys with it, at once', async () => {
  const merchantId = await another()
  const [authority, key, other] = [own(), keyPair(kid()), keyPair(kid())]
  const added = await room.merchants.addAuthority(merchantId, { use: 'keys', pem: pem(authority.der) })
  if (added.kind !== 'added') throw new Error(added.reason)
  await room.merchants.addCertificate(merchantId, { kid: key.kid, pem: pem(certificate(authority, key)) })
  await room.merchants.addKey(merchantId, { jwk: other.jwk })
  const check = (signer: KeyPair) =>
    room.shopMessages.check(signAs(signer, { typ: 'x' }), { merchantId, purpose: 'payment.cancel' })
  expect(await check(key)).toMatchObject({ kind: 'verified' })
  expect(await room.merchants.removeAuthority(merchantId, 'keys', added.authority.fingerprint)).toBe(true)
  expect(await check(key)).toMatchObject({ kind: 'refused', reason: 'key-not-valid' })
  expect(await check(other)).toMatchObject({ kind: 'verified' })
  expect(await room.merchants.removeAuthority(merchantId, 'keys', added.authority.fingerprint)).toBe(false)
  expect(await room.merchants.authorities(merchantId)).toEqual([])
})

test.each<[string, (key: KeyPair) => Promise<string> | string]>([
  ['no certificate at all', () => 'certificate'],
  ['a certificate for encryption', async (key) => pem(certificate(await ours(), key, { purpose: 'encryption' }))],
  ['an expired certificate', async (key) => pem(certificate(await ours(), key, { validUntil: new Date(0) }))],
  ['a certificate under another authority', (key) => pem(certificate(own(), key))],
  ['an authority’s own certificate', async () => pem((await ours()).der)],
])('P5.2: %s is not taken for a key', async (_, make) => {
  const key = keyPair(kid(), 'P-256')
  const added = await room.merchants.addCertificate(id, { kid: key.kid, pem: await make(key) })
  expect(added.kind).toBe('refused')
})

let trusted: TestAuthority | undefined
async function ours(): Promise<TestAuthority> {
  if (!trusted) {
    trusted = own()
    await room.merchants.addAuthority(id, { use: 'keys', pem: pem(trusted.der) })
  }
  return trusted
}

test.each<[string, () => string]>([
  ['nothing', () => ''],
  ['two at once', () => pem(own().der, own().der)],
  ['a key’s certificate', () => pem(certificate(own(), keyPair('k')))],
  ['one below another', () => pem(own({ by: own() }).der)],
  ['an expired one', () => pem(own({ validUntil: new Date(now().getTime() - 1000) }).der)],
])('as an authority, %s is refused', async (_, make) => {
  expect(await room.merchants.addAuthority(id, { use: 'keys', pem: make() })).toEqual({
    kind: 'refused',
    reason: 'bad-authority',
  })
})

test('a key made in the owner’s browser is certified when it has proved itself', async () => {
  const [key, stranger] = [keyPair(kid(), 'P-256'), keyPair(kid(), 'P-256')]
  const claims = { iss: publicId('mer', id), typ: 'key.proof', iat: 1 }
  const { jwk } = key
  for (const proof of [
    '',
    signAs({ ...stranger, kid: key.kid }, claims),
    signAs(key, { ...claims, iss: publicId('mer', await another()) }),
    signAs(key, { ...claims, typ: 'payment.confirmed' }),
  ]) {
    expect(await room.merchants.addKey(id, { jwk, proof })).toEqual({ kind: 'refused', reason: 'no-proof' })
  }
  const added = await room.merchants.addKey(id, { jwk, proof: signAs(key, claims) })
  expect(added).toMatchObject({ kind: 'added', key: { source: 'issued' } })
})

test('a signing request of anything but a key is refused', async () => {
  const { publicKey } = generateKeyPairSync('ed25519')
  for (const text of ['', publicKey.export({ format: 'pem', type: 'spki' }).toString()]) {
    expect(await room.merchants.addRequest(id, { kid: kid(), pem: text })).toEqual({
      kind: 'refused',
      reason: 'bad-request',
    })
  }
})

test('M-202: two keys overlap while a shop changes them, and each shows when it was last used', async () => {
  const merchantId = await another()
  const [old, young] = [keyPair(kid()), keyPair(kid(), 'P-256')]
  for (const { jwk } of [old, young]) await room.merchants.addKey(merchantId, { jwk })
  const check = (key: KeyPair) =>
    room.shopMessages.check(signAs(key, { typ: 'x' }), { merchantId, purpose: 'payment.cancel' })
  expect(await check(old)).toMatchObject({ kind: 'verified' })
  expect(await check(young)).toMatchObject({ kind: 'verified' })
  await room.merchants.revokeKey(merchantId, old.kid)
  expect(await check(old)).toMatchObject({ kind: 'refused', reason: 'key-not-valid' })
  expect(await check(young)).toMatchObject({ kind: 'verified' })
  expect((await room.merchants.keys(merchantId)).map(({ lastUsedAt }) => lastUsedAt)).toEqual([now(), now()])
})

test('a merchant has eight live keys at most', async () => {
  const merchantId = await another()
  for (let count = 0; count < 8; count++) await room.merchants.addKey(merchantId, { jwk: keyPair(kid()).jwk })
  expect(await room.merchants.addKey(merchantId, { jwk: keyPair(kid()).jwk })).toEqual({
    kind: 'refused',
    reason: 'too-many-keys',
  })
})

test('a contract asks only for what the shop can do', async () => {
  const merchantId = await another()
  const { contracts, merchants } = room
  const change = (changes: Parameters<typeof contracts.change>[1]) => contracts.change(merchantId, changes)
  expect(await contracts.of(merchantId)).toEqual({
    signedLink: 'required',
    confirmation: 'none',
    signedCancel: 'none',
    confirmationLine: 'public',
    refundBeyondBalance: 'allow',
  })
  expect(await change({ confirmation: 'required' })).toMatchObject({ reason: 'needs-signature-key' })
  expect(await change({ signedCancel: 'required' })).toMatchObject({ reason: 'needs-signature-key' })
  await merchants.addKey(merchantId, { jwk: keyPair(kid()).jwk })
  expect(await change({ confirmation: 'required' })).toMatchObject({ reason: 'needs-confirmation-address' })
  expect(await change({ confirmationLine: 'mutual' })).toMatchObject({ reason: 'needs-server-authority' })
  await merchants.change(merchantId, { confirmationUrl: 'https://shop.example/confirm' })
  await merchants.addAuthority(merchantId, { use: 'tls', pem: pem(own().der) })
  const all = {
    signedLink: 'none',
    confirmation: 'required',
    signedCancel: 'required',
    confirmationLine: 'mutual',
    refundBeyondBalance: 'queue',
  } as const
  expect(await change(all)).toEqual({ kind: 'changed', contract: all })
  expect(await merchants.get(merchantId)).toMatchObject({ confirmation: 'required' })
  expect(await contracts.change('0192f0c1-2345-7abc-8def-0123456789ab', {})).toMatchObject({ reason: 'missing' })
})
