import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { readSettings } from '../lib/env'
import { createGateway, type Gateway } from '../lib/gateway'
import { publicId, type Uuid } from '../lib/ids'
import { createLog } from '../lib/log'
import { openOwnAccount } from '../lib/accounts/own-account'
import type { People } from '../lib/auth/people'
import type { StaffRole } from '../lib/auth/person'
import { plainTerms } from '../lib/settlement/terms'
import { type CardRole, demoCard } from '../simulators/issuers/demo-cards'
import { demoLine } from '../simulators/telco/demo-lines'
import { seedCamaraClient } from './seed-camara-client'

/** A login of the demo, as npm start shows it. */
export interface DemoLogin {
  readonly role: string
  readonly email: string
  readonly password: string
}

export interface DemoSeed {
  readonly logins: readonly DemoLogin[]
  /** Settings of the example shop: its keys and whom it asks. */
  readonly shopSettings: Readonly<Record<string, string>>
}

interface SeedOptions {
  /** The gateway's settings by the names of lib/env.ts. */
  readonly settings: Readonly<Record<string, string>>
  readonly shopUrl: string
  /** Where the shop's secrets are kept between starts; readable by its owner only. */
  readonly shopFile: string
  /** Where the CAMARA client's id and secret are put, for whoever wants to try it. */
  readonly camaraFile: string
}

// Long enough for the password rules, and nobody's secret: demo people exist only in demos.
const PASSWORD = 'moa demo password'

const PEOPLE = {
  shopper: { email: 'shopper@moa.example', name: '한지우' },
  owner: { email: 'owner@moa.example', name: '오세린' },
  counselor: { email: 'counselor@moa.example', name: '강도현' },
  courier: { email: 'courier@moa.example', name: '서가람' },
  operator: { email: 'operator@moa.example', name: '문하람' },
} as const

type DemoPerson = (typeof PEOPLE)[keyof typeof PEOPLE]

/** Of the demo shopper's e-cash. */
const WALLET_PIN = '2580'

const WEBHOOKS = '/moa/webhooks'

/** The shopper's wallet: little room on one card, much on another, and one that its issuer declines. */
const WALLET: readonly { issuer: 'hanbit' | 'saero' | 'narae' | 'daon'; role: CardRole; nickname: string }[] = [
  { issuer: 'hanbit', role: 'everyday', nickname: '마일리지 카드' },
  { issuer: 'saero', role: 'everyday', nickname: '생활비 카드' },
  { issuer: 'narae', role: 'everyday', nickname: '큰 지출 카드' },
  { issuer: 'daon', role: 'everyday', nickname: '백화점 카드' },
]

/**
 * Puts the demo's people, merchant and cards into a migrated database, once: a second call finds them and changes
 * nothing but the addresses, which follow the ports.
 */
export async function seedDemo({ settings, shopUrl, shopFile, camaraFile }: SeedOptions): Promise<DemoSeed> {
  const gateway = await createGateway(readSettings(settings), { log: createLog('seed', 'silent') })
  try {
    const logins = Object.entries(PEOPLE).map(([role, { email }]) => ({ role, email, password: PASSWORD }))
    await appointOperator(gateway)
    const found = await gateway.people.findByEmail(PEOPLE.owner.email)
    const kept = existsSync(shopFile) ? (JSON.parse(readFileSync(shopFile, 'utf8')) as ShopSecrets) : undefined
    if (found && kept) {
      await followPorts(gateway, kept.merchantId, shopUrl)
      await seedCamaraClient(gateway, { file: camaraFile, owner: PEOPLE.owner.email })
      return { logins, shopSettings: shopSettings(kept, settings) }
    }
    const secrets = await seed(gateway, shopUrl)
    await seedCamaraClient(gateway, { file: camaraFile, owner: PEOPLE.owner.email })
    writeFileSync(shopFile, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 })
    return { logins, shopSettings: shopSettings(secrets, settings) }
  } finally {
    await gateway.close()
  }
}

interface ShopSecrets {
  readonly merchantId: Uuid
  readonly secretKey: string
  readonly signingKey: object
  readonly webhookKeys: readonly string[]
}

function addresses(shopUrl: string) {
  return { confirmationUrl: `${shopUrl}/moa/confirm`, returnUrls: [`${shopUrl}/return`] }
}

async function followPorts({ merchants, endpoints }: Gateway, merchantId: Uuid, shopUrl: string): Promise<void> {
  await merchants.change(merchantId, addresses(shopUrl))
  for (const { id } of await endpoints.list(merchantId)) {
    await endpoints.change(merchantId, id, { url: `${shopUrl}${WEBHOOKS}` })
  }
}

