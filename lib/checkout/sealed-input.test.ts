import { CompactEncrypt, exportJWK, generateKeyPair, importJWK, type JWK } from 'jose'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type OpenedDatabase, openFreshDatabase, setClock, type SetClock } from '../auth/auth.fixtures'
import { createAudit } from '../audit/audit'
import { uuidAt } from '../ids'
import { authorityKey, GATEWAY, keyPair } from '../merchants/merchants.fixtures'
import { createSeenMessages } from '../merchants/seen-messages'
import { createShopMessages } from '../merchants/shop-messages'
import { createTrust } from '../trust/trust'
import { createSealedInput, type SealedInput } from './sealed-input'

const MINUTE = 60_000
const tenantId = uuidAt(new Date())
const authority = authorityKey('ca')
const TID = 'pay_0123'

let opened: OpenedDatabase
let oldKey: JWK & { kid: string; kty: string }
let newKey: JWK & { kid: string; kty: string }
let clock: SetClock
let sealed: SealedInput

const publicPart = ({ d: _, ...published }: JWK): JWK => published

async function aKey(kid: string) {
  const { privateKey } = await generateKeyPair('ECDH-ES+A256KW', { crv: 'P-256', extractable: true })
  return { ...(await exportJWK(privateKey)), kid, kty: 'EC' }
}

beforeAll(async () => {
  opened = await openFreshDatabase()
  oldKey = await aKey('enc-2025')
  newKey = await aKey('enc-2026')
})
afterAll(() => opened.close())
beforeEach(async () => {
  clock = setClock()
  const settings = {
    ENCRYPTION_KEYS: [newKey, oldKey],
    SESSION_SECRET: 'a secret of tests, forty characters long',
    WEB_URL: GATEWAY,
  }
  const audit = createAudit({ database: opened.database, clock })
  const others = { CA_KEYS: [authority], SIGNING_KEYS: [keyPair('sig').secret], ...settings }
  sealed = createSealedInput({
    settings,
    trust: await createTrust({ database: opened.database, clock, settings: others, report: () => undefined }),
    clock,
    seen: createSeenMessages({ database: opened.database }),
    refused: createShopMessages({ ...opened, clock, audit }).refused,
  })
})

interface Changes {
  readonly header?: Record<string, unknown>
  readonly contents?: Record<string, unknown>
  readonly key?: JWK
}

/** What the page's script does. */
async function encrypt({ header = {}, contents = {}, key }: Changes = {}): Promise<string> {
  const offer = sealed.offer(TID)
  const inUse = sealed.jwks.keys[0]!
  const plain = { number: '9400011234567890', tid: offer.tid, nonce: offer.nonce, iat: offer.iat, ...contents }
  const alg = typeof header['alg'] === 'string' ? header['alg'] : inUse.alg!
  return new CompactEncrypt(new TextEncoder().encode(JSON.stringify(plain)))
    .setProtectedHeader({ alg, enc: 'A256GCM', kid: inUse.kid!, ...header })
    .encrypt(await importJWK(key ?? inUse, alg))
}

const open = (jwe: string) => sealed.open(jwe, { tid: TID, tenantId })

test('M-226: what the browser encrypts to our key is read, without the members that bound it (M-186, M-187, M-219, M-231, N14)', async () => {
  expect(await open(await encrypt())).toEqual({ kind: 'opened', input: { number: '9400011234567890' } })
})

test('M-226: the page is offered nothing private', () => {
  for (const key of sealed.jwks.keys) expect(key).not.toHaveProperty('d')
  expect(sealed.jwks.keys[0]).toMatchObject({ kid: 'enc-2026', kty: 'EC', crv: 'P-256', use: 'enc' })
  expect(sealed.jwks.keys.map(({ kid }) => kid)).toEqual(['enc-2026', 'enc-2025'])
})

test('P5.3: each encrypted input is accepted once, and two at the same moment are one', async () => {
  const jwe = await encrypt()
  const answers = await Promise.all([open(jwe), open(jwe), open(jwe)])
  expect(answers.filter(({ kind }) => kind === 'opened')).toHaveLength(1)
  expect(await open(jwe)).toEqual({ kind: 'refused', reason: 'used' })
})

test('an input encrypted to the key before is still read after the key has changed', async () => {
  expect(await open(await encrypt({ header: { kid: 'enc-2025' }, key: publicPart(oldKey) }))).toMatchObject({
    kind: 'opened',
  })
})

test('P5.3: what was typed on one payment’s page opens nothing on another’s', async () => {
  const jwe = await encrypt()
  expect(await sealed.open(jwe, { tid: 'pay_9999', tenantId })).toEqual({ kind: 'refused', reason: 'not-for-us' })
  const other = sealed.offer('pay_9999')
  expect(await open(await encrypt({ contents: { nonce: other.nonce } }))).toEqual({
    kind: 'refused',
    reason: 'not-for-us',
  })
})

