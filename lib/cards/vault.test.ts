import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { BrokenInvariant } from '../invariant'
import type { Binding } from './vault'
import { createVault } from './vault'
import { aKey } from './wallet.fixtures'

const NUMBER = '4111111111111111'
const place: Binding = { kind: 'card', ownerId: 'owner', id: 'id' }
const older = aKey('older')
const newer = aKey('newer')
const fingerprint = randomBytes(32)
const vault = createVault({ sealing: [older], fingerprint })

test('a sealed number opens again and shows nothing of itself (P8.1)', () => {
  const sealed = vault.seal(place, NUMBER)
  expect(vault.open(place, sealed)).toBe(NUMBER)
  expect(sealed.keyId).toBe('older')
  expect(Buffer.from(sealed.sealedNumber).toString('latin1')).not.toContain(NUMBER.slice(0, 4))
  expect(vault.seal(place, NUMBER).sealedNumber).not.toEqual(sealed.sealedNumber)
})

test.each<[string, Partial<Binding>]>([
  ['another owner', { ownerId: 'other' }],
  ['another card', { id: 'other' }],
  ['a V-Card', { kind: 'vcard' }],
])('a sealed number moved to %s does not open (P8.1)', (_where, elsewhere) => {
  const sealed = vault.seal(place, NUMBER)
  expect(() => vault.open({ ...place, ...elsewhere }, sealed)).toThrow(BrokenInvariant)
})

test('a sealed number with any bit changed, or cut short, does not open', () => {
  const { sealedNumber, keyId } = vault.seal(place, NUMBER)
  for (let at = 0; at < sealedNumber.length; at++) {
    const changed = Uint8Array.from(sealedNumber)
    changed[at] = changed[at]! ^ 1
    expect(() => vault.open(place, { sealedNumber: changed, keyId })).toThrow(BrokenInvariant)
  }
  expect(() => vault.open(place, { sealedNumber: sealedNumber.slice(0, 20), keyId })).toThrow(BrokenInvariant)
})

test('while keys are rotated the newer one seals and both open; without the older key its numbers stay shut (P8.1)', () => {
  const sealed = vault.seal(place, NUMBER)
  const both = createVault({ sealing: [newer, older], fingerprint })
  expect(both.open(place, sealed)).toBe(NUMBER)
  expect(both.seal(place, NUMBER).keyId).toBe('newer')
  const alone = createVault({ sealing: [newer], fingerprint })
  expect(() => alone.open(place, sealed)).toThrow(/older/)
})

test('numbers are found again by a hash that nobody without the key can make (P8.1)', () => {
  expect(vault.fingerprint(NUMBER)).toEqual(createVault({ sealing: [newer], fingerprint }).fingerprint(NUMBER))
  const withoutKey = createVault({ sealing: [older], fingerprint: randomBytes(32) })
  expect(vault.fingerprint(NUMBER)).not.toEqual(withoutKey.fingerprint(NUMBER))
  expect(vault.fingerprint(NUMBER)).not.toEqual(vault.fingerprint('4111111111111112'))
})

test('an error of the vault names no card number', () => {
  const sealed = vault.seal(place, NUMBER)
  expect(() => vault.open({ ...place, id: 'other' }, sealed)).toThrow(/^(?!.*4111).*$/)
})
