import { createPublicKey, generateKeyPairSync } from 'node:crypto'
import { expect, test } from 'vitest'
import { certifiedEncryptionKey } from './browser-chain'
import { fingerprintOf } from './server-chain'
import { anAuthority, certified, DAY, HOUR, spki } from './trust.fixtures'

const GATEWAY = 'https://pay.moa.example'
const root = anAuthority('Moa root')
const middle = anAuthority('Moa issuing', { by: root })
const old = anAuthority('Moa issuing', { by: root, validUntil: new Date(Date.now() - DAY / 2) })
const stranger = anAuthority('Moa root')
const key = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey
const now = Date.now()
const wish = { purpose: 'encryption', uri: GATEWAY, key } as const

const check = (...chain: readonly Uint8Array[]) =>
  certifiedEncryptionKey(
    chain.map((der) => Buffer.from(der).toString('base64')),
    { anchors: [fingerprintOf(root.der)], gateway: GATEWAY },
    now,
  )

test('M-186: a page uses the key of a chain that ends at the authority it pins, and takes it from the certificate', async () => {
  const publicKey = Uint8Array.from(spki(createPublicKey(key)))
  expect(await check(certified(root, wish), root.der)).toEqual({ kind: 'certified', publicKey })
  // ECDSA's integers vary in length; each length has to be read.
  for (let signed = 0; signed < 40; signed++) {
    expect(await check(certified(middle, wish), middle.der, root.der)).toMatchObject({ kind: 'certified' })
  }
})

const changed = certified(root, wish)
changed[changed.length - 1]! ^= 1

test.each<[string, readonly Uint8Array[], string]>([
  ['no certificate', [], 'malformed'],
  ['a key nobody certified', [root.der], 'wrong-purpose'],
  ['an expired certificate', [certified(root, { ...wish, validUntil: new Date(now - 1000) }), root.der], 'expired'],
  [
    'a certificate that is not valid yet',
    [certified(root, { ...wish, validFrom: new Date(now + HOUR) }), root.der],
    'not-valid-yet',
  ],
  ['a certificate for signatures', [certified(root, { ...wish, purpose: 'signature' }), root.der], 'wrong-purpose'],
  [
    'another gateway’s certificate',
    [certified(root, { ...wish, uri: 'https://evil.example' }), root.der],
    'wrong-name',
  ],
  ['a certificate that names nobody', [certified(root, { purpose: 'encryption', key }), root.der], 'wrong-name'],
  ['another authority’s certificate', [certified(stranger, wish), stranger.der], 'unknown-authority'],
  ['our authority named over another’s signature', [certified(stranger, wish), root.der], 'bad-signature'],
  ['a changed signature', [changed, root.der], 'bad-signature'],
  ['the root left out', [certified(middle, wish), middle.der], 'unknown-authority'],
  ['an expired authority', [certified(old, wish), old.der, root.der], 'expired'],
])('M-226: a page that is offered %s sends nothing', async (_, chain, reason) => {
  expect(await check(...chain)).toEqual({ kind: 'refused', reason })
})
