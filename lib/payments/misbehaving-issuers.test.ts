import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import type { Merchant } from '../merchants/merchant'
import { krw } from '../money/money'
import type { RefundStrategy } from './payment'
import {
  anOrder,
  aVCard,
  cardMeans,
  KOREAN_ISSUERS,
  type PaymentWorld,
  requestedBy,
  startPayments,
} from './payments.fixtures'

let world: PaymentWorld

beforeAll(async () => {
  // Short, so that hundreds of silences fit into a test.
  world = await startPayments({ issuerTimeLimitMs: 250 })
})

/** Issuers whose cards take part; the division has to work for one as for three. */
const issuer = fc.constantFrom(...KOREAN_ISSUERS.slice(0, 3))

const misbehaviour = fc.record({
  issuer,
  on: fc.constantFrom('authorization' as const, 'completion' as const, 'reversal' as const, 'refund' as const),
  do: fc.oneof(
    fc.constantFrom('05', '51', '57', '91', '96').map((code) => ({ kind: 'decline' as const, code })),
    fc
      .constantFrom(
        ...(['lose-answer', 'stall', 'twice', 'drop-before', 'drop-after', 'unknown-code', 'garbage'] as const),
        ...(['wrong-amount', 'wrong-stan', 'out-of-order'] as const),
      )
      .map((kind) => ({ kind })),
    fc.constantFrom('late' as const, 'delay' as const).map((kind) => ({ kind, ms: 400 })),
  ),
  times: fc.integer({ min: 1, max: 2 }),
})

const strategy = fc.constantFrom<RefundStrategy>('ratio', 'last-in-first-out', { leg: 1 }, { leg: 2 })

/** What people and shops do with one payment, in any order, some of it at the same moment. */
const deed = fc.oneof(
  fc.record({ do: fc.constant('capture' as const) }),
  fc.record({ do: fc.constant('cancel' as const) }),
  fc.record({ do: fc.constant('refund' as const), amount: fc.integer({ min: 1, max: 60_000 }), strategy }),
  fc.record({ do: fc.constant('lapse' as const), issuer }),
  fc.record({ do: fc.constant('time passes' as const) }),
)
type Deed = typeof deed extends fc.Arbitrary<infer Value> ? Value : never

const story = fc.record({
  means: fc.constantFrom('card' as const, 'V-Card' as const, 'V-Card with a second plan' as const),
  channel: fc.constantFrom('direct' as const, 'hosted' as const),
  captureMode: fc.constantFrom('automatic' as const, 'manual' as const),
  misbehaviours: fc.array(misbehaviour, { maxLength: 3 }),
  deeds: fc.array(fc.array(deed, { minLength: 1, maxLength: 3 }), { maxLength: 3 }),
})
type Story = typeof story extends fc.Arbitrary<infer Value> ? Value : never

async function begin(merchant: Merchant, { means: sort, channel, captureMode }: Story): Promise<string> {
  const { payments } = world.gateway
  const vcard = sort === 'card' ? undefined : await aVCard(world, merchant, { mayRetry: sort !== 'V-Card' })
  const means = [vcard?.means ?? cardMeans('hanbit')]
  const order = { captureMode, amount: vcard?.amount ?? krw(60_000), channel }
  const opened = await payments.open(anOrder(merchant, { ...order, ...(channel === 'direct' && { means }) }))
  if (opened.kind !== 'opened') throw new Error(opened.kind)
  if (channel === 'hosted') await payments.pay(merchant.id, opened.payment.id, { means })
  return opened.payment.id
}

async function act(merchant: Merchant, paymentId: string, given: Deed): Promise<unknown> {
  const { payments, refunds, cancellations } = world.gateway
  switch (given.do) {
    case 'capture':
      return payments.capture(merchant.id, paymentId)
    case 'cancel':
      return cancellations.cancel({ merchantId: merchant.id, paymentId, reason: 'called', requestedBy })
    case 'refund':
      return refunds.open({
        ...{ merchantId: merchant.id, paymentId, amount: BigInt(given.amount), strategy: given.strategy },
        ...{ kind: 'refund', reason: 'damaged', requestedBy },
      })
    case 'lapse':
      return world.outside.lapse(given.issuer)
    case 'time passes':
      world.clock.forward(21_000)
      return Promise.all([payments.finishDue(10), refunds.finishDue(10)])
  }
}

test('whatever issuers do and whoever acts when, it ends all or nothing, and their books agree with ours (P2.3, P2.9)', async () => {
  const ends = new Map<string, number>()
  await fc.assert(
    fc.asyncProperty(story, async (told) => {
      await world.outside.reset()
      const merchant = await world.aShop()
      for (const { issuer: at, ...wanted } of told.misbehaviours) await world.outside.switch(at, wanted)
      const id = await begin(merchant, told)
      for (const together of told.deeds) await Promise.all(together.map((each) => act(merchant, id, each)))
      // From here on the issuers behave again.
      for (const each of KOREAN_ISSUERS) await world.outside.clearSwitches(each)
      await world.settle(merchant.id)
      // A hold that has lapsed is found when it is captured; a held payment is brought to its end before comparing.
      await world.gateway.payments.cancel(merchant.id, id)
      await world.settle(merchant.id)
      await world.expectAgreed(merchant.id)
      const { state } = (await world.gateway.payments.find(merchant.id, id))!
      ends.set(state, (ends.get(state) ?? 0) + 1)
    }),
    { numRuns: 100, endOnFailure: true },
  )
  // The stories were not all the same one.
  expect([...ends.keys()]).toEqual(expect.arrayContaining(['paid', 'declined', 'cancelled']))
}, 600_000)
