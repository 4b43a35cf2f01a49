import { beforeAll, expect, test } from 'vitest'
import { aMember } from '../desk/desk.fixtures'
import { type Member, requesterOf } from '../desk/member'
import type { Gateway } from '../gateway'
import { type Uuid, uuidAt } from '../ids'
import { verifyBooks } from '../ledger/verify'
import { krw } from '../money/money'
import { type PaymentWorld, startPayments } from '../payments/payments.fixtures'
import { aDispute, aPurchase } from './disputes.fixtures'
import { createMover } from './mover'

let world: PaymentWorld
let other: Gateway
let merchantId: Uuid
let owner: Member
let deciders: Member[]

beforeAll(async () => {
  world = await startPayments()
  other = await world.another()
  merchantId = (await world.aShop()).id
  owner = await aMember(world, merchantId, 'owner')
  deciders = [await aMember(world, merchantId, 'counselor'), await aMember(world, merchantId, 'counselor')]
})

const history = async (id: Uuid) => (await world.gateway.disputes.history(merchantId, id)).map(({ event }) => event)

test('of two claims at once over one payment one is opened', async () => {
  const { shopper, payment } = await aPurchase(world, merchantId)
  const claim = { paymentId: payment.id, reason: 'other', text: '두 번 눌렀어요' } as const
  const both = await Promise.all([world.gateway, other].map(({ disputes }) => disputes.claims.open(shopper.id, claim)))
  expect(both.map((each) => (each.kind === 'refused' ? each.reason : each.kind)).toSorted()).toEqual([
    'opened',
    'taken',
  ])
})

test('of two who decide at once one does, and what was granted goes back once', async () => {
  for (let round = 0; round < 5; round++) {
    const { dispute } = await aDispute(world, merchantId)
    const decided = await Promise.all(
      deciders.map((member, index) =>
        [world.gateway, other][index]!.disputes.decisions.decide(member, {
          ...{ disputeId: dispute.id, granted: BigInt(10_000 * (index + 1)), words: '결정해요' },
        }),
      ),
    )
    // A shop that has not answered yet is not decided upon.
    expect(decided.map(({ kind }) => kind)).toEqual(['wrong-state', 'wrong-state'])
    await world.gateway.disputes.decisions.answer(
      { kind: 'member', member: owner },
      { disputeId: dispute.id, text: '네' },
    )
    const again = await Promise.all(
      deciders.map((member, index) =>
        [world.gateway, other][index]!.disputes.decisions.decide(member, {
          ...{ disputeId: dispute.id, granted: BigInt(10_000 * (index + 1)), words: '결정해요' },
        }),
      ),
    )
    expect(again.map(({ kind }) => kind).toSorted()).toEqual(['done', 'wrong-state'])
    const given = await world.gateway.refunds.listOfPayment(merchantId, dispute.paymentId)
    const after = await world.gateway.disputes.find(merchantId, dispute.id)
    expect(given.map(({ id, amount }) => [id, amount])).toEqual([[after!.refundId, after!.granted]])
  }
})

test('a decision and a refund at once stay together below one person’s limit: the decision is proposed instead (P6.3)', async () => {
  const limited = await aMember(world, merchantId, 'counselor', 50_000n)
  for (let round = 0; round < 5; round++) {
    const { dispute } = await aDispute(world, merchantId, { amount: krw(90_000) })
    const { disputeId, paymentId } = { disputeId: dispute.id, paymentId: dispute.paymentId }
    await world.gateway.disputes.decisions.answer({ kind: 'member', member: owner }, { disputeId, text: '네' })
    const back = { amount: 40_000n, strategy: 'ratio', reason: '흠집', token: uuidAt(new Date()) } as const
    const [decided, refunded] = await Promise.all([
      world.gateway.disputes.decisions.decide(limited, { disputeId, granted: 40_000n, words: '결정해요' }),
      other.deeds.refund(limited, { paymentId, ...back }),
    ])
    expect([decided.kind, refunded.kind].toSorted()).toEqual(
      decided.kind === 'done' ? ['done', 'queued'] : ['proposed', 'refunded'],
    )
    expect(await world.gateway.payments.find(merchantId, paymentId)).toMatchObject({ refundedAmount: 40_000n })
  }
})

