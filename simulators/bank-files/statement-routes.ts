/** The control API of a bank's statements. */
import { Refusal, type Routes } from '../control/router'
import { type StatementDesk, statementWish } from './statements'

export function statementRoutes(all: readonly StatementDesk[]): Routes {
  return {
    'POST /api/bank-files/:code/statements': ({ params, body }) => {
      const desk = all.find(({ bank }) => bank.profile.code === params.code)
      if (!desk) throw new Refusal(404, 'no such bank')
      return { json: { name: desk.write(statementWish.parse(body ?? {})) } }
    },
  }
}