test('a page that lay open for half an hour has to be loaded again', async () => {
  const jwe = await encrypt()
  clock.advance(30 * MINUTE)
  expect(await open(jwe)).toEqual({ kind: 'refused', reason: 'not-for-us' })
})

test('an input may be encrypted at any time while the page is open', async () => {
  const early = await encrypt()
  clock.advance(29 * MINUTE)
  expect(await open(early)).toMatchObject({ kind: 'opened' })
})

test.each<[string, () => Promise<string> | string, string]>([
  ['nothing', () => '', 'malformed'],
  ['plain JSON', () => '{"number":"9400011234567890"}', 'malformed'],
  ['a megabyte', () => `${'A'.repeat(1_000_000)}.A.A.A.A`, 'malformed'],
  ['a key we do not know', () => encrypt({ header: { kid: 'enc-1999' } }), 'unknown-key'],
  [
    'somebody else’s key under our key id',
    async () => encrypt({ key: publicPart(await aKey('enc-2026')) }),
    'malformed',
  ],
  ['another way of agreeing on a key', () => encrypt({ header: { alg: 'ECDH-ES+A128KW' } }), 'unknown-key'],
  ['direct agreement', () => encrypt({ header: { alg: 'ECDH-ES' } }), 'unknown-key'],
  ['a cipher of another size', () => encrypt({ header: { enc: 'A128GCM' } }), 'malformed'],
  ['a cipher of another kind', () => encrypt({ header: { enc: 'A256CBC-HS512' } }), 'malformed'],
  ['an address of a key in its header', () => encrypt({ header: { jku: 'https://evil.example/jwks' } }), 'malformed'],
  ['no transaction', () => encrypt({ contents: { tid: undefined } }), 'malformed'],
  ['no nonce', () => encrypt({ contents: { nonce: undefined } }), 'malformed'],
  ['a nonce of its own making', () => encrypt({ contents: { nonce: crypto.randomUUID() } }), 'not-for-us'],
  ['no time', () => encrypt({ contents: { iat: undefined } }), 'malformed'],
  ['a time before the page was made', () => encrypt({ contents: { iat: 1_700_000_000 } }), 'outside-time-window'],
  ['a time far ahead', () => encrypt({ contents: { iat: 1_999_999_999 } }), 'outside-time-window'],
  ['one character changed', async () => flip(await encrypt()), 'malformed'],
])('P5.3: an input with %s is refused', async (_, make, reason) => {
  expect(await open(await make())).toEqual({ kind: 'refused', reason })
})

test('P5.3: compressed, "none" and password-based inputs are refused', async () => {
  const [, ...rest] = (await encrypt()).split('.')
  for (const header of [
    { alg: 'ECDH-ES+A256KW', enc: 'A256GCM', kid: 'enc-2026', zip: 'DEF' },
    { alg: 'dir', enc: 'A256GCM', kid: 'enc-2026' },
    { alg: 'PBES2-HS256+A128KW', enc: 'A256GCM', kid: 'enc-2026', p2c: 1_000_000_000, p2s: 'AAAA' },
    { alg: 'none', enc: 'A256GCM', kid: 'enc-2026' },
    { alg: 'ECDH-ES+A256KW', enc: 'A256GCM', kid: 'enc-2026', crit: ['x'], x: 1 },
    { alg: 'ECDH-ES+A256KW', enc: 'A256GCM', kid: 'enc-2026', epk: { kty: 'EC', crv: 'P-256', x: 'AA', y: 'AA' } },
  ]) {
    const forged = [Buffer.from(JSON.stringify(header)).toString('base64url'), ...rest].join('.')
    expect(await open(forged)).toMatchObject({ kind: 'refused' })
  }
})

function flip(jwe: string): string {
  const parts = jwe.split('.')
  const text = parts[3]!
  parts[3] = (text.startsWith('A') ? 'B' : 'A') + text.slice(1)
  return parts.join('.')
}

test('P9.3: what is refused in a shop’s checkout leaves a line in its trail, and nothing of what was typed', async () => {
  const { database } = opened
  const merchantId = uuidAt(new Date())
  const shop = { id: merchantId, name: 's', nameEn: 's', categoryCode: '5942', confirmation: 'none' }
  await database.prisma.merchant.create({ data: { ...shop, createdAt: new Date() } })
  const typed = await encrypt()
  expect((await sealed.open(typed, { tid: TID, tenantId: merchantId })).kind).toBe('opened')
  for (const message of [typed, flip(await encrypt()), await encrypt({ header: { kid: 'enc-1999' } })]) {
    expect((await sealed.open(message, { tid: TID, tenantId: merchantId })).kind).toBe('refused')
  }
  const trail = await createAudit({ database, clock }).list(merchantId, { limit: 10 })
  expect(trail.map(({ outcome }) => outcome).sort()).toEqual(['malformed', 'unknown-key', 'used'])
  expect(trail[0]).toMatchObject({ action: 'message.refuse', object: TID, detail: { purpose: 'payment.input' } })
  expect(JSON.stringify(trail)).not.toContain('9400011234567890')
})
