import { beforeAll, expect, test } from 'vitest'
import { aMember } from '../desk/desk.fixtures'
import type { Member } from '../desk/deeds'
import type { Gateway } from '../gateway'
import { type Uuid, uuidAt } from '../ids'
import { verifyBooks } from '../ledger/verify'
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
