/** The control API of the payouts at a bank: what it has paid, and what it is to do wrong. */
import { z } from 'zod'
import { type Handler, Refusal, type Routes } from '../control/router'
import type { FileBank } from './file-bank'
import type { PayoutDesk } from './payout-desk'

export interface RunningPayoutDesk {
  readonly bank: FileBank
  readonly desk: PayoutDesk
}

const wanted = z.strictObject({
  do: z.enum(['refuse', 'take', 'silent']),
  times: z.coerce.number().int().min(1).optional(),
})

export function payoutRoutes(all: readonly RunningPayoutDesk[]): Routes {
  const withDesk =
    (deed: (desk: PayoutDesk, request: Parameters<Handler>[0]) => unknown): Handler =>
    (request) => {
      const found = all.find(({ bank }) => bank.profile.code === request.params.code)
      if (!found) throw new Refusal(404, 'no such bank')
      return { json: deed(found.desk, request) }
    }
  return {
    'GET /api/bank-files/:code/payouts': withDesk((desk) => ({ payouts: desk.book() })),
    'POST /api/bank-files/:code/payout-switches': withDesk((desk, { body }) => ({
      id: desk.switches.set(wanted.parse(body)).id,
    })),
    'DELETE /api/bank-files/:code/payout-switches': withDesk((desk) => {
      desk.switches.clear()
      return { switches: [] }
    }),
    'POST /api/bank-files/:code/payouts/:reference/back': withDesk((desk, { params }) => {
      const name = desk.sendBack(params.reference ?? '')
      if (name === undefined) throw new Refusal(404, 'no such payout')
      return { name }
    }),
  }
}
