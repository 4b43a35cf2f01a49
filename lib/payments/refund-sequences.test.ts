import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { aMerchant, aShopper, startGateway, type TestGateway } from '../../test/gateway'
import { anAccount } from '../accounts/accounts.fixtures'
import { uuidAt } from '../ids'
import { verifyBooks } from '../ledger/verify'
import { krw, sum } from '../money/money'
import type { Leg, Payment } from './payment'
import { cardMeans, openedPayment, requestedBy } from './payments.fixtures'
import { balancesOf, type Deed, play } from './refund-sequences.fixtures'

// A thousand keep the suite quick. The long run: SEQUENCES=100000 npx vitest run lib/payments/refund-sequences.test.ts
const RUNS = Number(process.env['SEQUENCES'] ?? 1_000)
const LONGEST_MS = 1_800_000
const AT = new Date('2026-11-21T03:00:00Z')

const reference = { stan: '000001', rrn: '000000000001' } as unknown as Leg['authorizeReference']
const leg = (amount: bigint, index: number): Leg => ({
  ...{ attempt: 1, leg: index + 1, module: `means-${index % 3}`, means: {}, amount, state: 'authorized' },
  ...{ authorizeReference: reference, hold: {}, capturedAmount: 0n, refundedAmount: 0n, tries: 0 },
})

const legs = fc.array(fc.record({ amount: fc.bigInt(1n, 5_000n), isDeferred: fc.boolean() }), {
  minLength: 1,
  maxLength: 5,
})
const strategy = fc.oneof(
  fc.constant('ratio' as const),
  fc.constant('last-in-first-out' as const),
  fc.record({ leg: fc.integer({ min: 1, max: 6 }) }),
)
const deed: fc.Arbitrary<Deed> = fc.oneof(
  { weight: 2, arbitrary: fc.constant<Deed>({ kind: 'take' }) },
  { weight: 2, arbitrary: fc.constant<Deed>({ kind: 'rest-came' }) },
  { weight: 1, arbitrary: fc.constant<Deed>({ kind: 'cancel' }) },
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('refund' as const),
      amount: fc.bigInt(0n, 8_000n),
      strategy,
      refuses: fc.boolean(),
    }),
  },
)

function aPayment(drawn: readonly { amount: bigint }[]): Payment {
  const all = drawn.map(({ amount }, index) => leg(amount, index))
  return {
    ...{ merchantId: uuidAt(AT), id: uuidAt(AT), orderRef: 'A-1', orderName: '주문', currency: 'KRW' },
    ...{
      amount: sum(all.map(({ amount }) => amount)),
      state: 'authorized',
      standing: 'unpaid',
      version: 1,
      attempt: 1,
    },
    ...{ captureMode: 'manual', channel: 'hosted', capturedAmount: 0n, refundedAmount: 0n, locale: 'ko', metadata: {} },
    ...{ createdAt: AT, expiresAt: AT, legs: all },
  }
}

test(
  `whatever is taken, refunded in part and cancelled in ${RUNS} orders of events: the books agree, and never more goes back than was paid (P2.1, P2.5)`,
  () => {
    fc.assert(
      fc.property(legs, fc.array(deed, { maxLength: 14 }), (drawn, deeds) => {
        const deferred = new Set(drawn.flatMap(({ isDeferred }, index) => (isDeferred ? [index + 1] : [])))
        const { payment, postings, refunds } = play(aPayment(drawn), deferred, deeds, AT)
        for (const { entries } of postings) if (sum(entries.map(({ amount }) => amount)) !== 0n) return false
        const back = sum(refunds)
        if (payment.refundedAmount !== back || back > payment.capturedAmount) return false
        if (sum(payment.legs.map(({ refundedAmount }) => refundedAmount)) !== back) return false
        if (payment.legs.some(({ refundedAmount, capturedAmount }) => refundedAmount > capturedAmount)) return false
        const balances = balancesOf(postings)
        // What each means owes is what it took and has not given back; what the shop is owed is all of it, once it is paid.
        const owed = new Map<string, bigint>()
        for (const { module, capturedAmount, refundedAmount } of payment.legs) {
          owed.set(module, (owed.get(module) ?? 0n) + capturedAmount - refundedAmount)
        }
        for (const [module, amount] of owed) if ((balances.get(`receivable:${module}`) ?? 0n) !== amount) return false
        const kept = sum(payment.legs.map(({ capturedAmount, refundedAmount }) => capturedAmount - refundedAmount))
        const [account, other] =
          payment.state === 'paid' ? ['payable:merchant', 'taken:order'] : ['taken:order', 'payable:merchant']
        return (balances.get(account) ?? 0n) === -kept && !balances.has(other)
      }),
      { numRuns: RUNS, seed: 20_261_121 },
    )
  },
  LONGEST_MS,
)

let world: TestGateway

beforeAll(async () => {
  world = await startGateway()
})

test(
  'the same through the real store: two means, refunds in part by every strategy, and a cancellation',
  async () => {
    const { gateway } = world
    const { id: merchantId } = await aMerchant(gateway, { modules: ['card', 'micro-account'] })
    const shopper = await aShopper(gateway)
    const account = await anAccount(gateway, { shopperId: shopper.id, balance: 5_000_000n })
    const drawn = fc.sample(
      fc.tuple(fc.bigInt(1_000n, 9_000n), fc.bigInt(1_000n, 9_000n), fc.array(deed, { maxLength: 6 })),
      {
        numRuns: Math.min(400, Math.ceil(RUNS / 80)),
        seed: 20_261_121,
      },
    )
    for (const [byCard, byAccount, deeds] of drawn) {
      const total = byCard + byAccount
      const opened = openedPayment(
        await gateway.payments.open({
          ...{ merchantId, orderRef: uuidAt(new Date()), orderName: '주문', amount: krw(total), captureMode: 'manual' },
          ...{ channel: 'hosted', locale: 'ko', metadata: {} },
        }),
      )
      await gateway.payments.pay(merchantId, opened.id, {
        shopperId: shopper.id,
        means: [
          { ...cardMeans('hanbit'), amount: byCard },
          { module: 'micro-account', input: { accountId: account.id }, amount: byAccount },
        ],
      })
      for (const wanted of deeds) {
        if (wanted.kind === 'take') await gateway.payments.capture(merchantId, opened.id)
        if (wanted.kind === 'cancel')
          await gateway.cancellations.cancel({ merchantId, paymentId: opened.id, reason: '취소', requestedBy })
        if (wanted.kind === 'refund' && wanted.amount > 0n) {
          const { amount, strategy: divided } = wanted
          const refund = { merchantId, paymentId: opened.id, amount, strategy: divided, reason: '환불', requestedBy }
          await gateway.refunds.open({ ...refund, kind: 'refund' })
        }
      }
      const start = aPayment([{ amount: byCard }, { amount: byAccount }])
      const model = play(
        start,
        new Set(),
        deeds.map((each) => ({ ...each, refuses: false })),
        AT,
      )
      const real = (await gateway.payments.find(merchantId, opened.id))!
      const seen = ({ state, standing, capturedAmount, refundedAmount, legs: all }: Payment) => ({
        ...{ state, standing, capturedAmount, refundedAmount },
        legs: all.map((each) => [each.capturedAmount, each.refundedAmount]),
      })
      expect(seen(real)).toEqual(seen(model.payment))
    }
    expect(await verifyBooks(gateway.database.pool)).toEqual([])
  },
  LONGEST_MS,
)
