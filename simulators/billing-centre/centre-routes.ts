/** The control API of the billing centres: what they have received, and what they are to do. */
import { z } from 'zod'
import type { Routes } from '../control/router'
import { Refusal } from '../control/router'
import type { Centre } from './centre'
import { centreSwitch } from './centre'

/** A billing centre and what it has received; amounts are minor units. */
export interface CentreState {
  readonly code: string
  readonly name: { readonly ko: string; readonly en: string }
  readonly port: number
  readonly files: readonly {
    readonly name: string
    readonly at: string
    readonly acknowledgement: string
    readonly answered: boolean
    readonly details: number
    readonly charges: string
    readonly credits: string
  }[]
  readonly collections: readonly string[]
  readonly switches: readonly unknown[]
}

export interface CentreBill {
  readonly tid: string
  readonly calling: string
  readonly amount: string
  readonly credited: string
  readonly sequence: number
  readonly record: number
  readonly result: 'P' | 'U' | 'W' | undefined
}

const wish = z.strictObject({ result: z.enum(['P', 'U', 'W']) })
const month = z.strictObject({
  month: z
    .string()
    .regex(/^[0-9]{4}(0[1-9]|1[0-2])$/)
    .optional(),
})

export function centreStateOf({ profile, files, collections, switches }: Centre, port: number): CentreState {
  return {
    ...{ code: profile.code, name: profile.name, port, collections, switches: switches.all() },
    files: files.map(({ name, at, acknowledgement, answered, file }) => ({
      ...{ name, at, acknowledgement, answered, details: file?.details.length ?? 0 },
      charges: String(file?.charges ?? 0n),
      credits: String(file?.credits ?? 0n),
    })),
  }
}

export function centreRoutes(centres: readonly Centre[], port: () => number): Routes {
  const of = (params: Readonly<Record<string, string>>): Centre => {
    const found = centres.find(({ profile }) => profile.code === params.code)
    if (!found) throw new Refusal(404, 'no such billing centre')
    return found
  }
  const state = (centre: Centre) => ({ json: centreStateOf(centre, port()) })
  return {
    'GET /api/billing/:code': ({ params }) => state(of(params)),
    'GET /api/billing/:code/bills': ({ params }) => {
      const bills = [...of(params).bills.values()].map(({ detail, credited, sequence, result }): CentreBill => ({
        ...{ tid: detail.tid, calling: detail.calling, amount: String(detail.amount), credited: String(credited) },
        ...{ sequence, record: detail.record, result },
      }))
      return { json: { bills } }
    },
    'GET /api/billing/:code/files/:name': ({ params }) => {
      const found = of(params).files.find(({ name }) => name === params.name)
      if (!found) throw new Refusal(404, 'no such file')
      return { text: found.content.toString('utf8'), type: 'text/plain; charset=utf-8' }
    },
    'POST /api/billing/:code/bills/:tid': ({ params, body }) => {
      if (!of(params).wish(params.tid ?? '', wish.parse(body).result)) throw new Refusal(404, 'no such purchase')
      return state(of(params))
    },
    'POST /api/billing/:code/collect': ({ params, body }) => ({
      json: { name: of(params).collect(month.parse(body).month) },
    }),
    'POST /api/billing/:code/answer': ({ params }) => ({ json: { answered: of(params).answer() } }),
    'POST /api/billing/:code/switches': ({ params, body }) => ({
      json: { id: of(params).switches.set(centreSwitch.parse(body)).id },
    }),
    'DELETE /api/billing/:code/switches': ({ params }) => {
      of(params).switches.clear()
      return state(of(params))
    },
    'DELETE /api/billing/:code/switches/:id': ({ params }) => {
      of(params).switches.clear(Number(params.id))
      return state(of(params))
    },
  }
}
