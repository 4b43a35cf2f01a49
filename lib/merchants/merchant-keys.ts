import { createPublicKey, type KeyObject, X509Certificate } from 'node:crypto'
import type { Clock } from '../clock'
import type { Database } from '../db/database'
import { publicId, type Uuid } from '../ids'
import { readCertificate } from '../trust/certificate'
import { fromPem } from '../trust/pem'
import { fingerprintOf, followChain, isRootAuthority } from '../trust/server-chain'
import { keyOfRequest } from '../trust/signing-request'
import type { Trust } from '../trust/trust'
import {
  findAuthorities,
  findRegisteredKeys,
  insertKey,
  removeAuthority,
  revokeKey,
  upsertAuthority,
} from './key-store'
import type { AuthorityUse, MerchantAuthority, RegisteredKey } from './merchant'
import { type KeyFault, type PublicJwk, readPublicJwk } from './merchant-jwk'
import { findMerchant } from './store'
import { verifySigned } from './verify-signed'

export type KeyRefusal =
  | KeyFault
  | 'kid-taken'
  | 'too-many-keys'
  | 'bad-request'
  /** Ends at no authority that the merchant uploaded, or is not for signatures, or is not valid now. */
  | 'untrusted-certificates'
  /** Whoever sent the key did not show that they have its private half. */
  | 'no-proof'
  | 'bad-validity'

export type AddedKey = { kind: 'added'; key: RegisteredKey } | { kind: 'refused'; reason: KeyRefusal }

export interface Validity {
  readonly validFrom?: Date
  readonly validUntil?: Date
}

/** A merchant's public signature keys: several live at once, so that a shop changes keys without a gap (docs/trust.md). */
export interface MerchantKeys {
  keys(merchantId: Uuid): Promise<RegisteredKey[]>
  /**
   * Registers a public key. One without certificates is certified by our authority; `x5c` has to end at an authority that
   * the merchant uploaded, or at ours.
   * @param wanted.proof a JWS of type key.proof by the new key, from whoever had it made (source: issued)
   */
  addKey(merchantId: Uuid, wanted: { jwk: unknown; proof?: string } & Validity): Promise<AddedKey>
  /** Registers the key of a certificate chain in PEM, the key's own first. */
  addCertificate(merchantId: Uuid, wanted: { kid: string; pem: string }): Promise<AddedKey>
  /** Certifies the key of a signing request in PEM (PKCS #10). */
  addRequest(merchantId: Uuid, wanted: { kid: string; pem: string } & Validity): Promise<AddedKey>
  /** What it signed is refused from the next message on. False when there is no such live key. */
  revokeKey(merchantId: Uuid, kid: string): Promise<boolean>

  /** Authorities of the merchant's own that are believed: for its keys, or for its server at the confirmation address. */
  authorities(merchantId: Uuid): Promise<MerchantAuthority[]>
  addAuthority(
    merchantId: Uuid,
    wanted: { use: AuthorityUse; pem: string },
  ): Promise<{ kind: 'added'; authority: MerchantAuthority } | { kind: 'refused'; reason: 'bad-authority' }>
  /** Revokes every key whose chain ends there too. False when there is none. */
  removeAuthority(merchantId: Uuid, use: AuthorityUse, fingerprint: string): Promise<boolean>
}

/** Two during a change, and a few for a shop with several servers. */
const MOST_LIVE_KEYS = 8

interface Parts {
  readonly database: Database
  readonly clock: Clock
  readonly trust: Pick<Trust, 'anchors' | 'certify'>
}

