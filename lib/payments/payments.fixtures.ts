import { expect } from 'vitest'
import type { IssuerCode } from '../../simulators/issuers/catalogue'
import { type CardRole, demoCard } from '../../simulators/issuers/demo-cards'
import { aMerchant, startGateway, type TestGateway, type TestGatewayOptions } from '../../test/gateway'
import { type Clock, later } from '../clock'
import { createDebitLegs } from '../direct-debit/debit-legs'
import { createCashOnDelivery } from '../couriers/cash-on-delivery'
import { createGiro } from '../giro/giro'
import type { Gateway } from '../gateway'
import { type Uuid, uuidAt } from '../ids'
import { verifyBooks } from '../ledger/verify'
import type { Merchant } from '../merchants/merchant'
import { composePaymentMessages, composeRefundMessages } from '../messages/compose'
import { installModules } from '../modules/registry'
import { krw, sum } from '../money/money'
import type { PaymentParts } from './parts'
import type { Payment, Refund } from './payment'
import { movingStates } from './payment-moves'
import type { NewOrder } from './new-payment'
import type { MeansInput } from './plan-means'
import { createPaymentStore } from './store'

export const KOREAN_ISSUERS = ['hanbit', 'saero', 'narae', 'daon'] as const satisfies readonly IssuerCode[]
export const requestedBy = { kind: 'person', id: 'p', name: 'Owner' } as const

/** A clock that runs, and can be put forward. */
export interface MovableClock extends Clock {
  forward(milliseconds: number): void
  /** The time stands still until the clock is put forward. */
  stop(): void
}

/** Runs with the day, and can be put forward. */
export function movableClock(): MovableClock {
  let ahead = 0
  let stoppedAt: Date | undefined
  return {
    now: () => stoppedAt ?? later(new Date(), ahead),
    forward(milliseconds) {
      stoppedAt = undefined
      ahead += milliseconds
    },
    stop: () => void (stoppedAt = later(new Date(), ahead)),
  }
}

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
/** Noon in Seoul, in UTC. */
const NOON_MS = 3 * HOUR_MS

/** Runs from the next noon in Seoul: what is counted by days does not come to a midnight meanwhile. */
export function noonClock(): MovableClock {
  const clock = movableClock()
  clock.forward(DAY_MS - ((Date.now() - NOON_MS) % DAY_MS))
  return clock
}

export interface PaymentWorld extends TestGateway {
  readonly clock: MovableClock
  /** A shop of its own for each test: what it was paid is compared with what the issuers charged since their reset. */
  aShop(): Promise<Merchant>
  /**
   * What is due is taken up, as a worker of another process would, until everything of a shop is at rest; time passes
   * between the rounds. Fails when something is still open after so many of them.
   */
  settle(merchantId: Uuid): Promise<void>
  /** Our books hold, and every issuer's book says the same as ours of what was charged, given back and is still held. */
  expectAgreed(merchantId: Uuid): Promise<void>
}

const ROUNDS = 40
/** Longer than the lease of a payment and every pause between two tries. */
const ROUND_MS = 21_000

export async function startPayments(options: Omit<TestGatewayOptions, 'clock'> = {}): Promise<PaymentWorld> {
  const clock = movableClock()
  const world = await startGateway({ ...options, clock })
  const { gateway, outside } = world
  let worker: Gateway | undefined

  async function openOnes(merchantId: Uuid): Promise<string[]> {
    const payments = await gateway.payments.list(merchantId, { limit: 1000 })
    const refunds = (await Promise.all(payments.map(({ id }) => gateway.refunds.listOfPayment(merchantId, id)))).flat()
    return [
      ...payments.filter(({ state }) => movingStates.includes(state)).map(({ id, state }) => `${id} ${state}`),
      ...refunds.filter(({ state }) => state === 'refunding').map(({ id, state }) => `${id} ${state}`),
    ]
  }

  return {
    ...world,
    clock,
    aShop: () => aMerchant(gateway),

    async settle(merchantId) {
      worker ??= await world.another()
      for (let round = 0; round < ROUNDS; round++) {
        if ((await openOnes(merchantId)).length === 0) return
        clock.forward(ROUND_MS)
        await Promise.all([worker.payments.finishDue(1000), worker.refunds.finishDue(1000)])
        await Promise.all([worker.payments.idle(), worker.refunds.idle()])
      }
      expect(await openOnes(merchantId)).toEqual([])
    },

    async expectAgreed(merchantId) {
      expect(await verifyBooks(gateway.database.pool)).toEqual([])
      const payments = await gateway.payments.list(merchantId, { limit: 1000 })
      const refunds = (
        await Promise.all(payments.map(({ id }) => gateway.refunds.listOfPayment(merchantId, id)))
      ).flat()
      for (const issuer of KOREAN_ISSUERS) {
        const { totals } = await outside.book(issuer, { limit: 1 })
        const theirs = { held: totals.held, charged: totals.completions.amount, given: totals.refunds.amount }
        expect({ issuer, ...theirs }).toEqual({ issuer, ...ourView(issuer, payments, refunds) })
      }
    },
  }
}

