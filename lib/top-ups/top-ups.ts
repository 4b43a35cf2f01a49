import type { Accounts } from '../accounts/accounts'
import { type Clock, later } from '../clock'
import type { Database } from '../db/database'
import { type Uuid, uuidAt } from '../ids'
import { HOUSE_MERCHANT } from '../merchants/house'
import type { Money } from '../money/money'
import type { Locale } from '../payments/payment'
import type { Payments } from '../payments/payments'
import {
  closeTopUp,
  findDueTopUps,
  findTopUp,
  insertECashTopUp,
  insertTopUp,
  loadECash,
  type TopUp,
  type TopUpTarget,
} from './store'

export type OpenedTopUp =
  | { kind: 'opened'; merchantId: Uuid; paymentId: Uuid }
  /** over-cap: with what is there and on its way, it would be more than may be stored. */
  | { kind: 'refused'; reason: 'over-cap' | 'not-payable' }

/**
 * Value for wallets and accounts, bought by an ordinary payment at the house merchant: what was paid is credited once, by
 * whoever sees it first, the page that the shopper comes back to or the worker.
 */
export interface TopUps {
  open(wanted: {
    shopperId: Uuid
    target: TopUpTarget
    targetId: Uuid
    amount: Money
    locale: Locale
    returnUrl: string
  }): Promise<OpenedTopUp>
  /** Credits what has been paid by now; undefined where the shopper has bought nothing with that payment. */
  settle(shopperId: Uuid, paymentId: Uuid): Promise<TopUp | undefined>
  /** Credits, or closes, those whose payment is over; at most so many. True when there are more. Run by the worker. */
  settleDue(limit: number): Promise<boolean>
}

interface Parts {
  readonly database: Database
  readonly clock: Clock
  readonly payments: Pick<Payments, 'open' | 'find'>
  readonly accounts: Pick<Accounts, 'topUp'>
  readonly report: (event: string, detail: Readonly<Record<string, unknown>>) => void
}

/** What the shopper reads on the checkout and in the history. */
const NAMES = {
  'e-cash': { ko: '모아캐시 충전', en: 'e-cash' },
  account: { ko: '소액결제 계정 충전', en: 'Account top-up' },
} as const satisfies Record<TopUpTarget, Record<Locale, string>>

/** Who was paid, in an account's history. */
const HOUSE_NAME = '모아 충전'

// Whoever wrote the top-up down opens its payment at once; after this long it will not happen any more.
const ABANDONED_AFTER_MS = 10 * 60_000

export function createTopUps({ database, clock, payments, accounts, report }: Parts): TopUps {
  const { pool, prisma } = database

  async function settleOne(topUp: TopUp): Promise<TopUp> {
    if (topUp.state !== 'open') return topUp
    const payment = await payments.find(topUp.merchantId, topUp.paymentId)
    const at = clock.now()
    if (payment?.state === 'paid') {
      if (topUp.target === 'e-cash') {
        await loadECash(pool, topUp, { postingId: uuidAt(at), description: payment.orderName, at })
      } else if (!(await creditAccount(topUp, payment.orderName))) {
        // It stays open, and verify names it: somebody has paid and has to have it, or their money back.
        report('top-up-refused', { topUpId: topUp.id })
        return topUp
      }
      return { ...topUp, state: 'credited' }
    }
    const isOver = payment
      ? ['declined', 'cancelled', 'expired'].includes(payment.state)
      : topUp.openedAt < later(at, -ABANDONED_AFTER_MS)
    if (!isOver) return topUp
    await closeTopUp(prisma, topUp, 'failed', at)
    return { ...topUp, state: 'failed' }
  }

  /** The reference is the same on every repeat, so that it is credited once. */
  async function creditAccount(topUp: TopUp, description: string): Promise<boolean> {
    const { targetId: accountId, amount, paymentId, merchantId } = topUp
    const credited = await accounts.topUp({
      ...{ merchantId, requester: 'payment', reference: topUp.id, accountId, amount, paymentId, description },
      ...{ shop: HOUSE_NAME, paidTo: 'house-payment' },
    })
    if (credited.kind !== 'topped-up') return false
    await closeTopUp(prisma, topUp, 'credited', clock.now())
    return true
  }

  return {
    async open({ locale, returnUrl, ...wanted }) {
      const at = clock.now()
      const topUp: TopUp = {
        ...wanted,
        ...{ id: uuidAt(at), merchantId: HOUSE_MERCHANT, paymentId: uuidAt(at), state: 'open', openedAt: at },
      }
      if (topUp.target === 'account') await insertTopUp(prisma, topUp)
      else if (!(await insertECashTopUp(pool, topUp))) return { kind: 'refused', reason: 'over-cap' }
      const opened = await payments.open({
        ...{ id: topUp.paymentId, merchantId: HOUSE_MERCHANT, orderRef: topUp.id, amount: topUp.amount, metadata: {} },
        ...{ orderName: NAMES[topUp.target][locale], captureMode: 'automatic', channel: 'hosted', locale, returnUrl },
      })
      if (opened.kind !== 'opened') {
        await closeTopUp(prisma, topUp, 'failed', at)
        return { kind: 'refused', reason: 'not-payable' }
      }
      return { kind: 'opened', merchantId: HOUSE_MERCHANT, paymentId: topUp.paymentId }
    },

    async settle(shopperId, paymentId) {
      const topUp = await findTopUp(prisma, shopperId, paymentId)
      return topUp && settleOne(topUp)
    },

    async settleDue(limit) {
      const due = await findDueTopUps(pool, later(clock.now(), -ABANDONED_AFTER_MS), limit)
      for (const topUp of due) await settleOne(topUp)
      return due.length === limit
    },
  }
}
