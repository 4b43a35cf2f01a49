import { createPublicKey, X509Certificate } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type OpenedDatabase, openFreshDatabase, setClock } from '../auth/auth.fixtures'
import { authorityKey, GATEWAY, keyPair } from '../merchants/merchants.fixtures'
import { readCertificate } from './certificate'
import { fromPem } from './pem'
import { followChain } from './server-chain'
import { createTrust } from './trust'
import { anAuthority, certified, DAY } from './trust.fixtures'

let opened: OpenedDatabase
beforeAll(async () => (opened = await openFreshDatabase()))
afterAll(() => opened.close())

const report = () => undefined
const settings = (changes = {}) => ({
  WEB_URL: GATEWAY,
  CA_KEYS: [authorityKey('ca-1')],
  SIGNING_KEYS: [keyPair('sig-1').secret],
  ENCRYPTION_KEYS: [keyPair('enc-1', 'P-256').secret],
  ...changes,
})
const start = (wanted: ReturnType<typeof settings>, clock = setClock()) =>
  createTrust({ database: opened.database, clock, settings: wanted, report })
const dersOf = (x5c: readonly string[]) => x5c.map((der) => Buffer.from(der, 'base64'))

test('M-170: each of our keys has a certificate for what it does, under our own authority', async () => {
  const clock = setClock()
  const trust = await start(settings(), clock)
  const anchors = trust.anchors.map(({ der }) => der)
  for (const [purpose, kid] of [['signature', 'sig-1'] as const, ['encryption', 'enc-1'] as const]) {
    const chain = dersOf(trust.chainOf(purpose, kid))
    expect(await followChain(chain, { purpose, at: clock.now(), anchors })).toMatchObject({ kind: 'good' })
    expect(readCertificate(chain[0]!)?.uris).toEqual([GATEWAY])
  }
  expect(trust.chainOf('signature', 'enc-1')).toEqual([])
})

test('every process, and the next start, uses the same certificates', async () => {
  const wanted = settings({ CA_KEYS: [authorityKey('ca-2')] })
  const [one, other] = await Promise.all([start(wanted), start(wanted)])
  expect(one.anchors).toEqual(other.anchors)
  expect((await start(wanted)).chainOf('signature', 'sig-1')).toEqual(
    (await start(wanted)).chainOf('signature', 'sig-1'),
  )
})

test('certificates are renewed a month before they end, and the old ones stay known', async () => {
  const wanted = settings({ CA_KEYS: [authorityKey('ca-3')] })
  const clock = setClock()
  const trust = await start(wanted, clock)
  const first = trust.chainOf('signature', 'sig-1')
  clock.advance(334 * DAY)
  expect((await start(wanted, clock)).chainOf('signature', 'sig-1')).toEqual(first)
  clock.advance(2 * DAY)
  const second = (await start(wanted, clock)).chainOf('signature', 'sig-1')
  expect(second).not.toEqual(first)
  const known = (await trust.gatewayCertificates()).filter(({ x5c }) => x5c.at(-1) === first.at(-1))
  expect(known.map(({ x5c }) => x5c)).toEqual(expect.arrayContaining([first, second]))
})

test('another authority in front issues new certificates, and the one before is still believed', async () => {
  const [old, young] = [authorityKey('ca-old'), authorityKey('ca-young')]
  const before = await start(settings({ CA_KEYS: [old] }))
  const after = await start(settings({ CA_KEYS: [young, old] }))
  expect(after.anchors).toHaveLength(2)
  expect(after.anchors).toContainEqual(before.anchors[0])
})

test('an authority may stand below one that is kept offline', async () => {
  const offline = anAuthority('Offline root')
  const key = authorityKey('ca-below')
  const below = certified(offline, {
    purpose: 'authority',
    key: createPublicKey({ key, format: 'jwk' }),
    validFrom: new Date('2026-01-01T00:00:00Z'),
    validUntil: new Date('2027-01-01T00:00:00Z'),
  })
  const trust = await start(
    settings({ CA_KEYS: [{ ...key, x5c: [below, offline.der].map((der) => der.toString('base64')) }] }),
  )
  expect(trust.anchors.map(({ der }) => der)).toEqual([offline.der])
  expect(trust.chainOf('signature', 'sig-1')).toHaveLength(3)
  const leaf = readCertificate(Buffer.from(trust.chainOf('signature', 'sig-1')[0]!, 'base64'))
  expect(leaf!.validUntil).toBe(Date.parse('2027-01-01T00:00:00Z'))
})

test('a certificate in the settings that is another key’s stops the start', async () => {
  const offline = anAuthority('Offline root')
  const wrong = { ...authorityKey('ca-wrong'), x5c: [offline.der.toString('base64')] }
  await expect(start(settings({ CA_KEYS: [wrong] }))).rejects.toThrow('must be that of its key')
})

test('on connections we show a certificate that is good for a week at most', async () => {
  const clock = setClock()
  const trust = await start(settings({ CA_KEYS: [authorityKey('ca-4')] }), clock)
  const identity = trust.clientIdentity()
  const chain = fromPem('CERTIFICATE', identity.certificates)
  const anchors = trust.anchors.map(({ der }) => der)
  expect(await followChain(chain, { purpose: 'tls-client', at: clock.now(), anchors })).toMatchObject({ kind: 'good' })
  expect(await followChain(chain, { purpose: 'signature', at: clock.now(), anchors })).toMatchObject({
    reason: 'wrong-purpose',
  })
  expect(new X509Certificate(chain[0]!).subjectAltName).toBe(`URI:${GATEWAY}`)
  expect(trust.clientIdentity()).toBe(identity)
  clock.advance(4 * DAY)
  expect(trust.clientIdentity()).not.toBe(identity)
})

test('P2.2: nobody changes what an authority was or which certificates our keys had', async () => {
  const { prisma } = opened.database
  await start(settings({ CA_KEYS: [authorityKey('ca-5')] }))
  await expect(prisma.authority.deleteMany({})).rejects.toThrow()
  await expect(prisma.gatewayCertificate.updateMany({ data: { kid: 'x' } })).rejects.toThrow()
})
