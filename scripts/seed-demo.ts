import { readSettings } from '../lib/env'
import { createGateway, type Gateway } from '../lib/gateway'
import type { Uuid } from '../lib/ids'
import { createLog } from '../lib/log'
import { openOwnAccount } from '../lib/accounts/own-account'
import type { StaffRole } from '../lib/auth/person'
import { plainTerms } from '../lib/settlement/terms'
import { type CardRole, demoCard } from '../simulators/issuers/demo-cards'
import { demoLine } from '../simulators/telco/demo-lines'
import { seedCamaraClient } from './seed-camara-client'
import { DEMO_PASSWORD, type DemoLogin, type DemoPerson, register } from './seed-people'
import { SECOND_SHOP_LOGINS, SECOND_SHOP_NAME, seedSecondShop } from './seed-second-shop'
import { createShop, followPorts, keepSecrets, keptSecrets, shopSettings, type ShopSecrets } from './seed-shop'

export interface DemoSeed {
  readonly logins: readonly DemoLogin[]
  /** Settings of the example shop: its keys and whom it asks. */
  readonly shopSettings: Readonly<Record<string, string>>
  /** The same of the second one. */
  readonly secondShopSettings: Readonly<Record<string, string>>
}

interface SeedOptions {
  /** The gateway's settings by the names of lib/env.ts. */
  readonly settings: Readonly<Record<string, string>>
  readonly shopUrl: string
  /** Where the shop's secrets are kept between starts; readable by its owner only. */
  readonly shopFile: string
  readonly secondShop: { readonly shopUrl: string; readonly file: string }
  /** Where the CAMARA client's id and secret are put, for whoever wants to try it. */
  readonly camaraFile: string
}

const PEOPLE = {
  shopper: { email: 'shopper@moa.example', name: '한지우' },
  owner: { email: 'owner@moa.example', name: '오세린' },
  staff: { email: 'staff@moa.example', name: '윤서우' },
  counselor: { email: 'counselor@moa.example', name: '강도현' },
  courier: { email: 'courier@moa.example', name: '서가람' },
  operator: { email: 'operator@moa.example', name: '문하람' },
  /** What one operator explains, another one closes. */
  secondOperator: { email: 'operator2@moa.example', name: '서가온' },
  auditor: { email: 'auditor@moa.example', name: '백하린' },
} as const

/** What staff and counselor give back alone, in won: enough for most callers; above it a second person has to agree. */
const STAFF_LIMIT = 1_000_000n

/** Of the demo shopper's e-cash. */
const WALLET_PIN = '2580'

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
export async function seedDemo({
  settings,
  shopUrl,
  shopFile,
  secondShop,
  camaraFile,
}: SeedOptions): Promise<DemoSeed> {
  const gateway = await createGateway(readSettings(settings), { log: createLog('seed', 'silent') })
  try {
    await appointToSystem(gateway)
    const found = await gateway.people.findByEmail(PEOPLE.owner.email)
    const kept = keptSecrets(shopFile)
    const secrets = found && kept ? kept : await seed(gateway, shopUrl)
    if (secrets === kept) {
      await followPorts(gateway, { merchantId: kept.merchantId, shopUrl })
      await appointStaff(gateway, kept.merchantId)
    } else keepSecrets(shopFile, secrets)
    await seedCamaraClient(gateway, { file: camaraFile, owner: PEOPLE.owner.email })
    const second = await seedSecondShop(gateway, secondShop)
    const logins = Object.entries(PEOPLE).map(([role, { email }]) => ({
      ...{ email, password: DEMO_PASSWORD },
      role: role === 'secondOperator' ? 'operator' : role,
    }))
    return {
      logins: [...logins, ...SECOND_SHOP_LOGINS],
      shopSettings: shopSettings(secrets, settings),
      secondShopSettings: {
        ...shopSettings(second, settings),
        ...{ SHOP_NAME: SECOND_SHOP_NAME.ko, SHOP_NAME_EN: SECOND_SHOP_NAME.en },
      },
    }
  } finally {
    await gateway.close()
  }
}

async function seed(gateway: Gateway, shopUrl: string): Promise<ShopSecrets> {
  const { people } = gateway
  const secrets = await createShop(gateway, { name: '달그릇', nameEn: 'Moonbowl', shopUrl })
  const { merchantId } = secrets

  await appoint(PEOPLE.owner, 'owner')
  await appoint(PEOPLE.staff, 'staff', STAFF_LIMIT)
  await giveSettlement(gateway, merchantId)
  await appoint(PEOPLE.counselor, 'counselor', STAFF_LIMIT)
  await appoint(PEOPLE.courier, 'courier')
  const shopperId = await register(people, PEOPLE.shopper)
  await giveCards(gateway, shopperId)
  await giveLine(gateway, shopperId)
  await giveAccount(gateway, shopperId)
  return secrets

  async function appoint(person: DemoPerson, role: StaffRole, refundLimit?: bigint): Promise<void> {
    const personId = await register(people, person)
    await people.appoint({ merchantId, personId, role, ...(refundLimit ? { refundLimit } : {}) })
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

/** Installations that were seeded before there were operators and auditors get theirs at the next start. */
async function appointToSystem({ people }: Gateway): Promise<void> {
  for (const [person, role] of [
    [PEOPLE.operator, 'operator'],
    [PEOPLE.secondOperator, 'operator'],
    [PEOPLE.auditor, 'auditor'],
  ] as const) {
    if (await people.findByEmail(person.email)) continue
    await people.appointToSystem(await register(people, person), role)
  }
}

/** The same for a shop's staff; whom the owner has dismissed since is not appointed again. */
async function appointStaff({ people }: Gateway, merchantId: Uuid): Promise<void> {
  if (await people.findByEmail(PEOPLE.staff.email)) return
  const personId = await register(people, PEOPLE.staff)
  await people.appoint({ merchantId, personId, role: 'staff', refundLimit: STAFF_LIMIT })
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