async function seed(gateway: Gateway, shopUrl: string): Promise<ShopSecrets> {
  const { merchants, endpoints, people } = gateway
  const merchant = await merchants.create({
    name: '달그릇',
    nameEn: 'Moonbowl',
    categoryCode: '5411',
    currencies: ['KRW', 'USD'],
    confirmation: 'required',
    modules: [
      'card',
      'vcard',
      'phone-bill',
      'micro-account',
      'e-cash',
      'bank-transfer',
      'cash-on-delivery',
      'giro',
      'direct-debit',
    ],
    ...addresses(shopUrl),
  })
  const { secret } = await merchants.createApiKey(merchant.id, { mode: 'test', name: '데모 상점 서버' })
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  const kid = `shop-${randomBytes(6).toString('hex')}`
  const added = await merchants.addKey(merchant.id, { jwk: { ...publicKey.export({ format: 'jwk' }), kid } })
  if (added.kind !== 'added') throw new Error(`The demo shop's key was refused: ${added.reason}.`)
  const endpoint = await endpoints.create(merchant.id, { url: `${shopUrl}${WEBHOOKS}` })
  if (endpoint.kind !== 'saved') throw new Error(`The demo shop's webhook endpoint was refused: ${endpoint.kind}.`)

  await appoint(PEOPLE.owner, 'owner')
  await giveSettlement(gateway, merchant.id)
  // Enough for most callers; above it a second person has to agree.
  await appoint(PEOPLE.counselor, 'counselor', 1_000_000n)
  await appoint(PEOPLE.courier, 'courier')
  const shopperId = await register(people, PEOPLE.shopper)
  await giveCards(gateway, shopperId)
  await giveLine(gateway, shopperId)
  await giveAccount(gateway, shopperId)
  return {
    merchantId: merchant.id,
    secretKey: secret,
    signingKey: { ...privateKey.export({ format: 'jwk' }), kid },
    webhookKeys: endpoint.endpoint.publicKeys,
  }

  async function appoint(person: DemoPerson, role: StaffRole, refundLimit?: bigint): Promise<void> {
    const personId = await register(people, person)
    await people.appoint({ merchantId: merchant.id, personId, role, ...(refundLimit ? { refundLimit } : {}) })
  }
}

/** Paid every day for what was sold until the day before, less 2.5 % and its tax; the account was agreed on by two people. */
async function giveSettlement({ people, settlement, settings }: Gateway, merchantId: Uuid): Promise<void> {
  await settlement.agree({ ...plainTerms(merchantId, 'KRW', settings.TIME_ZONE), feeBps: 250, feeGivenBack: true })
  const [owner, operator] = [
    await people.findByEmail(PEOPLE.owner.email),
    await people.findByEmail(PEOPLE.operator.email),
  ]
  if (!owner || !operator) throw new Error('The people of the demo are not there.')
  const by = { id: owner.id, name: owner.name, role: 'owner' }
  const account = { merchantId, currency: 'KRW', bank: 'gaon', number: '90030000007001', holder: '달그릇', by } as const
  const proposed = await settlement.proposeAccount(account)
  if (proposed.kind !== 'proposed') throw new Error(`The demo shop's payout account was refused: ${proposed.fault}.`)
  const second = { id: operator.id, name: operator.name, role: 'operator' }
  await settlement.decideAccount(merchantId, proposed.id, { agreed: true, by: second })
}

async function register({ findByEmail, register }: People, { email, name }: DemoPerson): Promise<Uuid> {
  const known = await findByEmail(email)
  if (known) return known.id
  const registered = await register({ email, name, password: PASSWORD, locale: 'ko' })
  if (registered.kind !== 'registered') throw new Error(`A person of the demo was not registered: ${registered.kind}.`)
  return registered.person.id
}

/** Installations that were seeded before there were operators get theirs at the next start. */
async function appointOperator({ people }: Gateway): Promise<void> {
  if (await people.findByEmail(PEOPLE.operator.email)) return
  await people.appointToSystem(await register(people, PEOPLE.operator), 'operator')
}

async function giveCards({ cards }: Gateway, shopperId: Uuid): Promise<void> {
  for (const { issuer, role, nickname } of WALLET) {
    const { number, expiry, holder } = demoCard(issuer, role)
    await cards.add(shopperId, { number, expiry, holderName: holder.en, nickname })
  }
}

/** The shopper's mobile line, as if proved by a code. What its telco says of it is asked afresh at each purchase. */
async function giveLine({ billing, phoneBill }: Gateway, shopperId: Uuid): Promise<void> {
  const { number, telco: system, lineKind, monthlyCap } = demoLine('mobile')
  const told = { kind: 'approved', system, subscriberRef: '', lineKind, ...(monthlyCap && { monthlyCap }) } as const
  const line = await billing.lineVault.keep({ kind: 'line', number }, told)
  await phoneBill.lines.add(shopperId, line.id, '내 휴대전화')
}

/** An account that pays with one tap, told of by SMS to the shopper's mobile line, and an e-cash wallet to be loaded. */
async function giveAccount({ accounts, eCash, clock }: Gateway, shopperId: Uuid): Promise<void> {
  const { number: mobile } = demoLine('mobile')
  const opened = await openOwnAccount(accounts, { shopperId, nickname: '용돈 계정', locale: 'ko', mobile }, clock.now())
  if (opened.kind !== 'opened') throw new Error(`The demo shopper's account was not opened: ${opened.reason}.`)
  await accounts.topUp({
    ...{ merchantId: shopperId, requester: 'operator', reference: `demo ${opened.account.id}` },
    ...{ accountId: opened.account.id, amount: { amount: 50_000n, currency: 'KRW' } },
    ...{ description: '처음 충전', shop: '모아', paidTo: 'operator' },
  })
  await eCash.open(shopperId, { currency: 'KRW', pin: WALLET_PIN })
}

/** What the shop's server is told, by the names it reads. */
function shopSettings(secrets: ShopSecrets, gateway: Readonly<Record<string, string>>): Record<string, string> {
  const api = `http://${gateway['API_HOST']}:${gateway['API_PORT']}`
  return {
    MOA_API_URL: api,
    MOA_WEB_URL: gateway['WEB_URL'] ?? '',
    MOA_MERCHANT_ID: publicId('mer', secrets.merchantId),
    MOA_SECRET_KEY: secrets.secretKey,
    MOA_SHOP_SIGNING_KEY: JSON.stringify(secrets.signingKey),
    MOA_GATEWAY_KEYS_URL: `${api}/.well-known/jwks.json`,
    MOA_WEBHOOK_KEYS: secrets.webhookKeys.join(','),
  }
}
