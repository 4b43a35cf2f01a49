import { chmodSync, mkdirSync } from 'node:fs'
import { claim, Held } from './claim'
import { Complaint } from './complaint'
import { inDataFolder } from './data-folder'
import type { Settings } from './demo-settings'
import { PARTS } from './parts'
import type { Part, PartName } from './parts'
import { PORT_SETTINGS, refuseTakenPorts } from './ports'
import type { Ports } from './ports'
import { prepare } from './prepare'
import type { Prepared } from './prepare'
import type { DemoLogin } from './seed-people'
import { supervise } from './supervise'
import { buildWeb, serveBuild } from './web-build'

const PORT_VARIABLES = Object.values(PORT_SETTINGS).map(({ variable }) => variable)

export interface SystemOptions {
  /** Absolute. Everything the system keeps is in it. */
  readonly dataFolder: string
  readonly ports: Ports
  readonly without: ReadonlySet<PartName>
  /** What it sets goes before the demo's own settings; without DATABASE_URL PostgreSQL is embedded. */
  readonly env: NodeJS.ProcessEnv
  /** Is told what happens, in sentences. */
  readonly say: (line: string) => void
  /** Gives the start up. */
  readonly signal: AbortSignal
}

export interface SystemUrls {
  readonly web: string
  readonly shop: string
  readonly secondShop: string
  readonly outsideWorld: string
  readonly api: string
}

export interface RunningSystem {
  readonly urls: SystemUrls
  readonly databaseUrl: string
  readonly logins: readonly DemoLogin[]
  /** Ends every part, then PostgreSQL. */
  stop(): Promise<void>
}

export type Stop = () => void | Promise<void>

/**
 * Starts the whole system: PostgreSQL, migrations and demo data while the pages are built, then every part; returns when all are
 * ready. When something is in the way it throws a Complaint, and then, as after an abort, nothing is left running.
 */
export async function startSystem(options: SystemOptions): Promise<RunningSystem> {
  const { dataFolder, ports, without, say, signal } = options
  const parts = PARTS.filter((part) => !without.has(part.name))
  const stops: Stop[] = []
  const stop = async () => {
    for (let last = stops.pop(); last; last = stops.pop()) await last()
  }
  try {
    stops.push(claimFolder(dataFolder))
    await refuseTakenPorts(
      ports,
      parts.flatMap((part) => part.ports),
    )
    const build = async (aborted: AbortSignal) => {
      if (without.has('web')) return
      await buildWeb(say, aborted)
      stops.push(serveBuild())
    }
    let prepared: Prepared | undefined
    const ready = async (aborted: AbortSignal) => {
      prepared = await prepare(options, stops, aborted)
    }
    await together(signal, [build, ready])
    if (!prepared) throw new Error('The database was not prepared.')
    const known = prepared
    const partStops: Stop[] = []
    stops.push(async () => void (await Promise.all(partStops.map((stopPart) => stopPart()))))
    await together(
      signal,
      parts.map((part) => (aborted) => startPart(part, known, options, partStops, aborted)),
    )
    return { urls: urlsOf(ports), databaseUrl: known.databaseUrl, logins: known.seed.logins, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

/** Does all of this side by side. The first failure gives the others up; it is thrown when they have all come to an end. */
async function together(
  signal: AbortSignal,
  works: readonly ((signal: AbortSignal) => Promise<void>)[],
): Promise<void> {
  const failure = new AbortController()
  const either = AbortSignal.any([signal, failure.signal])
  await Promise.all(works.map((work) => work(either).catch((error: unknown) => failure.abort(error))))
  either.throwIfAborted()
}

function claimFolder(dataFolder: string): Stop {
  try {
    mkdirSync(dataFolder, { recursive: true })
    // PostgreSQL's own account has to pass through; secrets inside are files that only their owner reads.
    chmodSync(dataFolder, 0o755)
    return claim(inDataFolder(dataFolder).claim)
  } catch (error) {
    if (error instanceof Held) {
      throw new Complaint(
        `Moa is already running on ${dataFolder} (process ${error.pid}). Stop it with Ctrl-C where it runs, or with: kill ${error.pid}`,
      )
    }
    throw new Complaint(
      `The data folder ${dataFolder} cannot be written (${String(error)}). Run as its owner, or set MOA_DATA to another folder.`,
    )
  }
}

async function startPart(
  part: Part,
  { gateway, seed }: Prepared,
  { dataFolder, ports, env, say }: SystemOptions,
  stops: Stop[],
  signal: AbortSignal,
): Promise<void> {
  const settings = part.settings({
    ports,
    dataFolder,
    gateway,
    shop: seed.shopSettings,
    secondShop: seed.secondShopSettings,
    tour: tourOf(ports, seed.logins),
  })
  const port = part.readyPort === undefined ? undefined : ports[part.readyPort]
  const running = await supervise(
    {
      name: part.name,
      command: part.command(ports),
      // What the gateway alone may know, and where others listen, does not reach a part through the common environment.
      env: { ...omit(env, [...Object.keys(gateway), ...PORT_VARIABLES]), NODE_ENV: 'production', ...settings },
      readyPort: port,
      logFolder: inDataFolder(dataFolder).logs,
    },
    say,
    signal,
  )
  stops.push(() => running.stop())
  say(port === undefined ? `${part.name} is running.` : `${part.name} is ready on port ${port}.`)
}

function urlsOf(ports: Ports): SystemUrls {
  const url = (port: number) => `http://127.0.0.1:${port}`
  const { web, shop, secondShop, outsideWorld, api } = ports
  return {
    ...{ web: url(web), shop: url(shop), secondShop: url(secondShop) },
    ...{ outsideWorld: url(outsideWorld), api: url(api) },
  }
}

/** What the demo's tour leads to; production has nobody to log in as. */
function tourOf(ports: Ports, logins: readonly DemoLogin[]): Settings {
  const { secondShop: _, ...urls } = urlsOf(ports)
  const first = logins.filter(({ atSecondShop }) => !atSecondShop)
  return first.length === 0 ? {} : { DEMO_TOUR: JSON.stringify({ ...urls, logins: first }) }
}

function omit(env: NodeJS.ProcessEnv, names: readonly string[]): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !names.includes(name))) as NodeJS.ProcessEnv
}
