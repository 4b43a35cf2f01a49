import { randomInt } from 'node:crypto'
import { type Clock, DAY_MS, later } from '../clock'
import type { Database } from '../db/database'
import { uuidAt } from '../ids'
import { invariant } from '../invariant'
import type { LegToSettle, RefundToMake } from '../modules/payment-module'
import type { Currency } from '../money/currency'
import { billOfLeg, endBill, findTerms, keepBill, keepReference, openBill, refundBill } from './bill-store'
import { creditorReference } from './creditor-reference'
import { nextDemand } from './demands'
import { type GiroBank, type GiroBill, type Payer, USUAL_TERMS } from './giro-bill'
import { giroMessages, outboxOf } from './giro-mail'

/** Of the reference's own part: enough that two bills of an installation hardly ever draw the same, short enough to type. */
const REFERENCE_DIGITS = 12

/** What the payment module needs of bills; people and the bank's files speak to `GiroDesk` and `GiroCredits`. */
export interface Giro {
  /** Where bills of a currency are paid in; undefined where no bank takes them. */
  bankFor(currency: Currency): GiroBank | undefined
  /** False when the leg has been withdrawn already. */
  ask(leg: LegToSettle, payer: Payer): Promise<boolean>
  /** Has the statement sent, and says how the bill stands. */
  collect(leg: LegToSettle): Promise<{ kind: 'paid' } | { kind: 'waits'; until: Date } | { kind: 'never' }>
  /** Nobody is to pay it any more; what has come for it is the payer's. */
  withdraw(leg: LegToSettle): Promise<void>
  /** Money of a bill that was paid is the payer's again, and is returned by people. False when it is more than has come. */
  giveBack(leg: LegToSettle, refund: RefundToMake): Promise<boolean>
}

interface Parts {
  readonly database: Pick<Database, 'pool'>
  readonly clock: Clock
  readonly banks: readonly GiroBank[]
}

export function createGiro({ database: { pool }, clock, banks }: Parts): Giro {
  const bankFor = (currency: Currency) => banks.find((each) => each.currency === currency)

  async function keep(leg: LegToSettle, payer: Payer, state: 'asked' | 'withdrawn'): Promise<GiroBill> {
    const known = await billOfLeg(pool, leg)
    if (known) return known
    const at = clock.now()
    const id = uuidAt(at)
    const { amount, currency } = leg.amount
    const bank = bankFor(currency)
    invariant(bank, `a bank takes giro in ${currency}`)
    const terms = (await findTerms(pool, leg.merchantId)) ?? USUAL_TERMS
    const dueAt = later(at, terms.payWithinDays * DAY_MS)
    await keepBill(pool, {
      ...{ ...legOf(leg), id, amount, currency, payer, state, at, dueAt, bank: bank.code },
      ...{ orderName: leg.orderName, locale: leg.locale, lapsesAt: later(dueAt, terms.lapseDays * DAY_MS) },
      reference: await drawReference(leg, id),
    })
    return (await billOfLeg(pool, leg))!
  }

  async function drawReference({ merchantId }: LegToSettle, billId: string): Promise<string> {
    for (;;) {
      const digits = Array.from({ length: REFERENCE_DIGITS }, () => randomInt(10)).join('')
      const reference = creditorReference(digits)
      if (await keepReference(pool, reference, merchantId, billId)) return reference
    }
  }

  return {
    bankFor,

    ask: async (leg, payer) => (await keep(leg, payer, 'asked')).state !== 'withdrawn',

    async collect(leg) {
      const bill = await billOfLeg(pool, leg)
      invariant(bill, 'a leg that is captured was authorized')
      const at = clock.now()
      if (bill.state !== 'paid' && bill.lapsesAt <= at) {
        await endBill(pool, bill, { into: 'lapsed', postingId: uuidAt(at), at })
      } else if (bill.state === 'asked') {
        const terms = (await findTerms(pool, leg.merchantId)) ?? USUAL_TERMS
        const outbox = outboxOf(bill, giroMessages('giro-statement', bill, at))
        await openBill(pool, bill, { outbox, nextDemandAt: nextDemand(bill, terms), at })
      }
      // Whoever was quicker, the bank's file perhaps: what stands now is the answer.
      const now = (await billOfLeg(pool, leg))!
      if (now.state === 'paid') return { kind: 'paid' }
      return now.state === 'open' ? { kind: 'waits', until: now.lapsesAt } : { kind: 'never' }
    },

    async withdraw(leg) {
      // One that was never asked for is written down as withdrawn, so that what comes late finds it so (P3.4).
      const bill = bankFor(leg.amount.currency) ? await keep(leg, NOBODY, 'withdrawn') : await billOfLeg(pool, leg)
      const at = clock.now()
      if (bill) await endBill(pool, bill, { into: 'withdrawn', postingId: uuidAt(at), at })
    },

    async giveBack(leg, { reference, amount }) {
      const bill = await billOfLeg(pool, leg)
      invariant(bill, 'a leg that was captured was authorized')
      const at = clock.now()
      const refund = { reference, amount: amount.amount, postingId: uuidAt(at), at }
      return refundBill(pool, bill, refund)
    },
  }
}

const NOBODY: Payer = { name: '' }

function legOf({ merchantId, paymentId, attempt, leg }: LegToSettle) {
  return { merchantId, paymentId, attempt, leg }
}
