import { createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto'
import { type Clock, DAY_MS, HOUR_MS, later } from '../clock'
import type { Database } from '../db/database'
import type { Settings } from '../env'
import { invariant } from '../invariant'
import { type Anchor, anchor, type Authority, type IssuedCertificate, openAuthority } from './authority'
import { distinguishedName } from './issue'
import { toPem } from './pem'
import { findGatewayCertificates, type GatewayCertificate, insertGatewayCertificate } from './trust-store'

/** Certificates: our authority's, those of our own keys, and those we give to shops (docs/trust.md). */
export interface Trust {
  /** Authorities of ours that chains may end at; what pages pin and shops are given. */
  readonly anchors: readonly Anchor[]
  /** Certifies a shop's public key. */
  certify(shop: ShopToCertify): IssuedCertificate
  /** The chain of one of our own keys, base64 of DER as in x5c; empty for a key that is not in the settings. */
  chainOf(purpose: GatewayCertificate['purpose'], kid: string): readonly string[]
  /** Every certificate that one of our keys ever had, the newest first: old messages are checked with them. */
  gatewayCertificates(): Promise<GatewayCertificate[]>
  /** Who we are on connections that shops ask certificates of. Renewed while it is used; never stored. */
  clientIdentity(): ClientIdentity
}

export interface ShopToCertify {
  /** mer_… */
  readonly id: string
  readonly name: string
  readonly publicKey: KeyObject
  readonly validFrom: Date
  readonly validUntil?: Date
}

/** PEM, as TLS takes it. */
export interface ClientIdentity {
  readonly certificates: string
  readonly privateKey: string
}

/** A shop's key is good for two years unless it says less. */
const SHOP_KEY_MS = 730 * DAY_MS
const OWN_KEY_MS = 365 * DAY_MS
/** Early enough that nobody who caches a chain ever holds an expired one. */
const RENEWED_BEFORE_MS = 30 * DAY_MS
const CLIENT_MS = 7 * DAY_MS
/** How often a process looks whether certificates are due, or another has renewed them. */
const LOOKED_AFTER_MS = HOUR_MS

interface Parts {
  readonly database: Pick<Database, 'prisma'>
  readonly clock: Clock
  readonly settings: Pick<Settings, 'CA_KEYS' | 'SIGNING_KEYS' | 'ENCRYPTION_KEYS' | 'WEB_URL'>
  readonly report: (event: string, detail: Readonly<Record<string, unknown>>) => void
}

/** @throws BrokenInvariant at start when a key of the settings cannot be certified */
export async function createTrust({ database, clock, settings, report }: Parts): Promise<Trust> {
  const { prisma } = database
  const authority = await openAuthority(database, clock, settings)
  const gatewayName = new URL(settings.WEB_URL).origin
  const ownKeys = [
    ...settings.SIGNING_KEYS.map((jwk) => ownKey('signature', jwk)),
    ...settings.ENCRYPTION_KEYS.map((jwk) => ownKey('encryption', jwk)),
  ]
  let chains = await lookAfter()
  let lookedAt = clock.now().getTime()
  let client: { readonly identity: ClientIdentity; readonly renewedAt: number } | undefined

  return {
    anchors: [...authority.anchors, ...ownKeys.flatMap(({ x5c }) => (x5c ? [lastOf(x5c)] : []))],

    certify({ id, name, publicKey, validFrom, validUntil }) {
      return authority.issue({
        name: distinguishedName({ commonName: id, organization: name }),
        publicKey,
        purpose: 'signature',
        validFrom,
        validUntil: validUntil ?? later(validFrom, SHOP_KEY_MS),
      })
    },

    chainOf(purpose, kid) {
      const now = clock.now().getTime()
      if (now - lookedAt > LOOKED_AFTER_MS) {
        lookedAt = now
        // Nobody waits for it: certificates are renewed a month before they end.
        lookAfter().then(
          (found) => (chains = found),
          (error: unknown) => report('certificates-not-renewed', { error: String(error) }),
        )
      }
      return chains.get(`${purpose} ${kid}`) ?? []
    },

    gatewayCertificates: () => findGatewayCertificates(prisma),

    clientIdentity() {
      const now = clock.now()
      if (!client || now.getTime() - client.renewedAt > CLIENT_MS / 2) {
        client = { identity: newClient(authority, gatewayName, now), renewedAt: now.getTime() }
      }
      return client.identity
    },
  }

  /** The newest chain of each of our keys; certifies those that have none, or none for much longer. */
  async function lookAfter(): Promise<ReadonlyMap<string, readonly string[]>> {
    const [now, known] = [clock.now(), await findGatewayCertificates(prisma)]
    const believed = new Set(authority.anchors.map(({ fingerprint }) => fingerprint))
    const found = new Map<string, readonly string[]>()
    for (const { purpose, kid, jwk, publicKey, x5c } of ownKeys) {
      const kept = known.find((one) => one.purpose === purpose && one.kid === kid && isSame(one.jwk, publicKey))
      const isGood = kept && believed.has(lastOf(kept.x5c).fingerprint)
      const lasts = isGood && later(kept.validUntil, -RENEWED_BEFORE_MS) > now
      const chain = x5c ?? (lasts ? kept.x5c : await certifyOwn({ purpose, kid, jwk, publicKey }, now))
      found.set(`${purpose} ${kid}`, chain)
    }
    return found
  }

  async function certifyOwn(key: Omit<OwnKey, 'x5c'>, now: Date): Promise<readonly string[]> {
    const { purpose, kid, jwk, publicKey } = key
    const issued = authority.issue({
      name: distinguishedName({ commonName: kid, organization: new URL(gatewayName).host }),
      ...{ publicKey, purpose, uri: gatewayName },
      validFrom: now,
      validUntil: later(now, OWN_KEY_MS),
    })
    await insertGatewayCertificate(prisma, { purpose, kid, jwk, ...issued }, now)
    return issued.x5c
  }
}

interface OwnKey {
  readonly purpose: GatewayCertificate['purpose']
  readonly kid: string
  readonly jwk: Readonly<Record<string, unknown>>
  readonly publicKey: KeyObject
  /** A chain that came with the key. */
  readonly x5c?: readonly string[]
}

function ownKey(purpose: OwnKey['purpose'], { kid, x5c, ...jwk }: Settings['SIGNING_KEYS'][number]): OwnKey {
  const publicKey = createPublicKey({ key: jwk, format: 'jwk' })
  const chain = Array.isArray(x5c) && x5c.every((der) => typeof der === 'string') ? x5c : undefined
  invariant(x5c === undefined || chain?.length, 'x5c of a key must be a list of certificates')
  return { purpose, kid, jwk: { ...publicKey.export({ format: 'jwk' }), kid }, publicKey, ...(chain && { x5c: chain }) }
}

function newClient(authority: Authority, gatewayName: string, now: Date): ClientIdentity {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const { x5c } = authority.issue({
    name: distinguishedName({ commonName: new URL(gatewayName).host }),
    ...{ publicKey, purpose: 'tls-client', uri: gatewayName },
    validFrom: now,
    validUntil: later(now, CLIENT_MS),
  })
  return {
    certificates: x5c.map((der) => toPem('CERTIFICATE', Buffer.from(der, 'base64'))).join(''),
    privateKey: privateKey.export({ format: 'pem', type: 'pkcs8' }).toString(),
  }
}

function isSame(jwk: Readonly<Record<string, unknown>>, key: KeyObject): boolean {
  try {
    return createPublicKey({ key: jwk, format: 'jwk' }).equals(key)
  } catch {
    return false
  }
}

function lastOf(x5c: readonly string[]): Anchor {
  return anchor(Buffer.from(x5c.at(-1) ?? '', 'base64'))
}
