import type { Accounts } from '../accounts/accounts'
import type { Clock } from '../clock'
import type { Database } from '../db/database'
import type { Uuid } from '../ids'
import { countWatches, findWatch, insertWatch, removeWatch } from './watch-store'

/** What is watched is looked at with every charge, so that one application does not watch without end. */
const MOST_WATCHES = 10_000

interface Reference {
  readonly endpoint: string
  readonly correlator: string
}

export type StartResult = { kind: 'started' } | { kind: 'refused'; reason: 'correlator-used' | 'too-many-watches' }

/** What applications asked to be told until they stop it, each by a name of the application's own. */
export interface Watches {
  /** Every charge of the account, what comes back to it, and when it falls to its threshold (M-83). */
  startAccount(
    application: { readonly id: Uuid; readonly merchantId: Uuid },
    reference: Reference,
    accountId: Uuid,
  ): Promise<StartResult>
  /** What becomes of each text that the application sends without asking for a receipt of its own. */
  startReceipts(application: { readonly id: Uuid }, reference: Reference): Promise<StartResult>
  /** False when nothing of this kind has that name. */
  stop(applicationId: Uuid, kind: 'account-change' | 'sms-receipt', correlator: string): Promise<boolean>
}

interface Parts {
  readonly database: Database
  readonly clock: Clock
  readonly accounts: Pick<Accounts, 'watch' | 'unwatch'>
}

export function createWatches({ database: { pool }, clock, accounts }: Parts): Watches {
  async function refusalOf(applicationId: Uuid, correlator: string): Promise<StartResult | undefined> {
    if (await findWatch(pool, applicationId, correlator)) return { kind: 'refused', reason: 'correlator-used' }
    const isFull = (await countWatches(pool, applicationId)) >= MOST_WATCHES
    return isFull ? { kind: 'refused', reason: 'too-many-watches' } : undefined
  }

  return {
    async startAccount({ id: applicationId, merchantId }, { endpoint, correlator }, accountId) {
      const refused = await refusalOf(applicationId, correlator)
      if (refused) return refused
      // If we die before the next line the application asks again; until then what it is told has no name it knows and
      // is not sent.
      const watchId = await accounts.watch({
        ...{ accountId, merchantId, kind: 'soap', topic: 'account-change' },
        changes: ['charged', 'refunded', 'topped-up', 'low-balance'],
        payload: { applicationId, correlator, endpoint },
      })
      const watch = { applicationId, correlator, kind: 'account-change', endpoint, accountId, watchId } as const
      if (await insertWatch(pool, watch, clock.now())) return { kind: 'started' }
      await accounts.unwatch(accountId, watchId)
      return { kind: 'refused', reason: 'correlator-used' }
    },

    async startReceipts({ id: applicationId }, { endpoint, correlator }) {
      const refused = await refusalOf(applicationId, correlator)
      if (refused) return refused
      const watch = { applicationId, correlator, kind: 'sms-receipt', endpoint } as const
      const started = await insertWatch(pool, watch, clock.now())
      return started ? { kind: 'started' } : { kind: 'refused', reason: 'correlator-used' }
    },

    async stop(applicationId, kind, correlator) {
      const watch = await findWatch(pool, applicationId, correlator)
      if (watch?.kind !== kind) return false
      if (watch.accountId && watch.watchId) await accounts.unwatch(watch.accountId, watch.watchId)
      return (await removeWatch(pool, applicationId, correlator)) !== undefined
    },
  }
}
