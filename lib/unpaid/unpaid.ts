import type { Clock } from '../clock'
import type { Database } from '../db/database'
import type { Uuid } from '../ids'
import type { Currency } from '../money/currency'
import type { ModuleCode } from '../modules/payment-module'
import { listUnpaid } from './store'

/** A part of a payment that is paid later, and how far it is. Amounts are minor units. */
export interface AwaitedPart {
  readonly module: ModuleCode
  readonly amount: bigint
  /** What of it has come. */
  readonly received: bigint
  /** Only of giro: its bill. */
  readonly billId?: Uuid
  readonly reference?: string
  readonly payer?: string
  /** Demands that were sent. */
  readonly demands: number
  readonly dueAt?: Date
  readonly isOverdue: boolean
  /** Then everything goes back. */
  readonly lapsesAt?: Date
}

/** A payment that was accepted and waits for a part of it (M-152). */
export interface Unpaid {
  readonly paymentId: Uuid
  readonly orderRef: string
  readonly orderName: string
  readonly amount: bigint
  readonly currency: Currency
  /** What other means have paid. */
  readonly taken: bigint
  readonly createdAt: Date
  readonly parts: readonly AwaitedPart[]
}

export interface UnpaidFilter {
  readonly module?: ModuleCode
  readonly overdue?: boolean
  /** In the order, the reference or the payer's name. */
  readonly search?: string
  /** The last payment of the page before; newest come first. */
  readonly before?: Uuid
  readonly limit: number
}

/** What a shop waits for, whatever means it is paid by. */
export interface UnpaidList {
  page(merchantId: Uuid, filter: UnpaidFilter): Promise<Unpaid[]>
}

export function createUnpaidList({
  database: { pool },
  clock,
}: {
  database: Pick<Database, 'pool'>
  clock: Clock
}): UnpaidList {
  return { page: (merchantId, filter) => listUnpaid(pool, merchantId, filter, clock.now()) }
}
