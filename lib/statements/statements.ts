import type { Clock } from '../clock'
import { aloneAt } from '../db/alone'
import type { Database } from '../db/database'
import type { ListOrder } from '../db/list-order'
import type { Settings } from '../env'
import type { BankFileLinks } from '../gateways/bank-files/bank-files'
import type { Uuid } from '../ids'
import { type DebtorSettings, debtorsOf } from '../receivables/debtor'
import { compareStatements } from './compare'
import { readStatements } from './read-statements'
import type { ComparedLine, LineState, Statement } from './statement'
import { linesOf, listStatements, payoutBookedOn, type Place, showStatement } from './statement-store'

/** What banks say happened on our accounts (camt.053), beside what our books say. */
export interface Statements {
  /** Reads what is new at every bank, and looks for each line in our books. */
  readDue(): Promise<void>
  /** The newest first where nothing is said, beyond one of them. */
  list(page: { order?: ListOrder | undefined; before?: Place | undefined; limit: number }): Promise<Statement[]>
  find(place: Place): Promise<Statement | undefined>
  lines(place: Place, page: { state?: LineState | undefined; after: number; limit: number }): Promise<ComparedLine[]>
  /** YYYY-MM-DD on which the bank booked a payout, by its own statement. */
  payoutBookedOn(payoutId: Uuid): Promise<string | undefined>
}

interface Parts {
  readonly database: Database
  readonly clock: Clock
  readonly settings: Pick<Settings, 'BANK_FILES' | 'TIME_ZONE'> & DebtorSettings
  readonly links: BankFileLinks
  report(event: string, detail: Readonly<Record<string, unknown>>): void
}

export function createStatements({ database, clock, settings, links, report }: Parts): Statements {
  const { pool } = database
  const parts = { pool, clock, links, report, zone: settings.TIME_ZONE, debtors: debtorsOf(settings) }
  return {
    async readDue() {
      for (const bank of settings.BANK_FILES) {
        await aloneAt(pool, 'statement-read', bank.code, async () => {
          await readStatements(bank, parts)
          await compareStatements(bank, parts)
        })
      }
    },
    list: (page) => listStatements(pool, page),
    find: (place) => showStatement(pool, place),
    lines: (place, page) => linesOf(pool, place, page),
    payoutBookedOn: (payoutId) => payoutBookedOn(pool, payoutId),
  }
}
