import { generateKeyPairSync, sign } from 'node:crypto'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type OpenedDatabase, openFreshDatabase, setClock, type SetClock } from '../auth/auth.fixtures'
import { type Audit, createAudit } from '../audit/audit'
import { publicId, type Uuid, uuidAt } from '../ids'
import type { Payment } from '../payments/payment'
import { type Contracts, createContracts } from './contract'
import { createEvidenceBook, type EvidenceBook } from './evidence'
import type { Merchant } from './merchant'
import { createMerchants, type Merchants, type NewMerchant } from './merchants'
import { createSeenMessages, type SeenMessages } from './seen-messages'
import { createTrust, type Trust } from '../trust/trust'
import { createShopMessages, type ShopMessages } from './shop-messages'
import { createSigning, type Signing } from './signing'

export const GATEWAY = 'https://pay.moa.example'

/** A key pair as JWKs. */
export function keyPair(kid: string, type: 'Ed25519' | 'P-256' = 'Ed25519') {
  const pair = type === 'Ed25519' ? generateKeyPairSync('ed25519') : generateKeyPairSync('ec', { namedCurve: 'P-256' })
  return {
    kid,
    type,
    privateKey: pair.privateKey,
    secret: { ...pair.privateKey.export({ format: 'jwk' }), kid, kty: type === 'Ed25519' ? 'OKP' : 'EC' },
    jwk: { ...pair.publicKey.export({ format: 'jwk' }), kid },
  }
}

/** A private key as the setting CA_KEYS has it. */
export function authorityKey(kid: string) {
  const { secret } = keyPair(kid, 'P-256')
  const { x = '', y = '', d = '' } = secret
  return { kid, kty: 'EC' as const, crv: 'P-256' as const, x, y, d }
}
export type KeyPair = ReturnType<typeof keyPair>

/** Signs claims as a shop would, with no help from our own code, so that tests can also sign what nobody should. */
export function signAs(key: KeyPair, claims: object | string, header: Record<string, unknown> = {}): string {
  const part = (value: unknown) =>
    Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url')
  const alg = key.type === 'Ed25519' ? 'EdDSA' : 'ES256'
  const signed = `${part({ alg, kid: key.kid, ...header })}.${part(claims)}`
  const signature =
    key.type === 'Ed25519'
      ? sign(null, Buffer.from(signed), key.privateKey)
      : sign('sha256', Buffer.from(signed), { key: key.privateKey, dsaEncoding: 'ieee-p1363' })
  return `${signed}.${signature.toString('base64url')}`
}

export interface MerchantsRoom extends OpenedDatabase {
  readonly clock: SetClock
  readonly trust: Trust
  readonly signing: Signing
  readonly audit: Audit
  readonly merchants: Merchants
  readonly contracts: Contracts
  readonly shopMessages: ShopMessages
  readonly seen: SeenMessages
  readonly evidence: EvidenceBook
}

export async function startMerchants(clock = setClock()): Promise<MerchantsRoom> {
  const opened = await openFreshDatabase()
  const { database } = opened
  const settings = {
    WEB_URL: GATEWAY,
    CA_KEYS: [authorityKey('ca-2026')],
    SIGNING_KEYS: [keyPair('moa-2026').secret],
    ENCRYPTION_KEYS: [keyPair('enc-2026', 'P-256').secret],
  }
  const trust = await createTrust({ database, clock, settings, report: () => undefined })
  const signing = createSigning(settings, trust)
  const audit = createAudit({ database, clock })
  const merchants = createMerchants({ database, clock, trust })
  return {
    ...opened,
    clock,
    trust,
    signing,
    audit,
    merchants,
    contracts: createContracts({ database, merchants }),
    shopMessages: createShopMessages({ database, clock, audit }),
    seen: createSeenMessages({ database }),
    evidence: createEvidenceBook({ database, clock, signing }),
  }
}

export function aMerchant(changes: Partial<NewMerchant> = {}): NewMerchant {
  return {
    name: '한빛책방',
    nameEn: 'Hanbit Books',
    categoryCode: '5942',
    currencies: ['KRW'],
    confirmation: 'none',
    returnUrls: [],
    modules: ['card', 'vcard'],
    ...changes,
  }
}

/** A merchant with a registered key of its own. */
export async function aSigningShop(
  { merchants }: Pick<MerchantsRoom, 'merchants'>,
  { type = 'Ed25519', ...changes }: Partial<NewMerchant> & { type?: KeyPair['type'] } = {},
): Promise<{ merchant: Merchant; key: KeyPair; name: string }> {
  const merchant = await merchants.create(aMerchant(changes))
  const key = keyPair('shop-1', type)
  await merchants.addKey(merchant.id, { jwk: key.jwk })
  return { merchant, key, name: publicId('mer', merchant.id) }
}

export type StoredPayment = Pick<Payment, 'merchantId' | 'id' | 'amount' | 'currency'>

export function aPaymentOf(merchantId: Uuid): StoredPayment {
  return { merchantId, id: uuidAt(new Date()), amount: 220_000n, currency: 'KRW' }
}

export interface ShopServer {
  readonly url: string
  /** host:port, for the allow-list. */
  readonly address: string
  readonly requests: { readonly headers: IncomingMessage['headers']; readonly body: string }[]
  close(): Promise<void>
}

type Answer = { status?: number; headers?: Record<string, string>; body?: string }

/** A shop's server on the loopback. An answer of undefined is no answer at all. */
export async function startShopServer(
  answer: (body: string, request: IncomingMessage) => Answer | undefined | Promise<Answer | undefined>,
): Promise<ShopServer> {
  const requests: ShopServer['requests'] = []
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString()
      requests.push({ headers: request.headers, body })
      void Promise.resolve(answer(body, request)).then((given) => {
        if (given) response.writeHead(given.status ?? 200, given.headers).end(given.body ?? '')
      })
    })
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  const address = `127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    url: `http://${address}/moa`,
    address,
    requests,
    close: () => {
      server.closeAllConnections()
      return new Promise((closed) => server.close(() => closed()))
    },
  }
}