export function createMerchantKeys({ database, clock, trust }: Parts): MerchantKeys {
  const { prisma } = database
  const refused = (reason: KeyRefusal): AddedKey => ({ kind: 'refused', reason })

  return {
    keys: (merchantId) => findRegisteredKeys(prisma, merchantId),

    async addKey(merchantId, { jwk, proof, ...validity }) {
      const read = readPublicJwk(jwk)
      if (read.kind === 'refused') return read
      const { x5c, ...bare } = read.jwk
      if (proof !== undefined && !(await isProof(proof, read.jwk, merchantId))) return refused('no-proof')
      if (x5c) return addCertified(merchantId, bare, x5c.map(derOf), 'jwk')
      return certify(merchantId, bare, proof === undefined ? 'jwk' : 'issued', validity)
    },

    async addCertificate(merchantId, { kid, pem }) {
      const chain = fromPem('CERTIFICATE', pem)
      const read = chain[0] ? readPublicJwk(jwkOfCertificate(chain[0], kid)) : undefined
      if (!read) return refused('bad-certificates')
      if (read.kind === 'refused') return read
      return addCertified(merchantId, read.jwk, chain, 'certificate')
    },

    async addRequest(merchantId, { kid, pem, ...validity }) {
      const [der] = fromPem('CERTIFICATE REQUEST', pem)
      const key = der && keyOfRequest(der)
      if (!key) return refused('bad-request')
      const read = readPublicJwk({ ...key.export({ format: 'jwk' }), kid })
      return read.kind === 'refused' ? read : certify(merchantId, read.jwk, 'request', validity)
    },

    revokeKey: (merchantId, kid) => revokeKey(prisma, merchantId, kid, clock.now()),

    authorities: (merchantId) => findAuthorities(prisma, merchantId),

    async addAuthority(merchantId, { use, pem }) {
      const [der, ...others] = fromPem('CERTIFICATE', pem)
      const read = der && readCertificate(der)
      const now = clock.now()
      const isGood = read && others.length === 0 && isRootAuthority(der) && now.getTime() < read.validUntil
      if (!isGood) return { kind: 'refused', reason: 'bad-authority' }
      const authority: MerchantAuthority = {
        ...{ use, der, fingerprint: fingerprintOf(der), createdAt: now },
        name: new X509Certificate(der).subject.replace(/\n/g, ', ').slice(0, 200),
        validFrom: new Date(read.validFrom),
        validUntil: new Date(read.validUntil),
      }
      await upsertAuthority(prisma, merchantId, authority)
      return { kind: 'added', authority }
    },

    removeAuthority: (merchantId, use, fingerprint) =>
      database.transaction((tx) => removeAuthority(tx, { merchantId, use, fingerprint }, clock.now())),
  }

  /** A key that comes without certificates gets one of ours. */
  async function certify(
    merchantId: Uuid,
    jwk: PublicJwk,
    source: RegisteredKey['source'],
    { validFrom = clock.now(), validUntil }: Validity,
  ): Promise<AddedKey> {
    if (validUntil && (validUntil <= validFrom || validUntil <= clock.now())) return refused('bad-validity')
    const merchant = await findMerchant(prisma, merchantId)
    if (!merchant) return refused('untrusted-certificates')
    const certified = trust.certify({
      id: publicId('mer', merchantId),
      name: merchant.nameEn || merchant.name,
      publicKey: keyOf(jwk),
      validFrom,
      ...(validUntil && { validUntil }),
    })
    const authority = fingerprintOf(derOf(certified.x5c.at(-1)!))
    return insert(merchantId, {
      ...{ kid: jwk.kid, jwk: { ...jwk, x5c: [...certified.x5c] }, source, authority },
      ...{ validFrom, validUntil: certified.validUntil },
    })
  }

  async function addCertified(
    merchantId: Uuid,
    jwk: PublicJwk,
    ders: readonly Buffer[],
    source: RegisteredKey['source'],
  ): Promise<AddedKey> {
    const own = await findAuthorities(prisma, merchantId, 'keys')
    const anchors = [...own, ...trust.anchors].map(({ der }) => der)
    const followed = await followChain(ders, { purpose: 'signature', at: clock.now(), anchors })
    if (followed.kind === 'refused') return refused('untrusted-certificates')
    const { chain } = followed
    const x5c = chain.map(({ der }) => Buffer.from(der).toString('base64'))
    const whole = readPublicJwk({ ...jwk, x5c })
    if (whole.kind === 'refused') return whole
    return insert(merchantId, {
      ...{ kid: jwk.kid, jwk: whole.jwk, source, authority: fingerprintOf(chain.at(-1)!.der) },
      // A key is good as long as everything above it is.
      validFrom: new Date(Math.max(...chain.map(({ validFrom }) => validFrom))),
      validUntil: new Date(Math.min(...chain.map(({ validUntil }) => validUntil))),
    })
  }

  async function insert(merchantId: Uuid, key: RegisteredKey): Promise<AddedKey> {
    const now = clock.now()
    const known = await findRegisteredKeys(prisma, merchantId)
    const live = known.filter(({ revokedAt, validUntil }) => !revokedAt && (!validUntil || validUntil > now))
    if (live.length >= MOST_LIVE_KEYS) return refused('too-many-keys')
    return (await insertKey(prisma, merchantId, key)) ? { kind: 'added', key } : refused('kid-taken')
  }

  async function isProof(proof: string, jwk: PublicJwk, merchantId: Uuid): Promise<boolean> {
    const now = clock.now()
    const key = { kid: jwk.kid, jwk, validFrom: new Date(0) }
    const checked = await verifySigned(proof, (kid) => Promise.resolve(kid === jwk.kid ? key : undefined), now)
    if (checked.kind === 'refused') return false
    const { iss, typ } = checked.claims
    return typ === 'key.proof' && iss === publicId('mer', merchantId)
  }
}

const derOf = (base64: string) => Buffer.from(base64, 'base64')

function keyOf({ kid: _, x5c: __, ...jwk }: PublicJwk): KeyObject {
  return createPublicKey({ key: jwk, format: 'jwk' })
}

function jwkOfCertificate(der: Uint8Array, kid: string): unknown {
  try {
    return { ...new X509Certificate(der).publicKey.export({ format: 'jwk' }), kid }
  } catch {
    return undefined
  }
}
