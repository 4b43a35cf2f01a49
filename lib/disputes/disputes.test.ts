import { beforeAll, expect, test } from 'vitest'
import { aMember } from '../desk/desk.fixtures'
import type { Member } from '../desk/member'
import { publicId, type Uuid } from '../ids'
import { verifyBooks } from '../ledger/verify'
import { krw } from '../money/money'
import { type PaymentWorld, startPayments } from '../payments/payments.fixtures'
import { aDispute, aPurchase } from './disputes.fixtures'
import type { Dispute } from './dispute'

const DAY = 86_400_000
let world: PaymentWorld
let merchantId: Uuid
let owner: Member
let counselor: Member
let second: Member

beforeAll(async () => {
  world = await startPayments()
  merchantId = (await world.aShop()).id
  owner = await aMember(world, merchantId, 'owner')
  counselor = await aMember(world, merchantId, 'counselor', 50_000n)
  second = await aMember(world, merchantId, 'counselor')
})

const room = () => world.gateway.disputes
const now = async ({ id }: Dispute) => (await room().find(merchantId, id))!
const answer = (dispute: Dispute, offer?: bigint, text = '사진을 보내 주세요') =>
  room().decisions.answer(
    { kind: 'member', member: owner },
    { disputeId: dispute.id, text, ...(offer !== undefined && { offer }) },
  )
const decide = (member: Member, { id: disputeId }: Dispute, granted: bigint, words = '사진으로 확인했어요') =>
  room().decisions.decide(member, { disputeId, granted, words })
const refunds = ({ paymentId }: Dispute) => world.gateway.refunds.listOfPayment(merchantId, paymentId)

async function told({ paymentId }: Dispute) {
  const { pool } = world.gateway.database
  const { rows } = await pool.query<{ told: string }>(
    `select kind || ' ' || topic || coalesce(' ' || (payload->>'audience'), '') as told from message
     where merchant_id = $1 and payment_id = $2 and topic like 'dispute%' order by told`,
    [merchantId, paymentId],
  )
  return rows.map((row) => row.told)
}

test('a shopper claims, the shop answers, a counselor decides, and the money goes back by an ordinary refund', async () => {
  const { shopper, payment, dispute } = await aDispute(world, merchantId)
  expect(dispute).toMatchObject({ state: 'open', wanted: 30_000n, reason: 'damaged' })
  expect(await room().claims.open(shopper.id, { paymentId: payment.id, reason: 'other', text: 'x' })).toEqual({
    kind: 'refused',
    reason: 'taken',
  })
  expect(await answer(dispute)).toMatchObject({ kind: 'done', dispute: { state: 'answered' } })
  expect(await decide(counselor, dispute, 12_000n)).toMatchObject({
    kind: 'done',
    dispute: { state: 'decided', outcome: 'part', granted: 12_000n },
  })
  const [refund] = await refunds(dispute)
  expect(refund).toMatchObject({ amount: 12_000n, state: 'refunded', kind: 'refund' })
  expect((await now(dispute)).refundId).toBe(refund!.id)
  expect((await room().history(merchantId, dispute.id)).map(({ event, actor }) => [event, actor.kind])).toEqual([
    ['claimed', 'shopper'],
    ['answered', 'person'],
    ['granted', 'person'],
    ['refunded', 'clock'],
  ])
  expect(await told(dispute)).toEqual([
    'email dispute-answered shopper',
    'email dispute-decided shop',
    'email dispute-decided shopper',
    'email dispute-opened shop',
    'email dispute-opened shopper',
    'webhook dispute.answered',
    'webhook dispute.decided',
    'webhook dispute.opened',
  ])
  const noted = await world.gateway.audit.list(merchantId, { limit: 5 })
  expect(noted.map(({ action, outcome }) => `${action} ${outcome}`)).toEqual([
    ...['dispute.decide done', 'dispute.decide begun'],
    ...['dispute.answer done', 'dispute.answer begun'],
    'dispute.claim taken',
  ])
  expect(await verifyBooks(world.gateway.database.pool)).toEqual([])
})

test('the payment’s signed messages are frozen into the file of the dispute', async () => {
  const { shopper, payment } = await aPurchase(world, merchantId)
  const kept = { merchantId, paymentId: payment.id, direction: 'sent', type: 'payment.paid', outcome: 'sent' } as const
  await world.gateway.evidence.keep({ ...kept, message: 'first' })
  const opened = await room().claims.open(shopper.id, { paymentId: payment.id, reason: 'other', text: '확인해 주세요' })
  if (opened.kind !== 'opened') throw new Error(opened.reason)
  await world.gateway.evidence.keep({ ...kept, message: 'later' })
  const [first] = await world.gateway.evidence.list(merchantId, payment.id)
  expect(await room().file(merchantId, opened.dispute.id)).toEqual([first!.id])
  // What was said until the end is put there at the end.
  await room().claims.withdraw(shopper.id, merchantId, opened.dispute.id)
  expect(await room().file(merchantId, opened.dispute.id)).toHaveLength(2)
})