test('whoever carries a decision on after a crash knows the limit of whoever decided (P6.3)', async () => {
  const limited = await aMember(world, merchantId, 'counselor', 50_000n)
  const { dispute } = await aDispute(world, merchantId, { amount: krw(90_000) })
  const disputeId = dispute.id
  await world.gateway.disputes.decisions.answer({ kind: 'member', member: owner }, { disputeId, text: '네' })
  // The decision is written down, its process dies, and the counselor gives money back at the desk.
  const { pool } = world.gateway.database
  const mover = createMover({ pool, clock: world.clock, decisionTimeMs: 86_400_000 })
  const answered = (await world.gateway.disputes.find(merchantId, disputeId))!
  const by = requesterOf(limited)
  const decision = {
    granted: 40_000n,
    outcome: 'part',
    decidedBy: by,
    decision: '결정해요',
    aloneLimit: 50_000n,
  } as const
  await mover.move(answered, 'granted', by, { changes: { ...decision, refundId: uuidAt(world.clock.now()) } })
  const back = { amount: 40_000n, strategy: 'ratio', reason: '흠집', token: uuidAt(new Date()) } as const
  expect(await world.gateway.deeds.refund(limited, { paymentId: dispute.paymentId, ...back })).toMatchObject({
    kind: 'refunded',
  })
  world.clock.forward(31_000)
  await world.gateway.disputes.endDue(100)
  expect(await world.gateway.disputes.find(merchantId, disputeId)).toMatchObject({ state: 'answered' })
  expect((await world.gateway.disputes.history(merchantId, disputeId)).at(-1)).toMatchObject({
    ...{ event: 'notRefunded', detail: { why: 'over-limit' } },
  })
  expect(await world.gateway.payments.find(merchantId, dispute.paymentId)).toMatchObject({ refundedAmount: 40_000n })
})

test('withdrawing, answering and deciding at once leaves one story, and money moves only if it was decided so', async () => {
  for (let round = 0; round < 6; round++) {
    const { shopper, dispute } = await aDispute(world, merchantId)
    const { disputes } = world.gateway
    if (round % 2 === 0) {
      await disputes.decisions.answer({ kind: 'member', member: owner }, { disputeId: dispute.id, text: '네' })
    }
    await Promise.all([
      disputes.claims.withdraw(shopper.id, merchantId, dispute.id),
      other.disputes.decisions.answer({ kind: 'member', member: owner }, { disputeId: dispute.id, text: '다시' }),
      other.disputes.decisions.decide(deciders[0]!, { disputeId: dispute.id, granted: 30_000n, words: '결정' }),
    ])
    const after = (await disputes.find(merchantId, dispute.id))!
    const given = await world.gateway.refunds.listOfPayment(merchantId, dispute.paymentId)
    expect(given).toHaveLength(after.state === 'decided' ? 1 : 0)
    const events = await history(dispute.id)
    expect(events.filter((event) => event === 'withdrawn' || event === 'granted').length).toBeLessThanOrEqual(1)
  }
  expect(await verifyBooks(world.gateway.database.pool)).toEqual([])
})

test('whoever dies after the decision leaves the refund to the worker, and it is given back once', async () => {
  const { dispute } = await aDispute(world, merchantId)
  const { pool } = world.gateway.database
  const by = { kind: 'person', id: 'per_decider', name: 'Decider' } as const
  // The decision is written down, and then nothing more happens in that process.
  const mover = createMover({ pool, clock: world.clock, decisionTimeMs: 86_400_000 })
  const changes = { answer: '네', answeredBy: by, offer: 30_000n, granted: 30_000n, outcome: 'shopper', decidedBy: by }
  const moved = await mover.move(dispute, 'conceded', by, {
    changes: { ...changes, outcome: 'shopper', refundId: uuidAt(world.clock.now()) },
  })
  expect(moved).toMatchObject({ kind: 'moved', dispute: { state: 'deciding' } })
  await world.gateway.disputes.endDue(100)
  expect(await world.gateway.disputes.find(merchantId, dispute.id)).toMatchObject({ state: 'deciding' })
  world.clock.forward(31_000)
  await Promise.all([world.gateway.disputes.endDue(100), other.disputes.endDue(100)])
  expect(await world.gateway.disputes.find(merchantId, dispute.id)).toMatchObject({ state: 'decided' })
  expect(await world.gateway.refunds.listOfPayment(merchantId, dispute.paymentId)).toHaveLength(1)
  expect(await history(dispute.id)).toEqual(['claimed', 'conceded', 'refunded'])
})
