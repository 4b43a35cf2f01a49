/** The control API of collected direct debits. */
import { z } from 'zod'
import type { Routes } from '../control/router'
import { Refusal } from '../control/router'
import { DEBIT_REASONS, type DebitCollector, debitSwitch } from './debits'

export interface DebitView {
  readonly reference: string
  readonly messageId: string
  readonly amount: string
  readonly currency: string
  readonly account: string
  readonly payer: string
  readonly about: string
  readonly state: string
}

const takenBack = z.strictObject({ code: z.enum(DEBIT_REASONS).default('MD06') })

export function debitRoutes(all: readonly DebitCollector[]): Routes {
  const of = (params: Readonly<Record<string, string>>): DebitCollector => {
    const found = all.find(({ desk }) => desk.profile.code === params.code)
    if (!found) throw new Refusal(404, 'no such bank')
    return found
  }
  return {
    'GET /api/bank-files/:code/debits': ({ params }) => {
      const debits = [...of(params).debits.values()].map(
        ({ reference, messageId, amount, currency, account, payer, about, state }): DebitView => ({
          ...{ reference, messageId, amount: String(amount), currency, account, payer, about, state },
        }),
      )
      return { json: { debits } }
    },
    'POST /api/bank-files/:code/debits/:reference': ({ params, body }) => {
      if (!of(params).takeBack(params.reference ?? '', takenBack.parse(body).code)) {
        throw new Refusal(404, 'no such collected debit')
      }
      return { json: {} }
    },
    'POST /api/bank-files/:code/debit-answers': ({ params }) => ({ json: { answered: of(params).answer() } }),
    'POST /api/bank-files/:code/debit-switches': ({ params, body }) => ({
      json: { id: of(params).switches.set(debitSwitch.parse(body)).id },
    }),
    'DELETE /api/bank-files/:code/debit-switches/:id': ({ params }) => {
      of(params).switches.clear(Number(params.id))
      return { json: {} }
    },
  }
}
