import { ISSUERS } from '../simulators/issuers/catalogue'
import { TELCOS } from '../simulators/telco/catalogue'
import { Complaint } from './complaint'
import { freePort, isPortFree } from './free-port'

/** Where everything listens on 127.0.0.1. */
export interface Ports {
  readonly web: number
  readonly shop: number
  /** Another merchant's shop, of the same process. */
  readonly secondShop: number
  readonly outsideWorld: number
  readonly api: number
  /** The api process' figures for Prometheus. */
  readonly metrics: number
  readonly smtp: number
  readonly smsc: number
  /** The SFTP server of the billing centres. */
  readonly sftp: number
  /** The banks' server. */
  readonly bank: number
  /** The service of the example module. */
  readonly points: number
  /** One for each issuer of the outside world. */
  readonly issuers: readonly number[]
  /** One for each of its customer management systems. */
  readonly telcos: readonly number[]
}

/** What listens on one port. */
export type SinglePort = Exclude<keyof Ports, 'issuers' | 'telcos'>

/** The variable that sets each port, and what it is when unset. */
export const PORT_SETTINGS = {
  web: { variable: 'WEB_PORT', usual: '3000' },
  shop: { variable: 'SHOP_PORT', usual: '3001' },
  secondShop: { variable: 'SECOND_SHOP_PORT', usual: '3005' },
  outsideWorld: { variable: 'OUTSIDE_WORLD_PORT', usual: '3002' },
  api: { variable: 'API_PORT', usual: '3003' },
  metrics: { variable: 'METRICS_PORT', usual: '3004' },
  smtp: { variable: 'OUTSIDE_WORLD_SMTP_PORT', usual: '3025' },
  smsc: { variable: 'OUTSIDE_WORLD_SMSC_PORT', usual: '3026' },
  sftp: { variable: 'OUTSIDE_WORLD_SFTP_PORT', usual: '3027' },
  bank: { variable: 'OUTSIDE_WORLD_BANK_PORT', usual: '3028' },
  points: { variable: 'POINTS_PORT', usual: '3029' },
  issuers: { variable: 'OUTSIDE_WORLD_ISSUER_PORTS', usual: ISSUERS.map((_, index) => 4101 + index).join() },
  telcos: { variable: 'OUTSIDE_WORLD_TELCO_PORTS', usual: TELCOS.map((_, index) => 4201 + index).join() },
} as const satisfies Record<keyof Ports, { variable: string; usual: string }>

/** The ports the environment asks for. Throws a Complaint naming the variable that holds something else. */
export function readPorts(env: NodeJS.ProcessEnv): Ports {
  const several = (key: keyof Ports, count: number) => {
    const { variable, usual } = PORT_SETTINGS[key]
    const ports = (env[variable] ?? usual).split(',').map((text) => port(variable, text))
    if (ports.length !== count) throw new Complaint(`${variable} has to name ${count} ports, one for each.`)
    return ports
  }
  const one = (key: SinglePort) =>
    port(PORT_SETTINGS[key].variable, env[PORT_SETTINGS[key].variable] ?? PORT_SETTINGS[key].usual)
  return {
    web: one('web'),
    shop: one('shop'),
    secondShop: one('secondShop'),
    outsideWorld: one('outsideWorld'),
    api: one('api'),
    metrics: one('metrics'),
    smtp: one('smtp'),
    smsc: one('smsc'),
    sftp: one('sftp'),
    bank: one('bank'),
    points: one('points'),
    issuers: several('issuers', ISSUERS.length),
    telcos: several('telcos', TELCOS.length),
  }
}

/** The environment that asks for these ports. */
export function portSettings(ports: Ports, keys: readonly (keyof Ports)[]): Record<string, string> {
  return Object.fromEntries(keys.map((key) => [PORT_SETTINGS[key].variable, [ports[key]].flat().join()]))
}

function port(variable: string, text: string): number {
  const value = Number(text)
  if (!/^[0-9]{1,5}$/.test(text.trim()) || value < 1 || value > 65_535) {
    throw new Complaint(`${variable} is "${text}"; it has to be a port from 1 to 65535.`)
  }
  return value
}

/** Ports that nobody uses, all different. */
export async function freePorts(): Promise<Ports> {
  const free = new Set<number>()
  while (free.size < 11 + ISSUERS.length + TELCOS.length) free.add(await freePort())
  const [web = 0, shop = 0, secondShop = 0, outsideWorld = 0, api = 0, ...rest] = free
  const [metrics = 0, smtp = 0, smsc = 0, sftp = 0, bank = 0, points = 0, ...others] = rest
  const [issuers, telcos] = [others.slice(0, ISSUERS.length), others.slice(ISSUERS.length)]
  return { web, shop, secondShop, outsideWorld, api, metrics, smtp, smsc, sftp, bank, points, issuers, telcos }
}

/** Throws a Complaint for the first of these ports that some program listens on already. */
export async function refuseTakenPorts(ports: Ports, keys: readonly (keyof Ports)[]): Promise<void> {
  for (const key of keys) {
    for (const wanted of [ports[key]].flat()) {
      if (await isPortFree(wanted)) continue
      throw new Complaint(
        `Port ${wanted} is in use by another program. Stop that program, or set ${PORT_SETTINGS[key].variable} to another port.`,
      )
    }
  }
}
