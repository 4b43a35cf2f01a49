import { createVault } from './cards/vault'
import { createSealedInput, type SealedInput } from './checkout/sealed-input'
import { type Clock, systemClock } from './clock'
import { openDatabase } from './db/database'
import { startDatabaseClock } from './db/database-clock'
import type { Settings } from './env'
import type { PrintPaper } from './giro/paper'
import type { Log } from './log'
import type { ModuleCode } from './modules/payment-module'
import { createOperations } from './operations/operations'
import type { PaymentHook } from './pipeline/payment-hook'
import type { Base } from './rooms/base'
import { createDeskRooms, type DeskRooms } from './rooms/desk-rooms'
import { createMeansRooms, type MeansRooms } from './rooms/means-rooms'
import { connectOutside, type OutsideLinks } from './rooms/outside-links'
import { createPaymentRooms, type PaymentRooms } from './rooms/payment-rooms'
import { createPeopleRooms, type PeopleRooms } from './rooms/people-rooms'
import { createShopRooms, type ShopRooms } from './rooms/shop-rooms'
import { createTelephoneRooms, type TelephoneRooms } from './rooms/telephone-rooms'

/** Every room of the gateway, built once in each process, area by area (lib/rooms). Only this file knows them all. */
export interface Gateway
  extends Base, OutsideLinks, PeopleRooms, ShopRooms, MeansRooms, PaymentRooms, DeskRooms, TelephoneRooms {
  readonly sealedInput: SealedInput
  /** Codes of the payment modules that are installed. */
  readonly moduleCodes: readonly ModuleCode[]
  /** Waits for what is under way, then closes every connection. */
  close(): Promise<void>
}

export interface GatewayOptions {
  readonly log: Log
  /** A time of its own, for tests; otherwise the database's. */
  readonly clock?: Clock
  /** What the machine takes for the time, from which the database's is told. */
  readonly machineClock?: Clock
  /** web | api | worker: by which operators tell processes apart. */
  readonly processName?: string
  /** Code of this installation that joins payments, in the order in which it is asked. */
  readonly hooks?: readonly PaymentHook[]
  /** Puts letters on paper, for mails that bring them. */
  readonly print?: PrintPaper
  /** Only for tests on a throw-away database. */
  readonly allowVolatile?: boolean
}

/** @throws DurabilityOff when the database would lose commits with the power */
export async function createGateway(settings: Settings, options: GatewayOptions): Promise<Gateway> {
  const { log, processName = 'gateway', hooks = [], print, allowVolatile = false } = options
  const database = await openDatabase(settings.DATABASE_URL, {
    connections: settings.DATABASE_CONNECTIONS,
    allowVolatile,
  })
  const shared = options.clock
    ? undefined
    : await startDatabaseClock(database.pool, options.machineClock ?? systemClock)
  const clock = options.clock ?? shared!
  const operations = await createOperations({
    ...{ database, clock, settings, log, processName },
    clockOffsetMs: () => shared?.offsetMs() ?? 0,
  })
  const base = { settings, clock, log, database, operations }
  const vault = createVault({ sealing: settings.CARD_KEYS, fingerprint: settings.FINGERPRINT_KEY })
  const links = connectOutside(base)
  const people = createPeopleRooms({ ...base, vault })
  const shops = await createShopRooms({ ...base, vault, hooks })
  const means = await createMeansRooms({ ...base, vault, links, shops })
  const paying = createPaymentRooms({ ...base, vault, links, shops, means })
  const desks = createDeskRooms({ ...base, vault, links, people, shops, means, paying })
  const telephone = createTelephoneRooms({ ...base, vault, links, people, shops, means, paying, print })
  const { trust, seen, shopMessages } = shops
  return {
    ...base,
    ...links,
    ...people,
    ...shops,
    ...means,
    ...paying,
    ...desks,
    ...telephone,
    sealedInput: createSealedInput({ settings, trust, clock, seen, refused: shopMessages.refused }),
    moduleCodes: [...means.modules.keys()],
    async close() {
      await telephone.camara.payments.idle()
      await Promise.all([paying.payments.idle(), paying.refunds.idle()])
      await telephone.messages.close()
      await Promise.all([links.issuers.close(), links.telcos.close(), means.closeModules()])
      await operations.close()
      shared?.stop()
      await database.close()
    },
  }
}
