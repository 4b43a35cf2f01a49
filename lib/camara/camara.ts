import type { Vault } from '../cards/vault'
import type { Clock } from '../clock'
import type { Database } from '../db/database'
import type { Settings } from '../env'
import type { Payments } from '../payments/payments'
import type { Refunds } from '../payments/refunds'
import { type CamaraPayments, createCamaraPayments } from './camara-payments'
import { type CamaraRefunds, createCamaraRefunds } from './camara-refunds'
import type { CamaraEvents } from './events'
import type { LineMeans } from './line-means'
import { createRequestRate, type RequestRate } from './request-rate'

/** CAMARA Carrier Billing and Refund: ordinary payments of ours, in the words of the two documents. */
export interface Camara {
  readonly payments: CamaraPayments
  readonly refunds: CamaraRefunds
  readonly rate: RequestRate
}

interface Parts {
  readonly database: Database
  readonly clock: Clock
  readonly vault: Vault
  readonly settings: Pick<Settings, 'FINGERPRINT_KEY' | 'CAMARA_REQUESTS_PER_MINUTE'>
  readonly payments: Payments
  readonly refunds: Refunds
  readonly lines: LineMeans
  readonly events: CamaraEvents
  report(event: string, detail: Readonly<Record<string, unknown>>): void
}

export function createCamara(parts: Parts): Camara {
  return {
    payments: createCamaraPayments(parts),
    refunds: createCamaraRefunds(parts),
    rate: createRequestRate(parts.settings.CAMARA_REQUESTS_PER_MINUTE, {
      pool: parts.database.pool,
      clock: parts.clock,
    }),
  }
}
