import type { Clock } from '../clock'
import type { Database } from '../db/database'
import type { Settings } from '../env'
import type { Currency } from '../money/currency'
import { type Debtor, type DebtorSettings, debtorsOf } from './debtor'
import { addUpReceivables, owedOn } from './store'

/** What a debtor owes us in a currency; negative where we owe them. */
export interface Owed extends Pick<Debtor, 'link' | 'system' | 'name'> {
  readonly currency: Currency
  readonly taken: bigint
  readonly received: bigint
  readonly amount: bigint
  /** YYYY-MM-DD of the oldest part of it; absent where nothing is owed. */
  readonly since?: string
  /** How many days ago that was. */
  readonly days?: number
  readonly lastReceived?: string
  /** Whether its payments would be known in a statement. */
  readonly isKnown: boolean
}

/** What issuers, billing centres and banks of transfers have taken for us and not paid yet. */
export interface Receivables {
  /** By debtor and currency, as it was last added up; those that never took anything are left out. */
  owed(): Promise<Owed[]>
  /** Adds up what the books say, some days at most; true when there is more. */
  addUp(): Promise<boolean>
}

interface Parts {
  readonly database: Database
  readonly clock: Clock
  readonly settings: DebtorSettings & Pick<Settings, 'TIME_ZONE'>
}

/** Few enough that the busiest days end within the time that a statement may take; what was added up is kept, and the next run goes on. */
const DAYS_AT_ONCE = 3
const DAY_MS = 86_400_000

export function createReceivables({ database: { pool }, clock, settings }: Parts): Receivables {
  const debtors = new Map(debtorsOf(settings).map((each) => [each.account, each]))
  const zone = settings.TIME_ZONE
  return {
    addUp: () => addUpReceivables(pool, { zone, at: clock.now(), days: DAYS_AT_ONCE }),
    async owed() {
      const today = new Intl.DateTimeFormat('sv-SE', { timeZone: zone }).format(clock.now())
      const rows = await owedOn(pool, [...debtors.keys()])
      return rows.flatMap(({ account, currency, taken, received, since, lastReceived }) => {
        const { link, system, name, paysAs } = debtors.get(account)!
        const days = since === null ? undefined : Math.max(0, (Date.parse(today) - Date.parse(since)) / DAY_MS)
        return {
          ...{ link, system, name, currency, taken, received, amount: taken - received, isKnown: paysAs !== undefined },
          ...(since === null || days === undefined ? {} : { since, days }),
          ...(lastReceived === null ? {} : { lastReceived }),
        }
      })
    },
  }
}