test('a shop that gives all that is claimed ends the dispute at once', async () => {
  const { dispute } = await aDispute(world, merchantId, { wanted: 20_000n })
  expect(await answer(dispute, 20_000n, '죄송합니다')).toMatchObject({
    kind: 'done',
    dispute: { state: 'decided', outcome: 'shopper', granted: 20_000n, answer: '죄송합니다' },
  })
  expect(await refunds(dispute)).toMatchObject([{ amount: 20_000n }])
})

test('the shopper takes what the shop offers, and nobody has to decide', async () => {
  const { shopper, dispute } = await aDispute(world, merchantId)
  await answer(dispute, 10_000n)
  const stranger = (await aPurchase(world, merchantId)).shopper
  expect(await room().claims.takeOffer(stranger.id, merchantId, dispute.id)).toEqual({ kind: 'missing' })
  expect(await room().claims.takeOffer(shopper.id, merchantId, dispute.id)).toMatchObject({
    kind: 'done',
    dispute: { state: 'decided', outcome: 'part', granted: 10_000n, decidedBy: { kind: 'shopper' } },
  })
  expect(await refunds(dispute)).toMatchObject([{ amount: 10_000n, requestedBy: { kind: 'shopper' } }])
})

test('deciding for the shop gives nothing back, and the payment may be disputed anew', async () => {
  const { shopper, payment, dispute } = await aDispute(world, merchantId)
  await answer(dispute)
  expect(await decide(counselor, dispute, 0n)).toMatchObject({ kind: 'done', dispute: { outcome: 'shop' } })
  expect(await refunds(dispute)).toEqual([])
  expect(
    await room().claims.open(shopper.id, { paymentId: payment.id, reason: 'other', text: '한 번 더' }),
  ).toMatchObject({ kind: 'opened' })
})

test('a shop that is silent until its time is over is decided upon without its word, and that is said', async () => {
  const { dispute } = await aDispute(world, merchantId)
  world.clock.forward(7 * DAY + 1000)
  await room().endDue(100)
  expect(await now(dispute)).toMatchObject({ state: 'unanswered', decideBy: expect.any(Date) as Date })
  expect((await room().history(merchantId, dispute.id)).at(-1)).toMatchObject({
    event: 'silent',
    actor: { kind: 'clock' },
  })
  expect(await told(dispute)).toContain('email dispute-unanswered shopper')
  expect(await decide(counselor, dispute, 30_000n)).toMatchObject({ kind: 'done', dispute: { outcome: 'shopper' } })
})

test('what nobody decides in time ends without a decision, and nothing is given back', async () => {
  const { dispute } = await aDispute(world, merchantId)
  await answer(dispute)
  world.clock.forward(14 * DAY + 1000)
  await room().endDue(100)
  expect(await now(dispute)).toMatchObject({ state: 'expired' })
  expect(await refunds(dispute)).toEqual([])
  expect(await decide(counselor, dispute, 1_000n)).toEqual({ kind: 'wrong-state' })
})

test('above their limit a counselor only proposes; another person agrees, and never the same one (P6.3)', async () => {
  const { dispute } = await aDispute(world, merchantId, { amount: krw(60_000) })
  await answer(dispute)
  expect(await decide(counselor, dispute, 60_000n)).toMatchObject({ kind: 'proposed', limit: 50_000n })
  expect(await refunds(dispute)).toEqual([])
  const confirm = (member: Member, agrees = true) =>
    room().decisions.confirm(member, dispute.id, { agrees, words: '동의해요' })
  expect(await confirm(counselor)).toEqual({ kind: 'refused', reason: 'own-decision' })
  expect(await confirm(second, false)).toMatchObject({ kind: 'done', dispute: { state: 'answered' } })
  expect((await now(dispute)).granted).toBeUndefined()
  await decide(counselor, dispute, 60_000n)
  expect(await confirm(second)).toMatchObject({
    kind: 'done',
    dispute: { state: 'decided', confirmedBy: { id: publicId('per', second.person.id) } },
  })
  expect(await refunds(dispute)).toMatchObject([{ amount: 60_000n }])
})

test('whoever answered for the shop does not decide, staff do not decide at all, and another shop sees nothing (P6.1, P6.2)', async () => {
  const { dispute } = await aDispute(world, merchantId)
  await answer(dispute)
  expect(await decide(owner, dispute, 0n)).toEqual({ kind: 'refused', reason: 'own-answer' })
  expect(await decide(await aMember(world, merchantId, 'staff'), dispute, 0n)).toEqual({ kind: 'forbidden' })
  const elsewhere = await aMember(world, (await world.aShop()).id, 'owner')
  expect(await decide(elsewhere, dispute, 0n)).toEqual({ kind: 'missing' })
  expect(await now(dispute)).toMatchObject({ state: 'answered' })
})

