import type { Vault } from '../cards/vault'
import type { Clock } from '../clock'
import type { Database } from '../db/database'
import type { Settings } from '../env'
import { type Uuid, uuidAt } from '../ids'
import { type AccountHistory, createAccountHistory } from './account-history'
import { type AccountKeeping, createAccountKeeping } from './account-keeping'
import { type AccountLegs, createAccountLegs } from './account-legs'
import { type AccountMoney, createAccountMoney } from './account-money'
import { type AccountPins, createAccountPins } from './account-pins'
import { createMoneyStore } from './money-store'
import { findReservation, findReserved } from './reservation-store'
import { createVouchers, type Vouchers } from './vouchers'
import type { Watch } from './watch'
import { deleteWatch, deleteWatchesOver, insertWatch } from './watch-store'

export type { Watch, WatchedChange } from './watch'

/**
 * Micro accounts (document 001). Checking and charging are one step under the lock of the account's row, so that charges at
 * once never exceed a limit or a balance (N9); the posting, the holder's SMS and what watchers are told are written with it.
 * A refusal is a result. Amounts are minor units.
 */
export interface Accounts extends AccountKeeping, AccountMoney, AccountPins, Vouchers, AccountHistory {
  readonly legs: AccountLegs
  watch(watch: Watch): Promise<Uuid>
  unwatch(accountId: Uuid, watchId: Uuid): Promise<boolean>
  /** Takes out watches whose time is over, at most so many; how many. */
  removeWatchesOver(limit: number): Promise<number>
}

export function createAccounts({
  database: { pool },
  clock,
  vault,
  settings,
}: {
  readonly database: Database
  readonly clock: Clock
  readonly vault: Vault
  readonly settings: Pick<Settings, 'TIME_ZONE' | 'PHONE_BILL_CONTACT' | 'WEB_URL'>
}): Accounts {
  const zone = settings.TIME_ZONE
  const store = createMoneyStore(pool, { zone, objectAt: settings.PHONE_BILL_CONTACT ?? settings.WEB_URL })
  const money = createAccountMoney({ store, clock, findReservation: (place) => findReservation(pool, place) })
  return {
    ...createAccountKeeping({ pool, vault, clock, zone }),
    ...createAccountPins({ pool, vault, clock, zone }),
    ...createVouchers({ pool, store, vault, clock }),
    ...createAccountHistory({ pool, clock, zone }),
    ...money,
    legs: createAccountLegs({ money, store, clock, findReserved: (request) => findReserved(pool, request) }),

    async watch(watch) {
      const now = clock.now()
      const id = uuidAt(now)
      await insertWatch(pool, id, watch, now)
      return id
    },
    unwatch: (accountId, watchId) => deleteWatch(pool, accountId, watchId),
    removeWatchesOver: (limit) => deleteWatchesOver(pool, clock.now(), limit),
  }
}
