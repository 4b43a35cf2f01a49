/** The control API of the customer management systems: their subscribers, books and switches. */
import { z } from 'zod'
import type { Handler, Routes } from '../control/router'
import { Refusal } from '../control/router'
import { telcoSwitch } from './deeds'
import type { TelcoHost } from './host'
import { lineChange } from './line-change'
import { isLocked } from './subscribers'
import type { BookEntry, Telco } from './telco'

export interface RunningTelco {
  readonly telco: Telco
  readonly host: TelcoHost
}

/** How a customer management system is doing, without its book. */
export interface TelcoState {
  readonly code: string
  readonly name: { readonly ko: string; readonly en: string }
  readonly kind: 'PSTN' | 'IN'
  readonly port: number
  readonly prefixes: readonly string[]
  readonly links: number
  readonly switches: readonly unknown[]
  readonly complaints: readonly unknown[]
}

export interface TelcoBook {
  readonly code: string
  readonly lines: readonly {
    readonly number: string
    readonly role: string
    readonly lineKind: string
    readonly name: string
    readonly birthDate: string
    readonly standing: string
    readonly notify: string | undefined
    readonly overdue: string
    readonly monthlyCap: string | undefined
    readonly used: string
    readonly locked: boolean
  }[]
  /** Newest first. */
  readonly requests: readonly BookEntry[]
  readonly count: number
}

const query = z.object({
  number: z.string().max(20).optional(),
  tid: z.string().max(64).optional(),
  limit: z.coerce.number().int().min(1).max(10_000_000).default(1000),
})
export type TelcoBookFilter = Partial<z.infer<typeof query>>

export function telcoStateOf({ telco, host }: RunningTelco): TelcoState {
  const { code, name, kind, prefixes } = telco.profile
  const switches = telco.switches.all()
  return {
    ...{ code, name, kind, prefixes, switches },
    port: host.port,
    links: host.links(),
    complaints: telco.complaints,
  }
}

function bookOf({ profile, subscribers, book }: Telco, { number, tid, limit }: z.infer<typeof query>): TelcoBook {
  const requests: BookEntry[] = []
  for (let at = book.length - 1; at >= 0 && requests.length < limit; at -= 1) {
    const each = book[at]
    if (!each || (number !== undefined && each.number !== number) || (tid !== undefined && each.tid !== tid)) continue
    requests.push(each)
  }
  const lines = subscribers
    .all()
    .filter((line) => number === undefined || line.number === number)
    .map((line) => ({
      ...{ number: line.number, role: line.role, lineKind: line.lineKind, name: line.name, birthDate: line.birthDate },
      ...{ standing: line.standing, notify: line.notify, overdue: String(line.overdue) },
      ...{ monthlyCap: line.monthlyCap?.toString(), used: String(line.used), locked: isLocked(line) },
    }))
  return { code: profile.code, lines, requests, count: book.length }
}

export function telcoRoutes(all: readonly RunningTelco[]): Routes {
  const withTelco =
    (deed: (running: RunningTelco, request: Parameters<Handler>[0]) => unknown): Handler =>
    async (request) => {
      const running = all.find(({ telco }) => telco.profile.code === request.params.code)
      if (!running) throw new Refusal(404, 'no such system')
      const json = await deed(running, request)
      await new Promise<void>((resolve) => running.telco.whenRecorded(resolve))
      return { json }
    }
  return {
    'GET /api/telcos': () => ({ json: { telcos: all.map(telcoStateOf) } }),
    'GET /api/telcos/:code': withTelco(telcoStateOf),
    'GET /api/telcos/:code/book': withTelco(({ telco }, request) =>
      bookOf(telco, query.parse(Object.fromEntries(request.query))),
    ),
    'POST /api/telcos/:code/switches': withTelco(({ telco }, { body }) => ({
      id: telco.switches.set(telcoSwitch.parse(body)).id,
    })),
    'DELETE /api/telcos/:code/switches': withTelco(({ telco }) => {
      telco.switches.clear()
      return { switches: [] }
    }),
    'DELETE /api/telcos/:code/switches/:id': withTelco(({ telco }, { params }) => {
      telco.switches.clear(Number(params.id))
      return { switches: telco.switches.all() }
    }),
    'POST /api/telcos/:code/disconnect': withTelco(({ host }) => {
      const disconnected = host.links()
      host.disconnect()
      return { disconnected }
    }),
    'POST /api/telcos/:code/lines': withTelco(({ telco }, { body }) => {
      const change = lineChange.parse(body)
      if (!telco.profile.prefixes.some((prefix) => change.number.startsWith(prefix)))
        throw new Refusal(422, 'the number does not belong to this system')
      telco.changeLine(change)
      return { number: change.number }
    }),
  }
}
