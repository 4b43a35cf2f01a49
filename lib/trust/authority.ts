import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto'
import type { Clock } from '../clock'
import type { Database } from '../db/database'
import type { Settings } from '../env'
import { invariant } from '../invariant'
import { readCertificate } from './certificate'
import { type CertificateWish, distinguishedName, issueCertificate } from './issue'
import { fingerprintOf } from './server-chain'
import { keepAuthority } from './trust-store'

/** An authority that is believed: the end of chains. */
export interface Anchor {
  /** SHA-256 of its certificate, base64url: what a page pins. */
  readonly fingerprint: string
  readonly der: Buffer
}

export interface IssuedCertificate {
  /** The certificate first, the anchor last, as JWKs carry them (base64 of DER; RFC 7517, 4.7). */
  readonly x5c: readonly string[]
  readonly validFrom: Date
  readonly validUntil: Date
}

/** The gateway's own certification authority. */
export interface Authority {
  readonly anchors: readonly Anchor[]
  /** Never outlives the authority's own certificate. */
  issue(wish: Omit<CertificateWish, 'publicKey'> & { readonly publicKey: KeyObject }): IssuedCertificate
}

const ROOT_YEARS = 20
/** Clocks of those who check may be behind ours. */
const BACKDATED_MS = 300_000

/**
 * Opens the authority of CA_KEYS: the first key issues, the certificates of all are believed. A key without a certificate
 * gets one signed by itself when it is first used; with `x5c` it is an authority below one that may be kept offline.
 *
 * @throws BrokenInvariant at start when a key is not a private P-256 key, or its certificate is another's
 */
export async function openAuthority(
  database: Pick<Database, 'prisma'>,
  clock: Clock,
  { CA_KEYS, WEB_URL }: Pick<Settings, 'CA_KEYS' | 'WEB_URL'>,
): Promise<Authority> {
  const organization = new URL(WEB_URL).host
  const opened: { privateKey: KeyObject; chain: readonly Buffer[] }[] = []
  for (const key of CA_KEYS) {
    const privateKey = createPrivateKey({ key, format: 'jwk' })
    invariant(
      privateKey.asymmetricKeyDetails?.namedCurve === 'prime256v1',
      'a key in CA_KEYS must be a private P-256 key',
    )
    const own = key.x5c?.map((der) => Buffer.from(der, 'base64'))
    const chain = own ?? [
      await keepAuthority(database.prisma, key.kid, selfSigned(privateKey, organization), clock.now()),
    ]
    const certified = readCertificate(chain[0]!)?.publicKey
    const spki = createPublicKey(privateKey).export({ format: 'der', type: 'spki' })
    invariant(
      certified && spki.equals(certified),
      'a certificate in CA_KEYS must be that of its key, and a kid never comes to mean another key',
    )
    opened.push({ privateKey, chain })
  }
  const [issuing] = opened
  const issuer = issuing && readCertificate(issuing.chain[0]!)
  invariant(issuer, 'CA_KEYS must hold a key')
  const { privateKey, chain } = issuing

  return {
    anchors: opened.map(({ chain: [...whole] }) => anchor(whole.at(-1)!)),
    issue({ publicKey, ...wish }) {
      const validUntil = new Date(Math.min(wish.validUntil.getTime(), issuer.validUntil))
      const validFrom = new Date(Math.max(wish.validFrom.getTime() - BACKDATED_MS, issuer.validFrom))
      const spki = publicKey.export({ format: 'der', type: 'spki' })
      const der = issueCertificate(
        { name: issuer.subject, privateKey },
        { ...wish, publicKey: spki, validFrom, validUntil },
      )
      return { x5c: [der, ...chain].map((each) => each.toString('base64')), validFrom, validUntil }
    },
  }

  function selfSigned(key: KeyObject, house: string): Buffer {
    const now = clock.now()
    const validUntil = new Date(now)
    validUntil.setUTCFullYear(now.getUTCFullYear() + ROOT_YEARS)
    const name = distinguishedName({ commonName: 'Moa certification authority', organization: house })
    const publicKey = createPublicKey(key).export({ format: 'der', type: 'spki' })
    const validFrom = new Date(now.getTime() - BACKDATED_MS)
    return issueCertificate({ name, privateKey: key }, { name, publicKey, purpose: 'authority', validFrom, validUntil })
  }
}

export function anchor(der: Buffer): Anchor {
  return { fingerprint: fingerprintOf(der), der }
}
