import { once } from 'node:events'
import { createServer, type Server } from 'node:net'
import path from 'node:path'
import pg from 'pg'
import { readSettings } from '../../lib/env'
import { createGateway, type Gateway } from '../../lib/gateway'
import { createLog } from '../../lib/log'
import type { Merchant } from '../../lib/merchants/merchant'
import { demoSecrets } from '../../scripts/demo-secrets'
import { demoSettings } from '../../scripts/demo-settings'
import { migrateDeploy } from '../../scripts/migrate'
import { freePorts } from '../../scripts/ports'
import { startPostgres } from '../../scripts/postgres'
import { temporaryFolder } from '../../scripts/temporary-folder'
import { type OutsideWorld, startOutsideWorld } from '../../simulators/client'
import { startVictim, type Victim, type VictimKind } from './victim'

/** A shop and the secret its server calls the gateway with. */
export interface Shop {
  readonly merchant: Merchant
  readonly secret: string
}

/**
 * A whole installation with processes that may be killed: a PostgreSQL that keeps what it has committed, the outside
 * world in a process of its own that keeps its books, two shops, and a hand of our own in the database.
 */
export interface House {
  readonly outside: OutsideWorld
  /** Kills the outside world and starts it again over the same books and ports. */
  killOutside(): Promise<void>
  /** A gateway in this process, to make V-Cards and to look on; it carries no payment on. */
  readonly gateway: Gateway
  /** The database as its owner. */
  readonly owner: pg.Pool
  readonly databaseUrl: string
  /** It agrees to nothing beforehand. */
  readonly shop: Shop
  /** It has to confirm every payment, and never answers. */
  readonly silentShop: Shop
  start(kind: VictimKind): Promise<Victim>
  /** Where the public interface of a kind of process is. */
  urlOf(kind: 'api' | 'web'): string
  close(): Promise<void>
}

export interface HouseOptions {
  readonly env?: Readonly<Record<string, string>>
  /** How long issuers wait with every answer. */
  readonly delayMs?: number
}

export async function openHouse({ env: more = {}, delayMs = 0 }: HouseOptions = {}): Promise<House> {
  const folder = temporaryFolder('moa-kill')
  const ports = await freePorts()
  const postgres = await startPostgres({ folder: path.join(folder.path, 'postgres') })
  const databaseUrl = postgres.url('moa')
  await createDatabase(postgres.url('postgres'))
  await migrateDeploy(databaseUrl)

  const world = {
    delayMs,
    folder: path.join(folder.path, 'outside-world'),
    ports: { ...ports, web: ports.outsideWorld },
  }
  let outside = await startOutsideWorld(world)
  const silence = await startSilence(ports.shop)
  const env = {
    ...demoSettings(ports, demoSecrets(path.join(folder.path, 'secrets.json')), databaseUrl),
    BILLING_DIR: path.join(folder.path, 'billing'),
    BANK_FILES_DIR: path.join(folder.path, 'bank-files'),
    LOG_LEVEL: 'silent',
    DATABASE_CONNECTIONS: '6',
    ...more,
  }
  const gateway = await createGateway(readSettings(env), { log: createLog('kill-test', 'silent') })
  const owner = new pg.Pool({ connectionString: databaseUrl, max: 4 })
  const silentUrl = `http://127.0.0.1:${ports.shop}/confirm`

  return {
    get outside() {
      return outside
    },
    async killOutside() {
      await outside.kill()
      outside = await startOutsideWorld(world)
    },
    gateway,
    owner,
    databaseUrl,
    shop: await openShop(gateway, { confirmation: 'none' }),
    silentShop: await openShop(gateway, { confirmation: 'required', confirmationUrl: silentUrl }),
    start: (kind) => startVictim(kind, env, ports.web),
    urlOf: (kind) => `http://127.0.0.1:${ports[kind]}`,
    async close() {
      await gateway.close()
      await owner.end()
      await outside.stop()
      silence.close()
      await postgres.stop()
      folder.remove()
    },
  }
}

async function createDatabase(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query('create database moa')
  await client.end()
}

async function openShop(
  { merchants }: Gateway,
  contract: Pick<Merchant, 'confirmation' | 'confirmationUrl'>,
): Promise<Shop> {
  const merchant = await merchants.create({
    name: '온기 상점',
    nameEn: 'Ongi Store',
    categoryCode: '5411',
    currencies: ['KRW'],
    returnUrls: [],
    modules: ['card', 'vcard'],
    ...contract,
  })
  const { secret } = await merchants.createApiKey(merchant.id, { mode: 'test', name: 'server' })
  return { merchant, secret }
}

/** A server that takes every connection and says nothing. */
async function startSilence(port: number): Promise<Server> {
  const server = createServer((socket) =>
    socket
      .on('error', () => socket.destroy())
      .resume()
      .unref(),
  )
  server.listen(port, '127.0.0.1').unref()
  await once(server, 'listening')
  return server
}
