import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { demoCard } from '../../simulators/issuers/demo-cards'
import { aMerchant, aShopper, startGateway, type TestGateway } from '../../test/gateway'
import { uuidAt } from '../ids'
import { verifyBooks } from '../ledger/verify'
import type { Merchant } from '../merchants/merchant'
import { krw } from '../money/money'
import type { NewOrder } from './new-payment'

let world: TestGateway
let merchant: Merchant

beforeAll(async () => {
  world = await startGateway()
  merchant = await aMerchant(world.gateway)
})

beforeEach(() => world.outside.reset())

function anOrder(changes: Partial<NewOrder> = {}): NewOrder {
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

function cardMeans(role: Parameters<typeof demoCard>[1], issuer: Parameters<typeof demoCard>[0] = 'hanbit') {
  const { number, expiry, securityCode } = demoCard(issuer, role)
  return [{ module: 'card', input: { number, expiry, securityCode } }]
}

/** A V-Card of ₩30,000 on each of three issuers' cards. */
async function aVCard({ mayRetry = false } = {}) {
  const { gateway } = world
  const shopper = await aShopper(gateway)
  const shares = []
  for (const issuer of ['hanbit', 'saero', 'narae'] as const) {
    const { number, expiry } = demoCard(issuer, 'roomy')
    const added = await gateway.cards.add(shopper.id, { number, expiry, holderName: 'HAN JIWOO', nickname: issuer })
    if (added.kind !== 'added') throw new Error(added.reason)
    shares.push({ cardId: added.card.id, amount: 30_000n })
  }
  const made = await gateway.vcards.create(shopper.id, {
    merchantId: merchant.id,
    amount: krw(90_000),
    shares,
    mayRetry,
  })
  if (made.kind !== 'created') throw new Error(made.reason)
  return { shopper, number: made.number, vcard: made.vcard, expiry: '3912' }
}

async function issuerStates(issuer: Parameters<typeof demoCard>[0]) {
  const { holds } = await world.outside.book(issuer)
  return holds.map(({ state, amount }) => `${state} ${amount}`)
}

async function expectSoundBooks() {
  expect(await verifyBooks(world.gateway.database.pool)).toEqual([])
}

describe('one card', () => {
  test('an approved card is charged once, and the payment is paid (M-113, P2.4, M-141, M-269)', async () => {
    const opened = await world.gateway.payments.open(anOrder({ means: cardMeans('everyday', 'narae') }))
    expect(opened).toMatchObject({ kind: 'opened', payment: { state: 'paid', capturedAmount: 90_000n } })
    expect(await issuerStates('narae')).toEqual(['completed 90000'])
    await expectSoundBooks()
  })

  test('a declined card leaves nothing held and the order may be paid anew', async () => {
    const order = anOrder({ means: cardMeans('declines') })
    const opened = await world.gateway.payments.open(order)
    expect(opened).toMatchObject({ kind: 'opened', payment: { state: 'declined', reason: 'declined' } })
    const again = await world.gateway.payments.open({ ...order, means: cardMeans('everyday', 'narae') })
    expect(again).toMatchObject({ kind: 'opened', payment: { state: 'paid' } })
    await expectSoundBooks()
  })

  test('a manual payment is held until the merchant captures it', async () => {
    const opened = await world.gateway.payments.open(
      anOrder({ captureMode: 'manual', means: cardMeans('everyday', 'narae') }),
    )
    if (opened.kind !== 'opened') throw new Error(opened.kind)
    expect(opened.payment.state).toBe('authorized')
    expect(await issuerStates('narae')).toEqual(['held 90000'])
    const captured = await world.gateway.payments.capture(merchant.id, opened.payment.id)
    expect(captured).toMatchObject({ kind: 'done', payment: { state: 'paid' } })
    await expectSoundBooks()
  })

  test('a held payment that is cancelled gives everything back', async () => {
    const opened = await world.gateway.payments.open(
      anOrder({ captureMode: 'manual', means: cardMeans('everyday', 'narae') }),
    )
    if (opened.kind !== 'opened') throw new Error(opened.kind)
    const cancelled = await world.gateway.payments.cancel(merchant.id, opened.payment.id)
    expect(cancelled).toMatchObject({ kind: 'done', payment: { state: 'cancelled', standing: 'failed' } })
    expect(await issuerStates('narae')).toEqual(['reversed 90000'])
  })
})

describe('a V-Card over three issuers', () => {
  test('a V-Card typed into an ordinary card field is carried by its three cards (M-266, M-281, M-290)', async () => {
    const { number, expiry } = await aVCard()
    const opened = await world.gateway.payments.open(
      anOrder({ means: [{ module: 'card', input: { number, expiry } }] }),
    )
    expect(opened).toMatchObject({ kind: 'opened', payment: { state: 'paid' } })
    for (const issuer of ['hanbit', 'saero', 'narae'] as const)
      expect(await issuerStates(issuer)).toEqual(['completed 30000'])
    await expectSoundBooks()
  })

  test('a payment split over three cards takes nothing when one issuer refuses (M-291, M-292, P2.3)', async () => {
    const { number, expiry } = await aVCard()
    await world.outside.switch('saero', { on: 'authorization', do: { kind: 'decline', code: '51' } })
    const opened = await world.gateway.payments.open(
      anOrder({ means: [{ module: 'card', input: { number, expiry } }] }),
    )
    expect(opened).toMatchObject({ kind: 'opened', payment: { state: 'declined', reason: 'insufficient-funds' } })
    expect(await issuerStates('hanbit')).toEqual(['reversed 30000'])
    expect(await issuerStates('narae')).toEqual(['reversed 30000'])
    await expectSoundBooks()
  })

  test('with consent the remaining cards carry what a declining card leaves (M-293, P3.7)', async () => {
    const { number, expiry } = await aVCard({ mayRetry: true })
    await world.outside.switch('saero', { on: 'authorization', do: { kind: 'decline', code: '51' } })
    const opened = await world.gateway.payments.open(
      anOrder({ means: [{ module: 'card', input: { number, expiry } }] }),
    )
    expect(opened).toMatchObject({ kind: 'opened', payment: { state: 'paid', attempt: 2 } })
    await expectSoundBooks()
  })

  test('a V-Card is good for one authorization (P8.3)', async () => {
    const { number, expiry } = await aVCard()
    const means = [{ module: 'card', input: { number, expiry } }]
    await world.gateway.payments.open(anOrder({ means }))
    expect(await world.gateway.payments.open(anOrder({ means }))).toMatchObject({
      kind: 'opened',
      payment: { state: 'declined', reason: 'declined' },
    })
    await expectSoundBooks()
  })

  test('an issuer that does the work and loses its answer ends in a reversal, not in a charge (P3.3)', async () => {
    const { number, expiry } = await aVCard()
    await world.outside.switch('narae', { on: 'authorization', do: { kind: 'lose-answer' } })
    const opened = await world.gateway.payments.open(
      anOrder({ means: [{ module: 'card', input: { number, expiry } }] }),
    )
    expect(opened).toMatchObject({ kind: 'opened', payment: { state: 'declined', reason: 'no-answer' } })
    expect(await issuerStates('narae')).toEqual(['reversed 30000'])
    await expectSoundBooks()
  })
})

describe('refunds', () => {
  async function aPaidPayment() {
    const { number, expiry } = await aVCard()
    const opened = await world.gateway.payments.open(
      anOrder({ means: [{ module: 'card', input: { number, expiry } }] }),
    )
    if (opened.kind !== 'opened') throw new Error(opened.kind)
    return opened.payment
  }
  const requestedBy = { kind: 'person', id: 'p', name: 'Owner' } as const

  test('of two refunds of 60% at once, one succeeds (P2.5)', async () => {
    const payment = await aPaidPayment()
    const ask = () =>
      world.gateway.refunds.open({
        merchantId: merchant.id,
        paymentId: payment.id,
        amount: 54_000n,
        strategy: 'ratio',
        kind: 'refund',
        reason: 'two at once',
        requestedBy,
      })
    const results = await Promise.all([ask(), ask()])
    expect(results.map(({ kind }) => kind).sort()).toEqual(['opened', 'refused'])
    await expectSoundBooks()
  })

  test('a cancellation gives everything back over every leg', async () => {
    const payment = await aPaidPayment()
    const cancelled = await world.gateway.refunds.open({
      merchantId: merchant.id,
      paymentId: payment.id,
      strategy: 'ratio',
      kind: 'cancellation',
      reason: 'caller changed their mind',
      requestedBy,
    })
    expect(cancelled).toMatchObject({ kind: 'opened', refund: { state: 'refunded', amount: 90_000n } })
    expect(await world.gateway.payments.find(merchant.id, payment.id)).toMatchObject({
      standing: 'refunded',
      refundedAmount: 90_000n,
    })
    for (const issuer of ['hanbit', 'saero', 'narae'] as const) {
      const { refunds } = await world.outside.book(issuer)
      expect(refunds.map(({ amount }) => String(amount))).toEqual(['30000'])
    }
    await expectSoundBooks()
  })
})
