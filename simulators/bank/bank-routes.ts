/** The control API of the banks: their accounts, books and switches. */
import { z } from 'zod'
import type { Handler, Routes } from '../control/router'
import { Refusal } from '../control/router'
import { accountChange } from './account-change'
import type { Bank, Complaint, Inquiry } from './bank'
import { bankSwitch } from './deeds'
import { type GatewayKeys, gatewayJwks } from './gateway-keys'
import { isLocked } from './ledger'
import type { ReversalState, TransferState } from './messages'

/** How a bank is doing, without its book. */
export interface BankState {
  readonly code: string
  readonly name: { readonly ko: string; readonly en: string }
  readonly switches: readonly unknown[]
  readonly complaints: readonly Complaint[]
}

export interface BankBook {
  readonly code: string
  readonly accounts: readonly {
    readonly number: string
    readonly role: string
    readonly holder: string
    readonly currency: string
    readonly balance: string
    readonly standing: string
    readonly locked: boolean
  }[]
  /** What the gateway's account has, by currency. */
  readonly collected: Readonly<Record<string, string>>
  /** Newest first. */
  readonly transfers: readonly (TransferState & {
    readonly account: string
    readonly reference: string
    readonly reversals: readonly ReversalState[]
  })[]
  readonly inquiries: readonly Inquiry[]
}

export function bankStateOf({ profile, switches, complaints }: Bank): BankState {
  return { code: profile.code, name: profile.name, switches: switches.all(), complaints }
}

export function bankBookOf({ profile, ledger, inquiries }: Bank): BankBook {
  const accounts = ledger.all()
  const numberOf = (ref: string) => accounts.find((each) => each.ref === ref)?.number ?? ref
  return {
    code: profile.code,
    accounts: accounts.map((account) => ({
      ...{ number: account.number, role: account.role, holder: account.holder, currency: account.currency },
      ...{ balance: String(account.balance), standing: account.standing, locked: isLocked(account) },
    })),
    collected: Object.fromEntries([...ledger.collected].map(([currency, amount]) => [currency, String(amount)])),
    transfers: [...ledger.transfers.values()].reverse().map(({ request, state, reversals }) => ({
      ...{ ...state, account: numberOf(request.from), reference: request.reference, reversals },
    })),
    inquiries,
  }
}

const numberOnly = z.object({ number: z.string() })

export function bankRoutes(all: readonly Bank[], gateway: GatewayKeys): Routes {
  const withBank =
    (deed: (bank: Bank, request: Parameters<Handler>[0]) => unknown): Handler =>
    async (request) => {
      const bank = all.find(({ profile }) => profile.code === request.params.code)
      if (!bank) throw new Refusal(404, 'no such bank')
      const json = deed(bank, request)
      await bank.recorded()
      return { json }
    }
  return {
    'GET /api/banks': () => ({ json: { banks: all.map(bankStateOf) } }),
    'POST /api/banks/gateway-keys': ({ body }) => {
      gateway.tell(gatewayJwks.parse(body))
      return { json: {} }
    },
    'GET /api/banks/:code': withBank(bankStateOf),
    'GET /api/banks/:code/book': withBank(bankBookOf),
    'POST /api/banks/:code/switches': withBank((bank, { body }) => ({
      id: bank.switches.set(bankSwitch.parse(body)).id,
    })),
    'DELETE /api/banks/:code/switches': withBank((bank) => {
      bank.switches.clear()
      return { switches: [] }
    }),
    'DELETE /api/banks/:code/switches/:id': withBank((bank, { params }) => {
      bank.switches.clear(Number(params.id))
      return { switches: bank.switches.all() }
    }),
    'POST /api/banks/:code/accounts': withBank((bank, { body }) => {
      const change = accountChange.parse(body)
      bank.change(change)
      return numberOnly.parse(change)
    }),
  }
}
