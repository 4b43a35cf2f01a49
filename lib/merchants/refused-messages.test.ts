import { createHmac } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { publicId, type Uuid } from '../ids'
import { type CancelMessages, createCancelMessages } from './cancel-message'
import { type CheckoutLinks, createCheckoutLinks } from './checkout-links'
import {
  aPaymentOf,
  aSigningShop,
  GATEWAY,
  keyPair,
  type KeyPair,
  type MerchantsRoom,
  signAs,
  startMerchants,
  type StoredPayment,
} from './merchants.fixtures'

let room: MerchantsRoom
let links: CheckoutLinks
let cancels: CancelMessages
let stored: StoredPayment
let shop: Awaited<ReturnType<typeof aSigningShop>>
let stranger: Awaited<ReturnType<typeof aSigningShop>>
const carriedOut: Uuid[] = []

beforeAll(async () => {
  room = await startMerchants()
  const findPayment = (merchantId: Uuid, id: Uuid) =>
    Promise.resolve(merchantId === stored.merchantId && id === stored.id ? stored : undefined)
  links = createCheckoutLinks({ ...room, findPayment })
  cancels = createCancelMessages({
    ...room,
    cancel: ({ paymentId }) => {
      carriedOut.push(paymentId)
      return Promise.resolve({ kind: 'cancelled' })
    },
  })
  stranger = await aSigningShop(room)
})
afterAll(() => room.close())
beforeEach(async () => {
  shop = await aSigningShop(room)
  stored = aPaymentOf(shop.merchant.id)
  carriedOut.length = 0
})

let jtis = 0
const second = () => Math.floor(room.clock.now().getTime() / 1000)
const claims = (changes: Record<string, unknown> = {}) => ({
  iss: shop.name,
  aud: GATEWAY,
  tid: publicId('pay', stored.id),
  amount: '220000',
  currency: 'KRW',
  iat: second(),
  exp: second() + 300,
  jti: `message-${++jtis}-${'x'.repeat(8)}`,
  ...changes,
})

const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')

function hmac(body: object): string {
  const signed = `${part({ alg: 'HS256', kid: shop.key.kid })}.${part(body)}`
  const secret = Buffer.from(String(shop.key.jwk.x), 'base64url')
  return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url').padEnd(86, 'A')}`
}

async function withKey(validity: { validFrom?: Date; validUntil?: Date; revoked?: boolean }): Promise<KeyPair> {
  const key = keyPair(`limited-${++jtis}`)
  const { revoked = false, ...dates } = validity
  const added = await room.merchants.addKey(shop.merchant.id, { jwk: key.jwk, ...dates })
  if (added.kind !== 'added') throw new Error(added.reason)
  if (revoked) await room.merchants.revokeKey(shop.merchant.id, key.kid)
  return key
}
const at = (milliseconds: number) => new Date(room.clock.now().getTime() + milliseconds)

/** What is wrong, how it is made, and what the audit trail says of it. */
type Case = [string, (typ: string) => string | Promise<string>, string]

