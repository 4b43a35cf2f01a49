import type { Clock } from '../clock'
import type { Database } from '../db/database'
import type { Settings } from '../env'
import type { Uuid } from '../ids'
import type { Payments } from '../payments/payments'
import { findDueBatches, findHeld, finishBatch } from './batch-store'
import type { InstalledModule } from './installed-module'

/** Captures by batch what merchants hold, at the times that they have set for a module (M-150). */
export interface CaptureBatches {
  /**
   * Runs the batches that are due, a few at a time. One that was ended in between is run again: what was captured already
   * waits for nothing any more.
   * @returns whether there may be another
   */
  runDue(): Promise<boolean>
}

interface Parts {
  readonly database: Database
  readonly clock: Clock
  readonly settings: Pick<Settings, 'TIME_ZONE'>
  readonly installed: readonly InstalledModule[]
  readonly payments: Pick<Payments, 'capture'>
}

const BATCHES = 20
const PAGE = 200
/** So many captures at once keep issuers busy without leaving shoppers to wait for a connection. */
const AT_ONCE = 8

export function createCaptureBatches({ database, clock, settings, installed, payments }: Parts): CaptureBatches {
  const { pool } = database
  const modules = installed.filter(({ batch }) => batch === 'capture').map(({ code }) => code)

  async function captureAll(merchantId: Uuid, ids: readonly Uuid[]): Promise<void> {
    for (let from = 0; from < ids.length; from += AT_ONCE) {
      await Promise.all(ids.slice(from, from + AT_ONCE).map((id) => payments.capture(merchantId, id)))
    }
  }

  return {
    async runDue() {
      const due = await findDueBatches(pool, modules, clock.now(), BATCHES)
      for (const batch of due) {
        let after: Uuid | undefined
        for (;;) {
          const held = await findHeld(pool, batch, after, PAGE)
          await captureAll(batch.merchantId, held)
          after = held.at(-1)
          if (held.length < PAGE) break
        }
        await finishBatch(pool, batch, settings.TIME_ZONE, clock.now())
      }
      return due.length === BATCHES
    },
  }
}
