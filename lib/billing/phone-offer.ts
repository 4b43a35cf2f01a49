import type { Clock } from '../clock'
import type { Database } from '../db/database'
import type { Uuid } from '../ids'
import type { Currency } from '../money/currency'
import type { Money } from '../money/money'
import { findMonthUse, type MonthUse } from './bill-store'
import type { CentresTerms } from './centre-terms'
import { type CodeVerdict, findTriesLeft } from './code-store'
import type { Codes } from './codes'
import { findStop } from './limit-store'
import { guestsMayPay, setGuests } from './shop-store'

/** Whether a shop's checkout can put something on a phone bill at all, before anybody has named a line. */
export type OfferStanding = 'open' | 'stopped' | 'currency' | 'login'

export type CheckedCode =
  { kind: 'proven'; lineId: Uuid; use?: MonthUse } | { kind: Exclude<CodeVerdict['kind'], 'proven'>; triesLeft: number }

/** What a checkout says of the phone bill before anything is moved. */
export interface PhoneOffer {
  standing(at: { merchantId: Uuid; currency: Currency; isGuest: boolean }): Promise<OfferStanding>
  /** Whether a shop lets people pay by a line who are not logged in. */
  guests(merchantId: Uuid): Promise<boolean>
  /** Counts from the next code on. */
  allowGuests(merchantId: Uuid, allowed: boolean): Promise<void>
  /**
   * Tries the code of a payment and moves nothing: the right one may be said again until the payment has used it. Whoever
   * has proved control of a line is told what it may still be charged this month (P6.7).
   */
  checkCode(typed: {
    merchantId: Uuid
    paymentId: Uuid
    amount: Money
    codeId: Uuid
    code: string
  }): Promise<CheckedCode>
}

interface Parts {
  readonly database: Database
  readonly clock: Clock
  readonly codes: Pick<Codes, 'check'>
  readonly centres: CentresTerms
}

export function createPhoneOffer({ database: { pool, prisma }, clock, codes, centres }: Parts): PhoneOffer {
  return {
    async standing({ merchantId, currency, isGuest }) {
      const stop = await findStop(pool, merchantId, currency)
      if (stop) return stop
      if (!centres.billsAnywhere(currency)) return 'currency'
      return isGuest && !(await guestsMayPay(prisma, merchantId)) ? 'login' : 'open'
    },

    guests: (merchantId) => guestsMayPay(prisma, merchantId),
    allowGuests: (merchantId, allowed) => setGuests(prisma, merchantId, allowed),

    async checkCode({ merchantId, paymentId, amount, codeId, code }) {
      const subject = { purpose: 'payment', ownerId: merchantId, subjectId: paymentId } as const
      const verdict = await codes.check(subject, { codeId, code, amount })
      if (verdict.kind !== 'proven') return { kind: verdict.kind, triesLeft: await findTriesLeft(pool, subject) }
      const uses = await findMonthUse(pool, [verdict.lineId], clock.now(), centres.zones)
      const use = uses.get(verdict.lineId)?.find(({ currency }) => currency === amount.currency)
      return { kind: 'proven', lineId: verdict.lineId, ...(use ? { use } : {}) }
    },
  }
}
