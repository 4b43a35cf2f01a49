import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { readSettings } from '../lib/env'
import { createGateway, type Gateway } from '../lib/gateway'
import { publicId, type Uuid } from '../lib/ids'
import { verifyBooks } from '../lib/ledger/verify'
import { createLog } from '../lib/log'
import { rights } from '../lib/parlayx/interfaces/interfaces'
import { prepareAccountFloor, runAccountFloor } from './accounts-floor'
import { cpuOf } from './cpu'
import { load, percentile, type WrittenRequest } from './load'
import { type BenchWorld, startHost, startWorld } from './payments-world'

const CLIENTS = [1, 16, 64, 256]
/** PostgreSQL has a hundred connections; a floor with more clients than that would wait for a free one. */
const MOST_CONNECTIONS = 64
const ACCOUNTS = 10_000
const OPENED_AT_ONCE = 64
const AMOUNT = 100n
/** A server that has just started compiles its code while it answers; the figures are of one that has been at work. */
const WARM_UP_MS = 5_000

/**
 * `npm run bench -- accounts [--seconds N] [--accounts N]`: charges per second through the API and through Parlay X's
 * chargeAmount, each request with a digest of its own, on one account that everybody charges and on many, beside the floor of the same run, with the processor time that each takes. Everything shares the machine: PostgreSQL, the host and the clients.
 */
export async function run(args: string[]): Promise<void> {
  const seconds = Number(valueOf(args, '--seconds') ?? '5')
  const count = Number(valueOf(args, '--accounts') ?? ACCOUNTS)
  const world = await startWorld(0)
  const gateway = await createGateway(readSettings({ ...world.settings }), { log: createLog('bench', 'silent') })
  try {
    await measure(world, gateway, { seconds, count })
  } finally {
    await gateway.close()
    await world.stop()
  }
}

async function measure(
  world: BenchWorld,
  gateway: Gateway,
  { seconds, count }: { readonly seconds: number; readonly count: number },
): Promise<void> {
  const caller = await gateway.merchants.byApiKey(world.secretKey)
  if (!caller) throw new Error('The merchant of the benchmark is not there.')
  const merchantId = caller.merchant.id
  const ids = await openAccounts(gateway, merchantId, count + 1)
  const [hot, ...many] = ids as [Uuid, ...Uuid[]]
  const places = {
    'one account': () => hot,
    [`${count} accounts`]: () => many[Math.floor(Math.random() * many.length)]!,
  }
  const application = await anApplication(gateway, merchantId)
  const ways = {
    REST: (accountId: Uuid) => restCharge(world, accountId),
    SOAP: (accountId: Uuid) => soapCharge(application, accountId),
  }
  await prepareAccountFloor(world.databaseUrl)

  console.log(`${seconds} s each; charges of ${AMOUNT} KRW.`)
  console.log(row('what', 'clients', 'per second', 'of floor', 'p50 ms', 'p99 ms', 'host CPU ms', 'DB CPU ms'))
  const { url, child } = await startHost(world, 'api')
  try {
    for (const [where, next] of Object.entries(places)) {
      const floor = (clients: number, milliseconds: number) =>
        runAccountFloor(world.databaseUrl, { merchantId, next, amount: AMOUNT, clients, milliseconds })
      await floor(16, 500)
      const floors = new Map<number, number>()
      for (const clients of CLIENTS.filter((each) => each <= MOST_CONNECTIONS)) {
        const before = cpuOf('postgres', world)
        const { perSecond, p50, p99 } = await floor(clients, seconds * 1000)
        const spent = (cpuOf('postgres', world) - before) / (perSecond * seconds)
        floors.set(clients, perSecond)
        console.log(row(`floor, ${where}`, clients, perSecond, '1.00', p50, p99, '', spent))
      }
      const highest = Math.max(...floors.values())
      for (const [way, write] of Object.entries(ways)) {
        await runLoad(url, () => write(next()), 64, WARM_UP_MS)
        for (const clients of CLIENTS) {
          const before = { host: cpuOf(child.pid!, world), database: cpuOf('postgres', world) }
          const { done, seconds: took, latencies } = await runLoad(url, () => write(next()), clients, seconds * 1000)
          // Beyond the connections that the floor can have, its highest figure is what is to be reached.
          const ratio = done / took / (floors.get(clients) ?? highest)
          const at = (share: number) => percentile(latencies, share)
          const spent = [
            (cpuOf(child.pid!, world) - before.host) / done,
            (cpuOf('postgres', world) - before.database) / done,
          ]
          console.log(row(`${way}, ${where}`, clients, done / took, ratio.toFixed(2), at(0.5), at(0.99), ...spent))
        }
      }
    }
  } finally {
    await child.stop()
  }
  const faults = await verifyBooks(gateway.database.pool)
  if (faults.length > 0) throw new Error(`The books are wrong: ${JSON.stringify(faults)}`)
  console.log('\nThe books agree with every account.')
}