/** What our rows say that an issuer holds, has charged and has given back. */
function ourView(issuer: IssuerCode, payments: readonly Payment[], refunds: readonly Refund[]) {
  const legs = payments.flatMap((payment) =>
    payment.legs.filter(({ means }) => means['issuer'] === issuer).map((leg) => ({ ...leg, payment })),
  )
  const total = (amounts: readonly bigint[]) => sum(amounts).toString()
  const returned = legs.filter(({ state }) => state === 'returned').map(({ amount }) => amount)
  const refunded = refunds.flatMap((refund) =>
    refund.legs
      .filter(({ state }) => state === 'refunded')
      .filter((part) =>
        legs.some(
          ({ payment, attempt, leg }) =>
            payment.id === refund.paymentId && attempt === part.attempt && leg === part.leg,
        ),
      )
      .map(({ amount }) => amount),
  )
  return {
    held: total(legs.filter(({ state }) => state === 'authorized').map(({ amount }) => amount)),
    charged: total(legs.filter(({ capturedAmount }) => capturedAmount > 0n).map(({ amount }) => amount)),
    given: total([...refunded, ...returned]),
  }
}

/** What a gateway hands its payments, for tests that put something of their own in its place. */
export function partsOf(gateway: Gateway, changes: Partial<PaymentParts> = {}): PaymentParts {
  const { clock, database, references, issuers, telcos, banks, billing, cards, vcards, merchants, eCash } = gateway
  return {
    store: createPaymentStore(database.pool),
    clock,
    references,
    modules: installModules({
      ...{ issuers, vault: cards, agent: vcards, phoneBill: { telcos, ...billing }, eCash, banks },
      bankAccounts: gateway.bankAccounts,
      cash: createCashOnDelivery({ database, clock }),
      giro: createGiro({ database, clock, banks: gateway.settings.BANK_FILES }),
      directDebit: { clock, debits: createDebitLegs({ database, clock, mandates: gateway.mandates }) },
      microAccount: { accounts: gateway.accounts, notices: gateway.accountNotices },
    }),
    async shopOf(merchantId) {
      const merchant = await merchants.get(merchantId)
      if (!merchant) throw new Error('no such shop')
      const { id, name, categoryCode, confirmation, modules } = merchant
      return {
        payee: { merchantId: id, name, localName: name, categoryCode },
        ...{ confirmation, modules, terms: await gateway.merchantModules.termsOf(id) },
      }
    },
    openTo: gateway.merchantModules.openTo,
    confirm: () => Promise.resolve({ kind: 'confirmed' }),
    approvalOf: () => Promise.resolve('approved'),
    addressGiven: () => Promise.resolve(true),
    shippedAt: () => Promise.resolve(undefined),
    compose: { payment: composePaymentMessages, refund: composeRefundMessages },
    report: () => undefined,
    ...changes,
  }
}

export function anOrder(merchant: Merchant, changes: Partial<NewOrder> = {}): NewOrder {
  return {
    merchantId: merchant.id,
    orderRef: uuidAt(new Date()),
    orderName: '원두 1kg',
    amount: krw(90_000),
    captureMode: 'automatic',
    channel: 'direct',
    locale: 'ko',
    metadata: {},
    ...changes,
  }
}

export function cardMeans(issuer: IssuerCode, role: CardRole = 'roomy', amount?: bigint): MeansInput {
  const { number, expiry, securityCode } = demoCard(issuer, role)
  return { module: 'card', input: { number, expiry, securityCode }, ...(amount ? { amount } : {}) }
}

/** A V-Card whose amount is shared equally by the issuers' roomy cards. */
export async function aVCard(
  { gateway }: Pick<TestGateway, 'gateway'>,
  merchant: Merchant,
  { share = 30_000n, issuers = ['hanbit', 'saero', 'narae'] as readonly IssuerCode[], mayRetry = false } = {},
) {
  // Nobody has to log in here: registering would only cost the time of hashing a password.
  const shopper = { id: uuidAt(new Date()) }
  const shares = []
  for (const issuer of issuers) {
    const { number, expiry } = demoCard(issuer, 'roomy')
    const added = await gateway.cards.add(shopper.id, { number, expiry, holderName: 'HAN JIWOO', nickname: issuer })
    if (added.kind !== 'added') throw new Error(added.reason)
    shares.push({ cardId: added.card.id, amount: share })
  }
  const amount = krw(share * BigInt(issuers.length))
  const made = await gateway.vcards.create(shopper.id, { merchantId: merchant.id, amount, shares, mayRetry })
  if (made.kind !== 'created') throw new Error(made.reason)
  const means: MeansInput = { module: 'card', input: { number: made.number, expiry: '3912' } }
  return { shopper, vcard: made.vcard, amount, means, number: made.number }
}

/** The payment that was opened; anything else fails the test. */
export function openedPayment(opened: { kind: string; payment?: Payment }): Payment {
  if (opened.kind !== 'opened' || !opened.payment) throw new Error(`not opened: ${opened.kind}`)
  return opened.payment
}
