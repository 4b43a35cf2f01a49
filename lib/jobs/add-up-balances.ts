import { addUpBalances as addUp } from '../ledger/balance-store'
import type { Job } from './job'

// The locks of so many balances are held for the moment that adding them up takes.
const BALANCES = 100

/** Carries on the sums of what is owed to merchants, so that asking for one never reads a merchant's whole books. */
export const addUpBalances: Job = {
  name: 'add-up-balances',
  everyMs: 5_000,
  runners: 'alone',
  async runOnce({ database }) {
    return (await addUp(database.pool, BALANCES)) === BALANCES
  },
}