/** Postpaid ones: whatever they are charged, it need not be loaded first. */
async function openAccounts(gateway: Gateway, issuerId: Uuid, count: number): Promise<Uuid[]> {
  const ids: Uuid[] = []
  while (ids.length < count) {
    const some = Array.from({ length: Math.min(OPENED_AT_ONCE, count - ids.length) }, () =>
      gateway.accounts.open({ kind: 'postpaid', currency: 'KRW', issuerId, limits: { perMonth: 900_000_000_000n } }),
    )
    for (const opened of await Promise.all(some)) {
      if (opened.kind !== 'opened') throw new Error(`An account of the benchmark was not opened: ${opened.reason}.`)
      ids.push(opened.account.id)
    }
  }
  return ids
}

async function runLoad(url: string, next: () => WrittenRequest, clients: number, milliseconds: number) {
  const refused: string[] = []
  const result = await load(url, {
    clients,
    milliseconds,
    next,
    check: ({ status, body }) => {
      if (!(status === 201 && body.includes('"charged"')) && !(status === 200 && body.includes('chargeAmountResponse')))
        refused.push(`${status} ${body.slice(0, 300)}`)
    },
  })
  if (refused.length > 0)
    throw new Error(`${refused.length} of ${result.done} charges were not made, the first: ${refused[0]}`)
  return result
}

interface BenchApplication {
  readonly username: string
  readonly secret: string
}

async function anApplication({ openService }: Gateway, merchantId: Uuid): Promise<BenchApplication> {
  const made = await openService.create(merchantId, 'Bench')
  if (made.kind === 'refused') throw new Error(`The application of the benchmark was not made: ${made.reason}.`)
  await openService.allow(made.application.id, { rights, reach: 'own' })
  return { username: publicId('app', made.application.id), secret: made.secret }
}

const WSS = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss'
const AMOUNT_CHARGING = 'http://www.csapi.org/schema/parlayx/payment/amount_charging/v2_1/local'

/** With a UsernameToken of its own: a nonce is good once. */
function soapCharge({ username, secret }: BenchApplication, accountId: Uuid): WrittenRequest {
  const nonce = randomBytes(16)
  const created = new Date().toISOString()
  const digest = createHash('sha1').update(nonce).update(created).update(secret).digest('base64')
  return {
    method: 'POST',
    path: '/parlayx/AmountCharging',
    headers: { 'content-type': 'text/xml; charset=utf-8', soapaction: '""' },
    body:
      `<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Header>` +
      `<w:Security xmlns:w="${WSS}-wssecurity-secext-1.0.xsd" xmlns:u="${WSS}-wssecurity-utility-1.0.xsd"><w:UsernameToken>` +
      `<w:Username>${username}</w:Username>` +
      `<w:Password Type="${WSS}-username-token-profile-1.0#PasswordDigest">${digest}</w:Password>` +
      `<w:Nonce>${nonce.toString('base64')}</w:Nonce><u:Created>${created}</u:Created></w:UsernameToken></w:Security>` +
      `</e:Header><e:Body><c:chargeAmount xmlns:c="${AMOUNT_CHARGING}">` +
      `<c:endUserIdentifier>account:${publicId('acc', accountId)}</c:endUserIdentifier>` +
      `<c:charge><description>Bench</description><currency>KRW</currency><amount>${AMOUNT}</amount></c:charge>` +
      `<c:referenceCode>${randomUUID()}</c:referenceCode></c:chargeAmount></e:Body></e:Envelope>`,
  }
}

function restCharge({ secretKey }: BenchWorld, accountId: Uuid): WrittenRequest {
  return {
    method: 'POST',
    path: `/api/v1/accounts/${publicId('acc', accountId)}/charges`,
    headers: {
      authorization: `Bearer ${secretKey}`,
      'content-type': 'application/json',
      'idempotency-key': randomUUID(),
    },
    body: JSON.stringify({ amount: AMOUNT.toString(), currency: 'KRW', description: 'Bench' }),
  }
}

function row(what: string, ...figures: (string | number)[]): string {
  const shown = figures.map((figure, index) =>
    (typeof figure === 'number' ? figure.toFixed(index === 0 || figure >= 100 ? 0 : 2) : figure).padStart(12),
  )
  return what.padEnd(24) + shown.join('')
}

function valueOf(args: readonly string[], name: string): string | undefined {
  const at = args.indexOf(name)
  return at < 0 ? undefined : args[at + 1]
}
