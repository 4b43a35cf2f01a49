import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { cpuOf } from './cpu'
import { type LoadResult, load, percentile, type WrittenRequest } from './load'
import { prepareFloor, runFloor } from './payments-floor'
import { AMOUNT, type BenchWorld, startHost, startWorld } from './payments-world'

const CLIENTS = [1, 16, 64]
/** CPU profiles, to be opened with Chromium's developer tools. */
const PROFILES = '.build/profiles'
const ISSUER_DELAYS_MS = [0, 20]
/** A server that has just started compiles its code while it answers; the figures are of one that has been at work. */
const WARM_UP_MS = 6_000
/** A V-Card lives for one payment, so they are made beforehand; more than any run here has ever used up. */
const VCARDS_PER_RUN = 12_000

/**
 * `npm run bench -- payments [--seconds N] [--profile]`: payments per second through each host, authorized and captured,
 * beside the floor of the same run; with --profile, where the hosts spend their time. Everything shares the machine: PostgreSQL, the host, the issuers and the clients.
 */
export async function run(args: string[]): Promise<void> {
  const seconds = Number(valueOf(args, '--seconds') ?? '5')
  const hosts = existsSync('.next/BUILD_ID') ? (['api', 'next'] as const) : (['api'] as const)
  if (hosts.length === 1) console.log('Next is not measured: build the pages first (npm start builds them).\n')
  const profiles = args.includes('--profile') ? PROFILES : undefined
  for (const delayMs of ISSUER_DELAYS_MS) {
    const world = await startWorld(delayMs)
    try {
      await measure(world, { delayMs, seconds, hosts, ...(profiles ? { profiles } : {}) })
    } finally {
      await world.stop()
    }
  }
  if (profiles) console.log(`The CPU profiles of the hosts are in ${profiles}.`)
}

interface Plan {
  readonly delayMs: number
  readonly seconds: number
  readonly hosts: readonly ('api' | 'next')[]
  readonly profiles?: string
}

async function measure(world: BenchWorld, { delayMs, seconds, hosts, profiles }: Plan): Promise<void> {
  await prepareFloor(world.databaseUrl)
  console.log(`Issuers answer after ${delayMs} ms; ${seconds} s each; amounts ${AMOUNT} KRW.`)
  console.log(
    row('what', 'clients', 'per second', 'of floor', 'p50 ms', 'p95 ms', 'p99 ms', 'host CPU ms', 'database CPU ms'),
  )
  const floors = new Map<number, number>()
  for (const clients of CLIENTS) {
    await runFloor(world.databaseUrl, clients, 500)
    const before = cpuOf('postgres', world)
    const floor = await runFloor(world.databaseUrl, clients, seconds * 1000)
    const spent = cpuOf('postgres', world) - before
    floors.set(clients, floor.perSecond)
    console.log(
      row('floor', clients, floor.perSecond, '1.00', floor.p50, '', floor.p99, '', spent / (floor.perSecond * seconds)),
    )
  }
  for (const host of hosts) {
    const { url, child } = await startHost(world, host, profiles)
    try {
      for (const kind of ['card', 'vcard'] as const) {
        await runLoad(world, url, kind, 64, WARM_UP_MS)
        for (const clients of CLIENTS) {
          const before = { host: cpuOf(child.pid!, world), database: cpuOf('postgres', world) }
          const result = await runLoad(world, url, kind, clients, seconds * 1000)
          const perPayment = (now: number, then: number) => (now - then) / Math.max(1, result.done)
          print(`${host}, ${kind === 'card' ? 'one card' : 'V-Card of 3'}`, clients, result, floors.get(clients)!, {
            host: perPayment(cpuOf(child.pid!, world), before.host),
            database: perPayment(cpuOf('postgres', world), before.database),
          })
        }
      }
    } finally {
      await child.stop()
    }
  }
  console.log()
}

async function runLoad(
  world: BenchWorld,
  url: string,
  kind: 'card' | 'vcard',
  clients: number,
  milliseconds: number,
): Promise<LoadResult> {
  const vcards =
    kind === 'vcard'
      ? await world.vcards(Math.min(VCARDS_PER_RUN, clients * 40 * Math.ceil(milliseconds / 1000) + 2000))
      : []
  const refused: string[] = []
  const result = await load(url, {
    clients,
    milliseconds,
    next: () => {
      const number = kind === 'card' ? world.card.number : vcards.pop()
      return number === undefined ? undefined : paymentRequest(world, number)
    },
    check: ({ status, body }) => {
      if (status !== 201 || !body.includes('"paid"')) refused.push(`${status} ${body.slice(0, 300)}`)
    },
  })
  if (refused.length > 0)
    throw new Error(`${refused.length} of ${result.done} payments were not paid, the first: ${refused[0]}`)
  return result
}

function paymentRequest(world: BenchWorld, number: string): WrittenRequest {
  return {
    method: 'POST',
    path: '/api/v1/payments',
    headers: {
      authorization: `Bearer ${world.secretKey}`,
      'content-type': 'application/json',
      'idempotency-key': randomUUID(),
    },
    body: JSON.stringify({
      orderRef: randomUUID(),
      orderName: 'Bench',
      amount: AMOUNT.toString(),
      currency: 'KRW',
      means: { card: { number, expiry: world.card.expiry } },
    }),
  }
}

function print(
  what: string,
  clients: number,
  { done, seconds, latencies }: LoadResult,
  floor: number,
  cpu: { host: number; database: number },
): void {
  const perSecond = done / seconds
  const at = (share: number) => percentile(latencies, share)
  console.log(
    row(what, clients, perSecond, (perSecond / floor).toFixed(2), at(0.5), at(0.95), at(0.99), cpu.host, cpu.database),
  )
}

function row(what: string, ...figures: (string | number)[]): string {
  const shown = figures.map((figure, index) =>
    (typeof figure === 'number' ? figure.toFixed(index === 0 || figure >= 100 ? 0 : 2) : figure).padStart(
      index === 8 ? 16 : 12,
    ),
  )
  return what.padEnd(20) + shown.join('')
}

function valueOf(args: readonly string[], name: string): string | undefined {
  const at = args.indexOf(name)
  return at < 0 ? undefined : args[at + 1]
}
