import type { Vault } from '../cards/vault'
import type { Clock } from '../clock'
import type { Database } from '../db/database'
import type { Uuid } from '../ids'
import type { TokenCaller } from '../oauth/oauth-client'
import type { Payments } from '../payments/payments'
import type { CamaraPayment } from './camara-payment'
import type { CamaraEvents } from './events'
import type { LineMeans } from './line-means'
import { createPaymentOpening } from './payment-opening'
import { createPaymentRecords } from './payment-records'
import type { Made, NewCamaraPayment, PaymentFilter, Stepped, Validated } from './payment-requests'
import { createPaymentSteps } from './payment-steps'
import { findPayment, listPayments } from './store'

export interface CamaraPayments {
  /** Whether a number belongs to a telephone company that we are connected to. */
  isServed(number: string): boolean
  /** Charges a line (one step), or reserves an amount on it (two steps). */
  create(caller: TokenCaller, request: NewCamaraPayment): Promise<Made>
  /** Proves the line of a prepared payment by the code that its holder was sent, and reserves the amount. */
  validate(caller: TokenCaller, paymentId: Uuid, given: { authorizationId: string; code: string }): Promise<Validated>
  /** Charges what is reserved. The number is that of the request, where the token has none. */
  confirm(caller: TokenCaller, paymentId: Uuid, number?: string): Promise<Stepped>
  /** Gives up what is reserved. */
  cancel(caller: TokenCaller, paymentId: Uuid, number?: string): Promise<Stepped>
  /** A client's own payment; of its token's line, where that has one. */
  find(caller: TokenCaller, paymentId: Uuid): Promise<CamaraPayment | undefined>
  list(caller: TokenCaller, filter: PaymentFilter): Promise<{ payments: CamaraPayment[]; total: number } | 'too-many'>
  /** Resolves when nothing that was answered with "processing" is in hand any more. */
  idle(): Promise<void>
}

interface Parts {
  readonly database: Database
  readonly clock: Clock
  readonly vault: Vault
  readonly settings: { readonly FINGERPRINT_KEY: Buffer }
  readonly payments: Payments
  readonly lines: LineMeans
  readonly events: CamaraEvents
  report(event: string, detail: Readonly<Record<string, unknown>>): void
}

/** A list that is longer has to be asked for in parts. */
const MOST_MATCHING = 10_000

export function createCamaraPayments(parts: Parts): CamaraPayments {
  const { pool } = parts.database
  const records = createPaymentRecords(parts)
  const opening = createPaymentOpening({ ...parts, records })
  return {
    isServed: parts.lines.isServed,
    ...opening,
    ...createPaymentSteps({ ...parts, records }),
    async find(caller, paymentId) {
      const row = await findPayment(pool, records.ownerOf(caller), paymentId)
      return row && records.read(row)
    },
    async list(caller, { page, perPage, ...filter }) {
      const wanted = { ...filter, offset: (page - 1) * perPage, limit: perPage }
      const { rows, total } = await listPayments(pool, records.ownerOf(caller), wanted, MOST_MATCHING)
      return total > MOST_MATCHING ? 'too-many' : { payments: rows.map(records.read), total }
    },
  }
}
