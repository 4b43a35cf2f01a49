import { type Clock, DAY_MS, later } from '../clock'
import type { Database } from '../db/database'
import { type Uuid, uuidAt } from '../ids'
import { invariant } from '../invariant'
import type { LegToSettle, RefundToMake } from '../modules/payment-module'
import type { DeclineReason } from '../payments/decline-reason'
import type { Locale } from '../payments/payment'
import { debitOfLeg, type DebitLeg, insertDebit, moveDebit, refundDebit } from './debit-store'
import type { OpenedAccount, Mandate, MandateKind } from './mandate'
import type { Mandates } from './mandates'
import { declineOf } from './reasons'

/** When nothing has been heard for so long, the payment asks by itself once more; the bank's word comes earlier. */
const ASKED_AGAIN_AFTER_MS = 7 * DAY_MS

/** What the payment module needs of debits. */
export interface DebitLegs {
  /** Whether an account at a bank can be collected from in a currency. */
  reaches(bank: string, currency: string): boolean
  /** Code of the bank that collects in a currency, empty where none does: it owes us what it has collected. */
  collectedBy(currency: string): string
  /** A recurring mandate of the shopper at the shop. */
  usable: Mandates['usable']
  /** False when the leg has been withdrawn already, or its mandate is no longer to be used. */
  ask(leg: LegToSettle, agreed?: OpenedAccount & { kind: MandateKind; bank: string }): Promise<boolean>
  /** Lets the debit into the next batch, and says how it stands. */
  collect(
    leg: LegToSettle,
  ): Promise<{ kind: 'collected' } | { kind: 'waits'; until: Date } | { kind: 'never'; reason: DeclineReason }>
  /** It is not to be collected any more. What is at the bank already goes back to its payer if it comes. */
  withdraw(leg: LegToSettle): Promise<void>
  /** False when the bank has taken the money back already. */
  giveBack(leg: LegToSettle, refund: RefundToMake): Promise<boolean>
}

export interface MandateMeans {
  readonly mandateId: Uuid
  readonly ownerId: Uuid
  readonly issuer: string
  readonly lastFour: string
}

export function createDebitLegs({
  database: { pool },
  clock,
  mandates,
}: {
  database: Pick<Database, 'pool'>
  clock: Clock
  mandates: Mandates
}): DebitLegs {
  async function mandateFor(
    leg: LegToSettle,
    agreed: (OpenedAccount & { kind: MandateKind; bank: string }) | undefined,
  ): Promise<Mandate | undefined> {
    const { mandateId, ownerId } = meansOf(leg)
    const bank = mandates.collecting(leg.amount.currency)
    if (!bank) return undefined
    const there = await mandates.find(leg.merchantId, mandateId)
    if (there || !agreed) return there
    const { payee, merchantId } = leg
    const shop = leg.locale === 'en' ? payee.name : payee.localName
    const locale: Locale = leg.locale
    return mandates.agree({ ...agreed, merchantId, id: mandateId, shopperId: ownerId, shop, locale }, bank)
  }

  function keep(leg: LegToSettle, state: 'asked' | 'withdrawn') {
    const at = clock.now()
    const houseBank = mandates.collecting(leg.amount.currency)?.code ?? ''
    return insertDebit(pool, {
      ...{ ...legKey(leg), id: uuidAt(at), mandateId: meansOf(leg).mandateId, houseBank, amount: leg.amount },
      ...{ orderName: leg.orderName, state, at },
    })
  }

  return {
    reaches: (bank, currency) =>
      mandates.collecting(currency)?.debits.reaches.some(({ code }) => code === bank) ?? false,
    collectedBy: (currency) => mandates.collecting(currency)?.code ?? '',
    usable: mandates.usable,

    async ask(leg, agreed) {
      const mandate = await mandateFor(leg, agreed)
      if (mandate?.state !== 'active' || mandate.shopperId !== meansOf(leg).ownerId) return false
      return (await keep(leg, 'asked')) === 'asked'
    },

    async collect(leg) {
      const at = clock.now()
      await moveDebit(pool, legKey(leg), ['asked'], 'open', at)
      // What the payment has once heard of as collected is its own: a return is booked as one from then on.
      await moveDebit(pool, legKey(leg), ['collected'], 'settled', at)
      const debit = await debitOfLeg(pool, legKey(leg))
      switch (debit?.state) {
        case 'settled':
        case 'returned':
          return { kind: 'collected' }
        case 'open':
        case 'batched':
          return { kind: 'waits', until: later(at, ASKED_AGAIN_AFTER_MS) }
        default:
          return { kind: 'never', reason: declineOf(debit?.reason) }
      }
    },

    async withdraw(leg) {
      const at = clock.now()
      // One that was never asked for is written down as withdrawn, so that what comes late finds it so (P3.4).
      await keep(leg, 'withdrawn')
      await moveDebit(pool, legKey(leg), ['asked', 'open', 'refused'], 'withdrawn', at)
      await moveDebit(pool, legKey(leg), ['batched'], 'recalled', at)
      const debit = await debitOfLeg(pool, legKey(leg))
      if (debit?.state === 'collected' && debit.batchId) {
        // Collected in the moment of its cancelling: the payer's, as if the bank had said so afterwards.
        await pool.query(
          `with recalled as (
             update debit set state = 'recalled' where merchant_id = $1 and id = $2 and state = 'collected' returning id)
           select answer_debit($1, $2, $3, $4, true, null, null, $5, $6) from recalled`,
          [leg.merchantId, debit.id, debit.tries, debit.batchId, uuidAt(at), at],
        )
      }
    },

    async giveBack(leg, { reference, amount }) {
      const debit = await debitOfLeg(pool, legKey(leg))
      invariant(debit, 'what is given back was collected')
      const { merchantId, id: debitId } = debit
      return refundDebit(pool, { merchantId, debitId, reference, amount: amount.amount, at: clock.now() })
    },
  }
}

/** The means of a leg, as the module planned it. */
function meansOf({ means }: Pick<LegToSettle, 'means'>): MandateMeans {
  const text = (name: string) => String(means[name])
  return { mandateId: text('mandateId'), ownerId: text('ownerId'), issuer: text('issuer'), lastFour: text('lastFour') }
}

function legKey({ merchantId, paymentId, attempt, leg }: LegToSettle): DebitLeg {
  return { merchantId, paymentId, attempt, leg }
}