test('nothing is claimed, offered or granted above what is left, nor too late', async () => {
  const { shopper, payment } = await aPurchase(world, merchantId)
  const claim = { paymentId: payment.id, reason: 'other', text: '확인해 주세요' } as const
  const { claims } = room()
  expect(await claims.open(shopper.id, { ...claim, wanted: 30_001n })).toEqual({ kind: 'refused', reason: 'exceeds' })
  const opened = await claims.open(shopper.id, claim)
  if (opened.kind !== 'opened') throw new Error(opened.reason)
  const { dispute } = opened
  await world.gateway.refunds.open({
    ...{ merchantId, paymentId: payment.id, amount: 25_000n, strategy: 'ratio', kind: 'refund', reason: '반품' },
    requestedBy: { kind: 'person', id: 'p', name: 'Owner' },
  })
  expect(await answer(dispute, 30_000n)).toEqual({ kind: 'refused', reason: 'exceeds' })
  await answer(dispute)
  expect(await decide(second, dispute, 5_001n)).toEqual({ kind: 'refused', reason: 'exceeds' })
  expect(await decide(second, dispute, 5_000n)).toMatchObject({ kind: 'done' })
  expect(await claims.open(shopper.id, claim)).toEqual({ kind: 'refused', reason: 'nothing-left' })
  const old = await aPurchase(world, merchantId)
  world.clock.forward(181 * DAY)
  expect(await claims.open(old.shopper.id, { ...claim, paymentId: old.payment.id })).toEqual({
    kind: 'refused',
    reason: 'too-late',
  })
})

test('a refund that overtakes a decision sends the dispute back to be decided, with the reason', async () => {
  const { dispute, payment } = await aDispute(world, merchantId)
  await answer(dispute)
  const refund = world.gateway.refunds.open({
    ...{ merchantId, paymentId: payment.id, amount: 20_000n, strategy: 'ratio', kind: 'refund', reason: '반품' },
    requestedBy: { kind: 'person', id: 'p', name: 'Owner' },
  })
  const [, decided] = await Promise.all([refund, decide(second, dispute, 30_000n)])
  const after = await now(dispute)
  const gone = (await refunds(dispute)).reduce((all, { amount }) => all + amount, 0n)
  expect(gone).toBeLessThanOrEqual(30_000n)
  if (decided.kind === 'done') expect(after.state).toBe('decided')
  else expect(after).toMatchObject({ state: 'answered' })
  expect(await verifyBooks(world.gateway.database.pool)).toEqual([])
})

test('the queue of decisions has what is due first before the rest, and none is missing or twice on its pages', async () => {
  const shop = (await world.aShop()).id
  const people = await aMember(world, shop, 'owner')
  const opened = [await aDispute(world, shop), await aDispute(world, shop), await aDispute(world, shop)]
  const [first, second, third] = opened.map(({ dispute }) => dispute)
  for (const { id: disputeId } of [third!, first!, second!]) {
    const answered = await room().decisions.answer({ kind: 'member', member: people }, { disputeId, text: '사진이요' })
    expect(answered.kind).toBe('done')
    world.clock.forward(60_000)
  }
  const read = async (before?: Uuid): Promise<Uuid[]> => {
    const [found] = await room().list(shop, { order: 'due', states: ['answered'], limit: 1, ...(before && { before }) })
    return found ? [found.id, ...(await read(found.id))] : []
  }
  expect(await read()).toEqual([third!.id, first!.id, second!.id])
})

test('operators read on through the disputes of every shop: none comes twice though the worker takes one up meanwhile', async () => {
  const other = (await world.aShop()).id
  const made = []
  for (const shop of [merchantId, other, merchantId, other]) made.push((await aDispute(world, shop)).dispute)
  const ids = made.map(({ id }) => id).reverse()
  const first = await room().listEverywhere({ limit: 2 })
  expect(first.map(({ id }) => id)).toEqual(ids.slice(0, 2))
  // Leased, they are due at another moment than before.
  await world.gateway.database.pool.query(`update dispute set due_at = now() + interval '30 days' where id = any($1)`, [
    ids,
  ])
  const next = await room().listEverywhere({ limit: 2, before: first[1]!.id })
  expect(next.map(({ id }) => id)).toEqual(ids.slice(2))

  const [{ orderRef, paymentId, id }] = made as [Dispute]
  for (const filter of [{ orderRef }, { paymentId }, { id }]) {
    expect(await room().listEverywhere({ ...filter, limit: 9 })).toMatchObject([{ id }])
  }
  expect(await room().listEverywhere({ id, states: ['decided'], limit: 9 })).toEqual([])
})
