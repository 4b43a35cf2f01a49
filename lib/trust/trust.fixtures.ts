import { createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto'
import { type CertificateWish, distinguishedName, issueCertificate } from './issue'

export const HOUR = 3_600_000
export const DAY = 24 * HOUR

/** An authority of a test, whose certificate is signed by itself or by another. */
export interface TestAuthority {
  readonly der: Buffer
  readonly name: Buffer
  readonly privateKey: KeyObject
}

export function anAuthority(
  commonName: string,
  { by, ...wish }: Partial<CertificateWish> & { by?: TestAuthority } = {},
): TestAuthority {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const name = distinguishedName({ commonName })
  const der = issueCertificate(by ?? { name, privateKey }, {
    name,
    publicKey: spki(publicKey),
    purpose: 'authority',
    validFrom: new Date(Date.now() - DAY),
    validUntil: new Date(Date.now() + 3650 * DAY),
    ...wish,
  })
  return { der, name, privateKey }
}

/** A certificate for a key, or for a new P-256 one. */
export function certified(
  by: TestAuthority,
  { key, ...wish }: Partial<CertificateWish> & { key?: KeyObject } = {},
): Buffer {
  const publicKey = key
    ? key.type === 'private'
      ? createPublicKey(key)
      : key
    : generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey
  return issueCertificate(by, {
    name: distinguishedName({ commonName: 'a key', organization: '모아' }),
    publicKey: spki(publicKey),
    purpose: 'signature',
    validFrom: new Date(Date.now() - HOUR),
    validUntil: new Date(Date.now() + 30 * DAY),
    ...wish,
  })
}

export const spki = (key: KeyObject) => key.export({ format: 'der', type: 'spki' })
