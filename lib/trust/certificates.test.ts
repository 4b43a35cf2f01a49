import { execFileSync } from 'node:child_process'
import { generateKeyPairSync } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { readCertificate } from './certificate'
import type { KeyPurpose } from './chain'
import { fromPem, toPem } from './pem'
import { followChain, isRootAuthority } from './server-chain'
import { keyOfRequest } from './signing-request'
import { anAuthority, certified, DAY, HOUR, spki, type TestAuthority } from './trust.fixtures'

const folder = mkdtempSync(path.join(tmpdir(), 'moa-trust-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** The openssl command line: it shares no code with us. */
function openssl(...args: readonly string[]): string {
  return execFileSync('openssl', args, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
}
function keep(name: string, der: Uint8Array): string {
  writeFileSync(path.join(folder, name), toPem('CERTIFICATE', der))
  return name
}
const read = (name: string) => readFileSync(path.join(folder, name), 'utf8')

const root = anAuthority('Moa root')
const middle = anAuthority('Moa issuing', { by: root })
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 })
const ed25519 = generateKeyPairSync('ed25519')
const now = new Date()

test.each<[string, Parameters<typeof certified>[1], string]>([
  ['a signature key on P-256', {}, 'Digital Signature'],
  ['an Ed25519 signature key', { key: ed25519.privateKey }, 'Digital Signature'],
  ['an encryption key on P-256', { purpose: 'encryption', uri: 'https://pay.moa.example' }, 'Key Agreement'],
  ['an RSA encryption key', { purpose: 'encryption', key: rsa.privateKey }, 'Key Encipherment'],
  ['a key for connections', { purpose: 'tls-client' }, 'TLS Web Client Authentication'],
  ['a key that is good past 2049', { validUntil: new Date('2051-01-01T00:00:00Z') }, 'Jan  1 00:00:00 2051 GMT'],
])('M-170: openssl believes the certificate of %s, and reads in it what it is for', (_, wish, said) => {
  const leaf = keep('leaf.pem', certified(middle, wish))
  const chain = ['-CAfile', keep('root.pem', root.der), '-untrusted', keep('middle.pem', middle.der)]
  const purpose = wish?.purpose === 'tls-client' ? ['-purpose', 'sslclient'] : []
  expect(openssl('verify', '-x509_strict', ...purpose, ...chain, leaf)).toBe('leaf.pem: OK\n')
  expect(openssl('x509', '-in', leaf, '-noout', '-text')).toContain(said)
})

test.each(['ed25519', 'ec -pkeyopt ec_paramgen_curve:P-256'])(
  'a request that openssl made with a key of %s is read, and its key is the one asked for',
  (kind) => {
    const [algorithm = '', ...options] = kind.split(' ')
    openssl('genpkey', '-algorithm', algorithm, ...options, '-out', 'key.pem')
    openssl('req', '-new', '-key', 'key.pem', '-subj', '/CN=whoever', '-out', 'request.pem')
    const [der] = fromPem('CERTIFICATE REQUEST', read('request.pem'))
    const key = keyOfRequest(der!)
    expect(key?.export({ format: 'pem', type: 'spki' })).toBe(openssl('pkey', '-in', 'key.pem', '-pubout'))

    const changed = Buffer.from(der!)
    changed[changed.indexOf('whoever')] = 0x57
    expect(keyOfRequest(changed)).toBeUndefined()
  },
)

test.each(['', 'AAAA', 'MAA=', 'MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA'])(
  'what is no request is read as none (%s)',
  (base64) => {
    expect(keyOfRequest(Buffer.from(base64, 'base64'))).toBeUndefined()
    expect(readCertificate(Buffer.from(base64, 'base64'))).toBeUndefined()
  },
)

test('a request for a key of another kind is refused', () => {
  openssl(
    'req',
    '-new',
    '-newkey',
    'rsa:2048',
    '-nodes',
    '-keyout',
    'rsa.pem',
    '-subj',
    '/CN=x',
    '-out',
    'rsa-request.pem',
  )
  expect(keyOfRequest(fromPem('CERTIFICATE REQUEST', read('rsa-request.pem'))[0]!)).toBeUndefined()
})

test('M-209: a chain under an authority of the merchant’s own, made by openssl with RSA, is followed', async () => {
  openssl(
    'req',
    '-x509',
    '-newkey',
    'rsa:2048',
    '-nodes',
    '-keyout',
    'own.pem',
    '-subj',
    '/CN=Own',
    '-out',
    'own-ca.pem',
  )
  openssl('genpkey', '-algorithm', 'ed25519', '-out', 'key.pem')
  openssl('req', '-new', '-key', 'key.pem', '-subj', '/CN=shop', '-out', 'request.pem')
  writeFileSync(
    path.join(folder, 'extensions'),
    'keyUsage=critical,digitalSignature\nsubjectAltName=URI:https://shop.example\n',
  )
  const by = ['-CA', 'own-ca.pem', '-CAkey', 'own.pem', '-CAcreateserial', '-extfile', 'extensions']
  openssl('x509', '-req', '-in', 'request.pem', ...by, '-days', '30', '-out', 'shop.pem')
  const [own] = fromPem('CERTIFICATE', read('own-ca.pem'))
  const [leaf] = fromPem('CERTIFICATE', read('shop.pem'))
  expect(isRootAuthority(own!)).toBe(true)
  expect(readCertificate(leaf!)?.uris).toEqual(['https://shop.example'])
  const question = { purpose: 'signature', at: new Date(), anchors: [own!] } as const
  expect(await followChain([leaf!], question)).toMatchObject({ kind: 'good', chain: { length: 2 } })
  expect(await followChain([leaf!], { ...question, anchors: [root.der] })).toMatchObject({ kind: 'refused' })
})

const leaf = (wish: Parameters<typeof certified>[1] = {}, by: TestAuthority = middle) => [
  certified(by, wish),
  middle.der,
]
const past = new Date(now.getTime() - HOUR / 2)
const expired = anAuthority('Moa issuing', { by: root, validUntil: past })
const noAuthority = { ...middle, der: certified(root, { name: middle.name, key: middle.privateKey }) }
const impostor = anAuthority('Moa root')
const stranger = anAuthority('Another root')
const shallow = anAuthority('Below', { by: middle })

/** Flips a bit of what is signed. */
function tampered(der: Buffer): Buffer {
  const copy = Buffer.from(der)
  copy[copy.indexOf('모아')]! ^= 1
  return copy
}

test.each<[string, readonly Uint8Array[], string, KeyPurpose?]>([
  ['that is empty', [], 'malformed'],
  ['of anything', [Buffer.from('a certificate')], 'malformed'],
  ['that is too long', Array.from({ length: 6 }, () => middle.der), 'malformed'],
  ['that is not valid yet', leaf({ validFrom: new Date(now.getTime() + HOUR) }), 'not-valid-yet'],
  ['that has expired', leaf({ validUntil: past }), 'expired'],
  ['whose authority has expired', [certified(expired), expired.der], 'expired'],
  ['for another purpose', leaf({ purpose: 'encryption' }), 'wrong-purpose'],
  ['for messages, used for encryption', leaf(), 'wrong-purpose', 'encryption'],
  ['for connections, used for messages', leaf({ purpose: 'tls-client' }), 'wrong-purpose'],
  ['for messages, used for connections', leaf(), 'wrong-purpose', 'tls-client'],
  ['of an authority, used as a key', leaf({ purpose: 'authority' }), 'wrong-purpose'],
  ['under what is no authority', [certified(noAuthority), noAuthority.der], 'not-an-authority'],
  ['whose parts do not belong together', [certified(shallow), middle.der], 'not-linked'],
  ['that was changed', [tampered(certified(middle)), middle.der], 'bad-signature'],
  ['of somebody who took the root’s name', [certified(impostor)], 'bad-signature'],
  ['that ends at another authority', [certified(stranger), stranger.der], 'unknown-authority'],
  ['that signs itself', [impostor.der], 'wrong-purpose'],
])('P5.2: a chain %s is refused', async (_, chain, reason, purpose = 'signature') => {
  expect(await followChain(chain, { purpose, at: now, anchors: [root.der] })).toEqual({ kind: 'refused', reason })
})

test('a chain is followed whether or not it brings the root along', async () => {
  const question = { purpose: 'signature', at: now, anchors: [root.der] } as const
  expect(await followChain(leaf(), question)).toMatchObject({ kind: 'good', chain: { length: 3 } })
  expect(await followChain([...leaf(), root.der], question)).toMatchObject({ kind: 'good', chain: { length: 3 } })
  expect(await followChain(leaf(), { ...question, at: new Date(now.getTime() + 31 * DAY) })).toMatchObject({
    reason: 'expired',
  })
})

test('only what may certify and signs itself is believed as an authority', () => {
  expect(isRootAuthority(root.der)).toBe(true)
  expect(isRootAuthority(middle.der)).toBe(false)
  expect(isRootAuthority(certified(root))).toBe(false)
  expect(isRootAuthority(Buffer.from('x'))).toBe(false)
  expect(spki(ed25519.publicKey).length).toBe(44)
})
