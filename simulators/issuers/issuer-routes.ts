/** The control API of the issuers: their books, switches and cards. */
import { z } from 'zod'
import type { Handler, Routes } from '../control/router'
import { Refusal } from '../control/router'
import { bookView } from './book-view'
import { cardChange } from './card-change'
import { issuerSwitch } from './deeds'
import type { IssuerHost } from './host'
import type { Issuer } from './issuer'
import { maskCard } from './book-view'

export interface RunningIssuer {
  readonly issuer: Issuer
  readonly host: IssuerHost
  /** Base address of its terms feed. */
  readonly terms: () => string
}

/** How an issuer is doing, without its book. */
export interface IssuerState {
  readonly code: string
  readonly name: { readonly ko: string; readonly en: string }
  readonly port: number
  readonly bins: readonly string[]
  readonly terms: string
  readonly links: { readonly open: number; readonly signedOn: number }
  /** Switches in force, card numbers masked. */
  readonly switches: readonly unknown[]
  readonly complaints: readonly unknown[]
}

const MOVEMENTS_SHOWN = 1000
const query = z.object({
  card: z
    .string()
    .regex(/^[0-9]{12,19}$/)
    .optional(),
  vcard: z.string().max(64).optional(),
  rrn: z.string().max(12).optional(),
  limit: z.coerce.number().int().min(1).max(10_000_000).default(MOVEMENTS_SHOWN),
})
const lapseInput = z.strictObject({ rrn: z.string().optional(), card: z.string().optional() })

export function switchesOf({ issuer }: RunningIssuer) {
  return issuer.switches
    .all()
    .map((each) => ({ ...each, ...(each.card !== undefined && { card: maskCard(each.card) }) }))
}

export function stateOf(running: RunningIssuer): IssuerState {
  const { issuer, host, terms } = running
  const { code, name, bins } = issuer.profile
  return {
    code,
    name,
    port: host.port,
    bins,
    terms: terms(),
    links: host.links(),
    switches: switchesOf(running),
    complaints: issuer.complaints.map((each) => ({ ...each, at: new Date(each.at).toISOString() })),
  }
}

export function issuerRoutes(all: readonly RunningIssuer[]): Routes {
  const withIssuer =
    (deed: (running: RunningIssuer, request: Parameters<Handler>[0]) => unknown): Handler =>
    async (request) => {
      const running = all.find(({ issuer }) => issuer.profile.code === request.params.code)
      if (!running) throw new Refusal(404, 'no such issuer')
      const json = await deed(running, request)
      // Like the answers on the issuer link: what has been said is on disk.
      await new Promise<void>((resolve) => running.issuer.whenRecorded(resolve))
      return { json }
    }
  return {
    'GET /api/issuers': () => ({ json: { issuers: all.map(stateOf) } }),
    'GET /api/issuers/:code': withIssuer(stateOf),
    'GET /api/issuers/:code/book': withIssuer(({ issuer }, request) =>
      bookView(issuer, query.parse(Object.fromEntries(request.query))),
    ),
    'POST /api/issuers/:code/switches': withIssuer(({ issuer }, { body }) => {
      const made = issuer.switches.set(issuerSwitch.parse(body))
      return { id: made.id }
    }),
    'DELETE /api/issuers/:code/switches': withIssuer((running) => {
      running.issuer.switches.clear()
      return { switches: [] }
    }),
    'DELETE /api/issuers/:code/switches/:id': withIssuer((running, { params }) => {
      running.issuer.switches.clear(Number(params.id))
      return { switches: switchesOf(running) }
    }),
    'POST /api/issuers/:code/disconnect': withIssuer(({ host }) => {
      const { open } = host.links()
      host.disconnect()
      return { disconnected: open }
    }),
    'POST /api/issuers/:code/lapse': withIssuer(({ issuer }, { body }) => ({
      lapsed: issuer.lapse(lapseInput.parse(body ?? {})),
    })),
    'POST /api/issuers/:code/cards': withIssuer(({ issuer }, { body }) => {
      const change = cardChange.parse(body)
      if (!issuer.profile.bins.some((bin) => change.number.startsWith(bin)))
        throw new Refusal(422, 'the number does not belong to this issuer')
      issuer.changeCard(change)
      return { card: maskCard(change.number) }
    }),
  }
}
