import { randomBytes } from 'node:crypto'
import type { OutsideWorld } from '../../simulators/client'
import { startOutsideWorld } from '../../simulators/client'
import type { IssuerCode } from '../../simulators/issuers/catalogue'
import type { CardRole, DemoCard } from '../../simulators/issuers/demo-cards'
import { demoCard } from '../../simulators/issuers/demo-cards'
import { freshDatabase } from '../../test/database'
import type { Clock } from '../clock'
import { openDatabase } from '../db/database'
import type { Database } from '../db/database'
import { createReferences } from '../db/references'
import { connectIssuers } from '../gateways/issuer/issuers'
import { createIssuerTerms } from '../gateways/issuer-terms/http-issuer-terms'
import { uuidAt } from '../ids'
import type { Uuid } from '../ids'
import type { Cards } from './cards'
import { createCards } from './cards'
import { createVault } from './vault'
import type { WalletCard } from './wallet-card'

/** A clock that a test moves on. */
export interface TestClock extends Clock {
  advance(ms: number): void
}

export function aClock(): TestClock {
  let ahead = 0
  return { now: () => new Date(Date.now() + ahead), advance: (ms) => void (ahead += ms) }
}

export const aKey = (id: string) => ({ id, key: randomBytes(32) })

export type Wallets = Awaited<ReturnType<typeof startWallets>>

/** Wallets over a real database and the issuers of an outside world in a process of its own. */
export async function startWallets() {
  const [fresh, world] = await Promise.all([freshDatabase(), startOutsideWorld()])
  const database = await openDatabase(fresh.url, { allowVolatile: true })
  const clock = aClock()
  const issuers = connectIssuers(
    world.issuers.map(({ code, port, bins }) => ({
      ...{ code, port, bins, host: '127.0.0.1', acquirerId: '900001', terminalId: 'MOA00001' },
      timeLimitMs: 5_000,
    })),
  )
  const keys = { sealing: [aKey('first')], fingerprint: randomBytes(32) }
  const parts = {
    ...{ database, clock, issuers, vault: createVault(keys) },
    references: createReferences(database.pool, clock),
    issuerTerms: termsOf(world, clock),
    catalogue: world.issuers,
  }
  return {
    ...{ database, world, clock, keys, parts },
    cards: createCards(parts),
    async close() {
      await issuers.close()
      await database.close()
      await Promise.all([world.stop(), fresh.drop()])
    },
  }
}

/** Terms feeds that have never been asked; a test that wants them silent starts with these. */
export function termsOf(world: OutsideWorld, clock: Clock, timeLimitMs = 5_000) {
  const feeds = world.issuers.map(({ code, terms }) => ({ code, termsUrl: terms }))
  return createIssuerTerms(feeds, { clock, timeLimitMs })
}

export const aPerson = (): Uuid => uuidAt(new Date())

export async function aShop(
  database: Database,
  { nameEn = 'Some Shop', currencies = ['KRW', 'USD'] }: { nameEn?: string; currencies?: string[] } = {},
): Promise<Uuid> {
  const id = uuidAt(new Date())
  await database.prisma.merchant.create({
    data: { id, name: nameEn, nameEn, categoryCode: '5999', currencies, createdAt: new Date() },
  })
  return id
}

export function typedIn({ number, expiry, holder }: DemoCard, nickname = '') {
  return { number, expiry, holderName: holder.en, nickname }
}

/** Adds a demo card to a wallet. */
export async function addDemoCard(
  cards: Cards,
  shopperId: Uuid,
  issuer: IssuerCode,
  role?: CardRole,
): Promise<WalletCard> {
  const added = await cards.add(shopperId, typedIn(demoCard(issuer, role), `${issuer} ${role ?? ''}`))
  if (added.kind !== 'added') throw new Error(`the demo card was refused: ${added.reason}`)
  return added.card
}
