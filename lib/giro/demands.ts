import { type Clock, DAY_MS, later } from '../clock'
import type { Database } from '../db/database'
import type { Uuid } from '../ids'
import {
  billsToDemand,
  demandsOf,
  extendBill,
  findBill,
  findTerms,
  keepTerms,
  noteDemand,
  type SentDemand,
} from './bill-store'
import { type GiroBill, type GiroTerms, USUAL_TERMS } from './giro-bill'
import { giroMessages, outboxOf } from './giro-mail'

/** A payer is not written to more often than this by hand. */
const DEMANDS_APART_MS = 10 * 60_000

export type Demanded = 'sent' | 'missing' | 'not-open' | 'just-sent' | 'unreachable'
export type Extended = 'extended' | 'missing' | 'not-open' | 'too-early' | 'too-late'

/** What a shop does about bills that are not paid (M-152). */
export interface Demands {
  terms(merchantId: Uuid): Promise<GiroTerms>
  /** Holds for bills made from now on; those that are out keep their dates. */
  changeTerms(merchantId: Uuid, terms: GiroTerms): Promise<void>
  /** @param by who asks for it */
  send(merchantId: Uuid, billId: Uuid, by: string): Promise<Demanded>
  /** Gives the payer until a later day; the time at which the payment lapses moves along. */
  extend(merchantId: Uuid, billId: Uuid, dueAt: Date): Promise<Extended>
  sent(merchantId: Uuid, billId: Uuid): Promise<SentDemand[]>
  /** Sends demands whose day has come, a bounded number; true when there are more. */
  sendDue(limit: number): Promise<boolean>
}

/** When the next demand of a bill goes out by itself; null when none does any more. */
export function nextDemand({ dueAt, demands }: Pick<GiroBill, 'dueAt' | 'demands'>, terms: GiroTerms): Date | null {
  const days = [...terms.demandDays].sort((a, b) => a - b)[demands]
  return days === undefined ? null : later(dueAt, days * DAY_MS)
}

export function createDemands({
  database: { pool },
  clock,
}: {
  database: Pick<Database, 'pool'>
  clock: Clock
}): Demands {
  const termsOf = async (merchantId: Uuid) => (await findTerms(pool, merchantId)) ?? USUAL_TERMS

  async function demand(bill: GiroBill, by: string | null): Promise<boolean> {
    const at = clock.now()
    const number = bill.demands + 1
    const outbox = outboxOf(bill, giroMessages('giro-demand', bill, at, { demand: number }))
    const next = nextDemand({ dueAt: bill.dueAt, demands: number }, await termsOf(bill.merchantId))
    return noteDemand(pool, bill, { by, outbox, nextDemandAt: next && next > at ? next : null, at })
  }

  return {
    terms: termsOf,
    changeTerms: (merchantId, terms) => keepTerms(pool, merchantId, terms, clock.now()),

    async send(merchantId, billId, by) {
      const bill = await findBill(pool, merchantId, billId)
      if (!bill) return 'missing'
      if (bill.state !== 'open') return 'not-open'
      if (bill.payer.email === undefined && bill.payer.shopperId === undefined) return 'unreachable'
      const last = (await demandsOf(pool, merchantId, billId)).at(-1)
      if (last && later(last.at, DEMANDS_APART_MS) > clock.now()) return 'just-sent'
      return (await demand(bill, by)) ? 'sent' : 'just-sent'
    },

    async extend(merchantId, billId, dueAt) {
      const at = clock.now()
      const bill = await findBill(pool, merchantId, billId)
      if (!bill) return 'missing'
      if (bill.state !== 'open') return 'not-open'
      if (dueAt <= at || dueAt <= bill.dueAt) return 'too-early'
      if (dueAt > later(at, 366 * DAY_MS)) return 'too-late'
      const terms = await termsOf(merchantId)
      const done = await extendBill(pool, merchantId, billId, {
        ...{ dueAt, at, lapsesAt: later(dueAt, terms.lapseDays * DAY_MS) },
        nextDemandAt: nextDemand({ dueAt, demands: bill.demands }, terms),
      })
      return done ? 'extended' : 'not-open'
    },

    sent: (merchantId, billId) => demandsOf(pool, merchantId, billId),

    async sendDue(limit) {
      const due = await billsToDemand(pool, clock.now(), limit)
      for (const bill of due) await demand(bill, null)
      return due.length === limit
    },
  }
}