const ofAnyMessage: Case[] = [
  ['no algorithm', (typ) => signAs(shop.key, claims({ typ }), { alg: 'none' }), 'wrong-algorithm'],
  ['a public key used as a secret', (typ) => hmac(claims({ typ })), 'wrong-algorithm'],
  ['another algorithm than its key’s', (typ) => signAs(shop.key, claims({ typ }), { alg: 'ES256' }), 'wrong-algorithm'],
  ['a key id nobody registered', (typ) => signAs({ ...shop.key, kid: 'nobody' }, claims({ typ })), 'unknown-key'],
  ['another shop’s key', (typ) => signAs({ ...stranger.key, kid: 'stranger-9' }, claims({ typ })), 'unknown-key'],
  ['another shop’s key under our shop’s key id', (typ) => signAs(stranger.key, claims({ typ })), 'bad-signature'],
  ['the address of a key', (typ) => signAs(shop.key, claims({ typ }), { jku: 'https://evil.example' }), 'bad-header'],
  ['the address of a chain', (typ) => signAs(shop.key, claims({ typ }), { x5u: 'https://evil.example' }), 'bad-header'],
  ['a key in its header', (typ) => signAs(shop.key, claims({ typ }), { jwk: stranger.key.jwk }), 'bad-header'],
  ['a chain in its header', (typ) => signAs(shop.key, claims({ typ }), { x5c: ['AAAA'] }), 'bad-header'],
  ['something critical', (typ) => signAs(shop.key, claims({ typ }), { crit: ['exp'] }), 'bad-header'],
  ['an unencoded payload', (typ) => signAs(shop.key, claims({ typ }), { b64: false, crit: ['b64'] }), 'bad-header'],
  [
    'an expired key',
    async (typ) => {
      const key = await withKey({ validFrom: at(-2000), validUntil: at(1000) })
      room.clock.advance(2000)
      return signAs(key, claims({ typ }))
    },
    'key-not-valid',
  ],
  [
    'a key that is not valid yet',
    async (typ) => signAs(await withKey({ validFrom: at(60_000) }), claims({ typ })),
    'key-not-valid',
  ],
  ['a revoked key', async (typ) => signAs(await withKey({ revoked: true }), claims({ typ })), 'key-not-valid'],
  ['padding', (typ) => `${signAs(shop.key, claims({ typ }))}=`, ''],
  ['a payload that is no JSON', () => signAs(shop.key, 'tid=1'), ''],
  ['nine kilobytes', (typ) => signAs(shop.key, claims({ typ, reason: 'x'.repeat(9000) })), ''],
  ['another audience', (typ) => signAs(shop.key, claims({ typ, aud: 'https://other.example' })), 'not-for-us'],
  ['another purpose', () => signAs(shop.key, claims({ typ: 'payment.confirmed' })), 'bad-claims'],
  ['an amount as a number', (typ) => signAs(shop.key, claims({ typ, amount: 220000 })), 'bad-claims'],
  ['a currency in small letters', (typ) => signAs(shop.key, claims({ typ, currency: 'krw' })), 'bad-claims'],
  ['no jti', (typ) => signAs(shop.key, claims({ typ, jti: undefined })), 'bad-claims'],
]

const ofLinks: Case[] = [
  [
    'another payment',
    (typ) => signAs(shop.key, claims({ typ, tid: publicId('pay', stranger.merchant.id) })),
    'differs',
  ],
  ['another amount', (typ) => signAs(shop.key, claims({ typ, amount: '1' })), 'differs'],
  ['another currency', (typ) => signAs(shop.key, claims({ typ, currency: 'USD' })), 'differs'],
  [
    'a time that is over',
    (typ) => signAs(shop.key, claims({ typ, iat: second() - 900, exp: second() - 1 })),
    'expired',
  ],
  ['a time to come', (typ) => signAs(shop.key, claims({ typ, iat: second() + 301, exp: second() + 900 })), 'expired'],
  ['a life of an hour', (typ) => signAs(shop.key, claims({ typ, exp: second() + 3600 })), 'not-for-us'],
  [
    'a message that was used before',
    async (typ) => {
      const link = signAs(shop.key, claims({ typ }))
      expect((await links.verify(publicId('pay', stored.id), link)).kind).toBe('verified')
      return link
    },
    'used',
  ],
]

const ofCancels: Case[] = [
  ['a time that is over', (typ) => signAs(shop.key, claims({ typ, iat: second() - 301 })), 'outside-time-window'],
  ['a time to come', (typ) => signAs(shop.key, claims({ typ, iat: second() + 301 })), 'outside-time-window'],
]

/** What is wrong with a signature itself, so that nobody's key stands behind the message. */
const ofSignatures = ['wrong-algorithm', 'unknown-key', 'bad-signature', 'bad-header', 'key-not-valid']

