import path from 'node:path'
import { Complaint } from './complaint'
import { inDataFolder } from './data-folder'
import type { Settings } from './demo-settings'
import { type Ports, portSettings, type SinglePort } from './ports'

/** The processes of the system besides PostgreSQL. */
export const PART_NAMES = ['outside-world', 'points', 'api', 'worker', 'web', 'shop'] as const
export type PartName = (typeof PART_NAMES)[number]

/** What is known when the parts start. */
export interface Known {
  readonly ports: Ports
  readonly dataFolder: string
  /** The gateway's settings, secrets among them: only the gateway's own processes are given them. */
  readonly gateway: Settings
  readonly shop: Settings
  readonly secondShop: Settings
  /** What the demo's tour leads to; empty in production. */
  readonly tour: Settings
}

export interface Part {
  readonly name: PartName
  /** What follows `node` on its command line. */
  readonly command: (ports: Ports) => readonly string[]
  readonly settings: (known: Known) => Settings
  /** The port that says, by listening, that the part is ready; the worker has none. */
  readonly readyPort?: SinglePort
  /** Every port it needs. */
  readonly ports: readonly (keyof Ports)[]
}

const ROOT = path.resolve(import.meta.dirname, '..')
const typescript = (file: string) => () => ['--import', 'tsx', path.join(ROOT, file)]

const OUTSIDE_PORTS = [
  'outsideWorld',
  'smtp',
  'smsc',
  'sftp',
  'bank',
  'issuers',
  'telcos',
] as const satisfies (keyof Ports)[]

export const PARTS: readonly Part[] = [
  {
    name: 'outside-world',
    command: typescript('simulators/main.ts'),
    settings: ({ ports, dataFolder }) => ({
      ...portSettings(ports, OUTSIDE_PORTS),
      OUTSIDE_WORLD_DATA: inDataFolder(dataFolder).outsideWorld,
      OUTSIDE_WORLD_GATEWAY_KEYS: `http://127.0.0.1:${ports.api}/.well-known/jwks.json`,
    }),
    readyPort: 'outsideWorld',
    ports: OUTSIDE_PORTS,
  },
  {
    // A means of payment that is not Moa's: its module is loaded by the gateway, its service runs by itself.
    name: 'points',
    command: () => [path.join(ROOT, 'examples/module-points/points-service.mjs')],
    settings: ({ ports, dataFolder }) => ({
      ...portSettings(ports, ['points']),
      POINTS_DATA: inDataFolder(dataFolder).points,
    }),
    readyPort: 'points',
    ports: ['points'],
  },
  {
    name: 'api',
    command: typescript('scripts/api.ts'),
    settings: ({ gateway, ports }) => ({ ...gateway, METRICS_PORT: String(ports.metrics) }),
    readyPort: 'api',
    ports: ['api', 'metrics'],
  },
  { name: 'worker', command: typescript('scripts/worker.ts'), settings: ({ gateway }) => gateway, ports: [] },
  {
    name: 'web',
    command: ({ web }) => [path.join(ROOT, 'scripts/web.mjs'), '-p', String(web), '-H', '127.0.0.1'],
    settings: ({ gateway, tour }) => ({ ...gateway, ...tour }),
    readyPort: 'web',
    ports: ['web'],
  },
  {
    name: 'shop',
    command: typescript('examples/shop/server.ts'),
    settings: ({ ports, shop, secondShop }) => ({
      ...shop,
      SHOP_PORT: String(ports.shop),
      SECOND_SHOP: JSON.stringify({ ...secondShop, SHOP_PORT: String(ports.secondShop) }),
    }),
    readyPort: 'shop',
    ports: ['shop', 'secondShop'],
  },
]

/** Reads `--without a,b` and `--without a --without b`. Throws a Complaint with the names there are. */
export function readWithout(args: readonly string[]): ReadonlySet<PartName> {
  const without = new Set<PartName>()
  for (let index = 0; index < args.length; index += 2) {
    if (args[index] !== '--without') throw new Complaint(`Unknown argument "${args[index]}". ${USAGE}`)
    for (const name of (args[index + 1] ?? '').split(',')) {
      const part = PART_NAMES.find((known) => known === name)
      if (!part) throw new Complaint(`There is no part "${name}" to start without. ${USAGE}`)
      without.add(part)
    }
  }
  return without
}

const USAGE = `Usage: npm start -- [--without PART[,PART]], where PART is one of ${PART_NAMES.join(', ')}.`
