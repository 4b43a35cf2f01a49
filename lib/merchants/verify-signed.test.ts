import { createHmac } from 'node:crypto'
import { expect, test } from 'vitest'
import type { MerchantKey } from './merchant'
import { readPublicJwk } from './merchant-jwk'
import { keyPair, type KeyPair, signAs } from './merchants.fixtures'
import { verifySigned } from './verify-signed'

const now = new Date('2026-11-02T09:00:00Z')
const before = new Date('2026-11-02T08:59:59Z')
const [mine, curve, stranger] = [keyPair('mine'), keyPair('curve', 'P-256'), keyPair('stranger')]

function registered(key: KeyPair, changes: Partial<MerchantKey> = {}): MerchantKey {
  const read = readPublicJwk(key.jwk)
  if (read.kind === 'refused') throw new Error(read.reason)
  return { kid: key.kid, jwk: read.jwk, validFrom: new Date(0), ...changes }
}

function check(jws: string, keys: MerchantKey[] = [registered(mine), registered(curve)]) {
  return verifySigned(jws, (kid) => Promise.resolve(keys.find((key) => key.kid === kid)), now)
}

const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
const claims = { tid: 'pay_1', amount: '220000' }

test.each([mine, curve])('M-202: a message signed with a registered key verifies ($type)', async (key) => {
  expect(await check(signAs(key, claims))).toEqual({ kind: 'verified', kid: key.kid, claims })
})

/** The classic: the public key's text used as the secret of an HMAC. */
function hmacWithPublicKey(): string {
  const signed = `${part({ alg: 'HS256', kid: 'mine' })}.${part(claims)}`
  return `${signed}.${createHmac('sha256', String(mine.jwk.x)).update(signed).digest('base64url').padEnd(86, 'A')}`
}

const good = signAs(mine, claims)
const [head = '', body = '', signature = ''] = good.split('.')

test.each<[string, string, string]>([
  ['nothing', '', 'malformed'],
  ['no signature', `${head}.${body}.`, 'malformed'],
  ['a signature of the wrong length', `${head}.${body}.${signature.slice(4)}`, 'malformed'],
  ['five parts', `${good}.a.b`, 'malformed'],
  ['padding', `${good}=`, 'malformed'],
  ['ten kilobytes', signAs(mine, { ...claims, reason: 'x'.repeat(10_000) }), 'malformed'],
  ['a header that is no JSON', `${Buffer.from('{alg').toString('base64url')}.${body}.${signature}`, 'bad-header'],
  ['no key id', signAs(mine, claims, { kid: undefined }), 'bad-header'],
  ['a key in its header', signAs(stranger, claims, { kid: 'mine', jwk: stranger.jwk }), 'bad-header'],
  ['the address of a key', signAs(mine, claims, { jku: 'https://evil.example' }), 'bad-header'],
  ['the address of a certificate', signAs(mine, claims, { x5u: 'https://evil.example' }), 'bad-header'],
  ['a certificate in its header', signAs(mine, claims, { x5c: ['AAAA'] }), 'bad-header'],
  ['something critical that we do not know', signAs(mine, claims, { crit: ['exp'], exp: 1 }), 'bad-header'],
  ['an unencoded payload', signAs(mine, claims, { b64: false, crit: ['b64'] }), 'bad-header'],
  ['a key nobody registered', signAs(stranger, claims), 'unknown-key'],
  ['another’s key under a registered id', signAs({ ...stranger, kid: 'mine' }, claims), 'bad-signature'],
  ['the algorithm "none"', signAs(mine, claims, { alg: 'none' }), 'wrong-algorithm'],
  ['a public key used as a secret', hmacWithPublicKey(), 'wrong-algorithm'],
  ['the algorithm of another of its keys', signAs(mine, claims, { alg: 'ES256' }), 'wrong-algorithm'],
  ['one claim changed', `${head}.${part({ ...claims, amount: '1' })}.${signature}`, 'bad-signature'],
  ['the header changed', `${part({ alg: 'EdDSA', kid: 'mine', typ: 'x' })}.${body}.${signature}`, 'bad-signature'],
  ['a payload that is no JSON', signAs(mine, 'tid=pay_1'), 'bad-payload'],
  ['a payload that is a list', signAs(mine, [claims]), 'bad-payload'],
])('P5.2: a message with %s is refused', async (_, jws, reason) => {
  expect(await check(jws)).toMatchObject({ kind: 'refused', reason })
})

test.each<[string, Partial<MerchantKey>]>([
  ['not valid yet', { validFrom: new Date('2026-11-02T09:00:01Z') }],
  ['no longer valid', { validUntil: now }],
  ['revoked', { revokedAt: before }],
])('P5.2: a message whose key is %s is refused', async (_, changes) => {
  expect(await check(good, [registered(mine, changes)])).toMatchObject({ kind: 'refused', reason: 'key-not-valid' })
})
