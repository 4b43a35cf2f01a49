import path from 'node:path'
import { createVault } from '../lib/cards/vault'
import { readSettings } from '../lib/env'
import { createGateway } from '../lib/gateway'
import { uuidAt, type Uuid } from '../lib/ids'
import { createLog } from '../lib/log'
import { drawVCardNumber } from '../lib/vcard/vcard-number'
import { type Child, startChild } from '../scripts/child'
import { demoSecrets } from '../scripts/demo-secrets'
import { demoSettings } from '../scripts/demo-settings'
import { freePorts } from '../scripts/ports'
import { migrateDeploy } from '../scripts/migrate'
import { startPostgres } from '../scripts/postgres'
import { temporaryFolder } from '../scripts/temporary-folder'
import { type OutsideWorld, startOutsideWorld } from '../simulators/client'
import { demoCard } from '../simulators/issuers/demo-cards'

/** Issuers over which the measured V-Cards are split. */
const ISSUERS = ['hanbit', 'saero', 'narae'] as const
/** A multiple of three, so that every leg has the same amount. */
export const AMOUNT = 900n

/** Everything a measured payment meets, each in its own process: durable PostgreSQL, issuers, and a host of the API. */
export interface BenchWorld {
  readonly databaseUrl: string
  readonly postgresPort: number
  readonly secretKey: string
  readonly settings: Readonly<Record<string, string>>
  readonly card: { readonly number: string; readonly expiry: string }
  readonly outside: OutsideWorld
  /** Numbers of fresh V-Cards of three shares, made by writing their rows: making them is not what is measured. */
  vcards(count: number): Promise<string[]>
  /** Starts another outside world whose issuers wait this long with each answer, and says how the API reaches it. */
  stop(): Promise<void>
}

export async function startWorld(delayMs: number): Promise<BenchWorld> {
  const folder = temporaryFolder('moa-bench')
  const postgres = await startPostgres({ folder: path.join(folder.path, 'postgres') })
  const databaseUrl = postgres.url('postgres')
  await migrateDeploy(databaseUrl)
  const outside = await startOutsideWorld({ delayMs })
  const ports = {
    ...(await freePorts()),
    outsideWorld: outside.ports.web,
    smtp: outside.ports.smtp,
    issuers: outside.issuers.map(({ port }) => port),
  }
  const settings = {
    ...demoSettings(ports, demoSecrets(path.join(folder.path, 'secrets.json')), databaseUrl),
    OUTGOING_ALLOW: '',
    LOG_LEVEL: 'warn',
  }
  const gateway = await createGateway(readSettings(settings), { log: createLog('bench', 'silent') })
  const merchant = await gateway.merchants.create({
    name: '측정 상점',
    nameEn: 'Bench Shop',
    categoryCode: '5411',
    currencies: ['KRW'],
    confirmation: 'none',
    returnUrls: [],
    modules: ['card', 'vcard'],
  })
  const { secret } = await gateway.merchants.createApiKey(merchant.id, { mode: 'test', name: 'bench' })
  const shopper = await gateway.people.register({
    email: 'bench@example.com',
    name: 'Bench',
    password: 'measured with a stopwatch',
    locale: 'en',
  })
  if (shopper.kind !== 'registered')
    throw new Error(`The shopper of the benchmark was not registered: ${shopper.kind}.`)
  const cardIds: Uuid[] = []
  for (const issuer of ISSUERS) {
    const { number, expiry } = demoCard(issuer, 'benchmark')
    const added = await gateway.cards.add(shopper.person.id, { number, expiry, holderName: 'BENCH', nickname: issuer })
    if (added.kind !== 'added') throw new Error(`A card of the benchmark was not added: ${added.reason}.`)
    cardIds.push(added.card.id)
  }
  const { CARD_KEYS, FINGERPRINT_KEY } = gateway.settings
  const vault = createVault({ sealing: CARD_KEYS, fingerprint: FINGERPRINT_KEY })
  const { number, expiry } = demoCard('daon', 'benchmark')

  return {
    databaseUrl,
    postgresPort: postgres.port,
    secretKey: secret,
    settings,
    card: { number, expiry },
    outside,
    async vcards(count) {
      const now = new Date()
      const made = Array.from({ length: count }, () => ({ id: uuidAt(now), number: drawVCardNumber() }))
      const rows = made.map(({ id, number: plain }) => ({
        id,
        ...vault.seal({ kind: 'vcard', ownerId: shopper.person.id, id }, plain),
        print: vault.fingerprint(plain),
        four: plain.slice(-4),
      }))
      await gateway.database.pool.query(
        `with made as (select * from unnest($1::uuid[], $2::bytea[], $3::text[], $4::bytea[], $5::text[]) as m(id, sealed, key_id, print, four)),
         v as (insert into vcard (shopper_id, id, sealed_number, key_id, last_four, merchant_id, amount, currency, expires_at, state, may_retry, created_at)
               select $6, id, sealed, key_id, four, $7, $8, 'KRW', now() + interval '23 hours', 'live', false, now() from made),
         n as (insert into vcard_number (fingerprint, shopper_id, vcard_id) select print, $6, id from made)
         insert into vcard_share (shopper_id, vcard_id, card_id, amount)
         select $6, m.id, c.id, $8 / 3 from made m cross join unnest($9::uuid[]) as c(id)`,
        [
          rows.map(({ id }) => id),
          rows.map(({ sealedNumber }) => sealedNumber),
          rows.map(({ keyId }) => keyId),
          rows.map(({ print }) => print),
          rows.map(({ four }) => four),
          shopper.person.id,
          merchant.id,
          AMOUNT,
          cardIds,
        ],
      )
      return made.map((one) => one.number)
    },
    async stop() {
      await gateway.close()
      await outside.stop()
      await postgres.stop()
      folder.remove()
    },
  }
}

/**
 * A host of the API in its own process, ready to be asked.
 * @param profiles a folder for the CPU profile that it writes when it ends
 */
export async function startHost(
  world: BenchWorld,
  kind: 'api' | 'next',
  profiles?: string,
): Promise<{ url: string; child: Child }> {
  const command =
    kind === 'api'
      ? ['--import', 'tsx', 'scripts/api.ts']
      : ['scripts/web.mjs', '-p', new URL(world.settings['WEB_URL']!).port, '-H', '127.0.0.1']
  const profiling = profiles ? ['--cpu-prof', `--cpu-prof-dir=${profiles}`] : []
  const child = startChild([...profiling, ...command], {
    env: { ...process.env, NODE_ENV: 'production', ...world.settings },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const url = kind === 'api' ? `http://127.0.0.1:${world.settings['API_PORT']}` : world.settings['WEB_URL']!
  const deadline = Date.now() + 60_000
  while (Date.now() < deadline) {
    const ready = await fetch(`${url}${kind === 'api' ? '/readyz' : '/api/v1/openapi.json'}`).then(
      (answer) => answer.ok,
      () => false,
    )
    if (ready) return { url, child }
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
  await child.stop()
  throw new Error(`The ${kind} host was not ready within a minute.`)
}
