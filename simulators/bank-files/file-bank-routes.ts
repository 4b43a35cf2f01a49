/** The control API of the banks' file desks: who paid in, which files went and came, and how the line fails. */
import { z } from 'zod'
import type { Handler, Routes } from '../control/router'
import { Refusal } from '../control/router'
import { adviseCredits, paidIn } from './credits'
import type { DeskFile, FileBank } from './file-bank'

export interface FileBankState {
  readonly code: string
  readonly name: { readonly ko: string; readonly en: string }
  readonly account: string
  readonly received: readonly DeskFile[]
  readonly published: readonly DeskFile[]
}

/** Several people at once, or one as the page's form sends it. */
const credits = z.union([z.strictObject({ payments: z.array(paidIn).min(1).max(10_000) }), paidIn])
const ownFile = z.strictObject({ name: z.string().regex(/^[A-Za-z0-9._-]{1,80}$/), content: z.string() })
const lineSwitch = z.strictObject({ do: z.enum(['down', 'cut', 'stall']), times: z.int().min(1).optional() })

export function fileBankStateOf({ profile, received, published }: FileBank): FileBankState {
  return { code: profile.code, name: profile.name, account: profile.account, received, published }
}

export function fileBankRoutes(all: readonly FileBank[]): Routes {
  const withBank =
    (deed: (bank: FileBank, request: Parameters<Handler>[0]) => unknown): Handler =>
    (request) => {
      const bank = all.find(({ profile }) => profile.code === request.params.code)
      if (!bank) throw new Refusal(404, 'no such bank')
      return { json: deed(bank, request) }
    }
  return {
    'GET /api/bank-files/:code': withBank(fileBankStateOf),
    'POST /api/bank-files/:code/credits': withBank((bank, { body }) => {
      const read = credits.parse(filled(body))
      return { name: adviseCredits(bank, 'payments' in read ? read.payments : [read]) }
    }),
    'POST /api/bank-files/:code/files': withBank((bank, { body }) => {
      const { name, content } = ownFile.parse(body)
      bank.publish(name, content)
      return { name }
    }),
    'POST /api/bank-files/:code/switches': withBank((bank, { body }) => ({
      id: bank.switches.set(lineSwitch.parse(body)).id,
    })),
    'DELETE /api/bank-files/:code/switches/:id': withBank((bank, { params }) => {
      bank.switches.clear(Number(params.id))
      return { switches: bank.switches.all() }
    }),
    'GET /api/bank-files/:code/files/:name': (request) => {
      const bank = all.find(({ profile }) => profile.code === request.params.code)
      const file = [...(bank?.published ?? []), ...(bank?.received ?? [])].find(
        ({ name }) => name === request.params.name,
      )
      if (!file) throw new Refusal(404, 'no such file')
      return { text: file.content, type: 'application/xml; charset=utf-8' }
    },
  }
}

/** A form sends what was left empty as empty text. */
function filled(body: unknown): unknown {
  if (typeof body !== 'object' || body === null) return body
  return Object.fromEntries(Object.entries(body).filter(([, value]) => value !== ''))
}