async function trail() {
  const events = await room.audit.list(shop.merchant.id, { limit: 10 })
  return events.map(({ action, outcome, actor }) => [action, outcome, actor.kind])
}
const lines = (reason: string) => (reason === '' ? [] : [['message.refuse', reason, 'shop']])

describe('P5.2: a link to the checkout', () => {
  test.each([...ofAnyMessage, ...ofLinks])('with %s opens nothing and leaves a line', async (_, make, reason) => {
    const message = await make('payment.redirect')
    const kept = (await room.evidence.list(shop.merchant.id, stored.id)).length
    expect((await links.verify(publicId('pay', stored.id), message)).kind).toBe('refused')
    expect(await trail()).toEqual(lines(reason))
    // What was refused is kept beside its line, and never passes for what the shop has signed.
    const proofs = (await room.evidence.list(shop.merchant.id, stored.id)).slice(kept)
    for (const { outcome, verification, message: same } of proofs) {
      expect([outcome === 'accepted', same]).toEqual([false, message])
      expect(verification).toBe(outcome.startsWith('refused: ') ? 'not-signed' : 'valid')
    }
    const isBroken = ofSignatures.includes(reason)
    if (isBroken) expect(proofs.map(({ outcome }) => outcome)).toEqual([`refused: ${reason}`])
  })
})

describe('P5.2: a cancel', () => {
  test.each([...ofAnyMessage, ...ofCancels])('with %s cancels nothing and leaves a line', async (_, make, reason) => {
    expect((await cancels.receive(await make('payment.cancel'))).kind).toBe('refused')
    expect(carriedOut).toEqual([])
    expect(await trail()).toEqual(lines(reason))
    expect(await room.evidence.list(shop.merchant.id, stored.id)).toEqual([])
  })

  test('whose jti was used for another one cancels nothing more', async () => {
    const jti = 'the-same-name'
    await cancels.receive(signAs(shop.key, claims({ typ: 'payment.cancel', jti })))
    const other = signAs(shop.key, claims({ typ: 'payment.cancel', jti, amount: '1' }))
    expect(await cancels.receive(other)).toEqual({ kind: 'refused', reason: 'jti-reused' })
    expect(carriedOut).toHaveLength(1)
    expect(await trail()).toEqual(lines('jti-reused'))
  })
})

test('P9.3: strangers cannot fill a shop’s trail, and nobody’s trail is written for shops that do not exist', async () => {
  const { key, name } = shop
  for (let count = 0; count < 205; count++) {
    await room.shopMessages.refused({ merchantId: shop.merchant.id, purpose: 'payment.redirect' }, 'unknown-key')
  }
  expect(await room.audit.list(shop.merchant.id, { limit: 500 })).toHaveLength(200)
  const nobody = publicId('mer', stored.id)
  expect((await cancels.receive(signAs(key, claims({ iss: nobody, typ: 'payment.cancel' })))).kind).toBe('refused')
  expect(await room.audit.list(stored.id, { limit: 1 })).toEqual([])
  expect(name).toBe(publicId('mer', shop.merchant.id))
})

test('a link that we signed opens the checkout once, while the contract does not ask for the shop’s signature', async () => {
  const made = await links.make(stored)
  const tokenOf = (url: string) => new URL(url).searchParams.get('t') ?? ''
  const follow = (url: string) => links.verify(publicId('pay', stored.id), tokenOf(url))
  expect(await follow(made.url)).toEqual({ kind: 'refused', reason: 'not-for-us' })
  await room.contracts.change(shop.merchant.id, { signedLink: 'none' })
  expect(await follow(made.url)).toMatchObject({ kind: 'verified', paymentId: stored.id })
  expect(await follow(made.url)).toEqual({ kind: 'refused', reason: 'used' })
  room.clock.advance(1000)
  const late = await links.make(stored)
  room.clock.advance(10 * 60_000)
  expect(await follow(late.url)).toEqual({ kind: 'refused', reason: 'expired' })
})
