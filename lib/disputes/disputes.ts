import type { Audit } from '../audit/audit'
import { type Clock, DAY_MS, later } from '../clock'
import type { Database } from '../db/database'
import type { Settings } from '../env'
import type { Uuid } from '../ids'
import type { ShopConsent } from '../merchants/cancel-request'
import type { Payments } from '../payments/payments'
import type { Refunds } from '../payments/refunds'
import { type Claims, createClaims } from './claims'
import { createDecisions, type Decisions } from './decisions'
import { type Dispute, type DisputeHistoryEntry, theClock } from './dispute'
import { createGrants } from './grants'
import { createMover } from './mover'
import {
  claimDueDisputes,
  countOpenDisputes,
  type DisputeCount,
  type DisputeFilter,
  findDispute,
  findDisputeHistory,
  findDisputes,
  findFile,
  findOfPayment,
  findShoppersDisputes,
} from './store'

/** Claims of shoppers over payments, from the claim to the decision (docs/disputes.md). */
export interface Disputes {
  readonly claims: Claims
  readonly decisions: Decisions
  find(merchantId: Uuid, disputeId: Uuid): Promise<Dispute | undefined>
  /** The newest first. */
  list(merchantId: Uuid, filter: DisputeFilter): Promise<Dispute[]>
  listOfPayment(merchantId: Uuid, paymentId: Uuid): Promise<Dispute[]>
  listOfShopper(shopperId: Uuid, limit: number): Promise<Dispute[]>
  history(merchantId: Uuid, disputeId: Uuid): Promise<DisputeHistoryEntry[]>
  /** Which of the payment's signed messages were put into the dispute's file. */
  file(merchantId: Uuid, disputeId: Uuid): Promise<Uuid[]>
  /** Of every merchant, the newest first: the operators' list. No place in it moves while somebody reads on. */
  listEverywhere(filter: DisputeFilter): Promise<Dispute[]>
  countOpen(merchantId?: Uuid): Promise<DisputeCount[]>
  /**
   * Ends what has run out of time, and carries on what somebody left while money was going back. Run by the worker.
   * @returns how many were taken up
   */
  endDue(limit: number): Promise<number>
}

interface Parts {
  readonly database: Database
  readonly clock: Clock
  readonly settings: Pick<Settings, 'DISPUTE_WINDOW_DAYS' | 'DISPUTE_ANSWER_DAYS' | 'DISPUTE_DECISION_DAYS'>
  readonly audit: Audit
  readonly payments: Pick<Payments, 'find' | 'findOfShopper'>
  readonly refunds: Pick<Refunds, 'open' | 'find' | 'listOfPayment'>
  readonly consent: ShopConsent
  readonly report: (event: string, detail: Readonly<Record<string, unknown>>) => void
}

const LEASE_MS = 60_000

export function createDisputes(parts: Parts): Disputes {
  const { clock, settings, audit, payments, refunds, consent, report } = parts
  const { pool } = parts.database
  const mover = createMover({ pool, clock, decisionTimeMs: settings.DISPUTE_DECISION_DAYS * DAY_MS })
  const grants = createGrants({ pool, clock, payments, refunds, consent, mover })
  const claims = createClaims({
    ...{ pool, clock, payments, audit, mover, grants },
    windowMs: settings.DISPUTE_WINDOW_DAYS * DAY_MS,
    answerTimeMs: settings.DISPUTE_ANSWER_DAYS * DAY_MS,
  })

  async function end(dispute: Dispute): Promise<void> {
    switch (dispute.state) {
      case 'open':
        return void (await mover.move(dispute, 'silent', theClock))
      case 'answered':
      case 'unanswered':
      case 'second':
        return void (await mover.move(dispute, 'ranOut', theClock))
      case 'deciding':
        return void (await grants.carryOn(dispute))
      case 'decided':
      case 'withdrawn':
      case 'expired':
        return
    }
  }

  return {
    claims,
    decisions: createDecisions({ pool, audit, payments, refunds, mover, grants }),
    find: (merchantId, id) => findDispute(pool, merchantId, id),
    list: (merchantId, filter) => findDisputes(pool, merchantId, filter),
    listOfPayment: (merchantId, paymentId) => findOfPayment(pool, merchantId, paymentId),
    listOfShopper: (shopperId, limit) => findShoppersDisputes(pool, shopperId, limit),
    history: (merchantId, id) => findDisputeHistory(pool, merchantId, id),
    file: (merchantId, id) => findFile(pool, merchantId, id),
    listEverywhere: (filter) => findDisputes(pool, undefined, filter),
    countOpen: (merchantId) => countOpenDisputes(pool, merchantId),
    async endDue(limit) {
      const at = clock.now()
      const due = await claimDueDisputes(pool, at, later(at, LEASE_MS), limit)
      await Promise.all(
        due.map((dispute) =>
          // One that cannot be carried on must not stop the others; its lease runs out and it comes again.
          end(dispute).catch((error: unknown) =>
            report('dispute-stuck', { disputeId: dispute.id, merchantId: dispute.merchantId, error: String(error) }),
          ),
        ),
      )
      return due.length
    },
  }
}
