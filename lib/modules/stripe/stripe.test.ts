import { once } from 'node:events'
import { createRequire } from 'node:module'
import type { AddressInfo, Server } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { CallReference } from '../../call-reference'
import { connectStripe } from '../../gateways/stripe/stripe-link'
import { uuidAt } from '../../ids'
import { krw, money } from '../../money/money'
import type { LegToSettle } from '../payment-module'
import { keepsThePaymentModuleContract } from '../payment-module.contract'
import { createStripeModule } from './stripe-module'
import { startStripe } from './stripe.fixtures'
import { refusalIn } from './translate'

let stripe: Awaited<ReturnType<typeof startStripe>>
let drawn = 0
const draw = () => Promise.resolve(`2026112100000000${String(++drawn).padStart(4, '0')}` as CallReference)
const connect = () => connectStripe({ secretKey: 'sk_test_none', url: stripe.url, timeLimitMs: 3_000 })
const moduleNow = () => createStripeModule(connect())

beforeAll(async () => {
  stripe = await startStripe()
})
afterAll(() => stripe.close())
beforeEach(() => stripe.reset())

async function aLeg(paymentMethod = 'pm_card_visa', changes: Partial<LegToSettle> = {}): Promise<LegToSettle> {
  const merchantId = uuidAt(new Date())
  return {
    ...{ merchantId, paymentId: uuidAt(new Date()), attempt: 1, leg: 1, of: 1, amount: krw(12_000), repeat: false },
    ...{ means: { paymentMethod }, payee: { merchantId, name: 'Moa', localName: '모아', categoryCode: '5411' } },
    ...{ orderName: '기차표', locale: 'ko' as const, authorizeReference: await draw() },
    ...changes,
  }
}

describe('stripe', () => {
  keepsThePaymentModuleContract(() => ({
    module: moduleNow(),
    books: 'outside',
    declined: 'insufficient-funds',
    aMeans: () => Promise.resolve({ input: { paymentMethod: 'pm_card_visa' } }),
    draw,
    outside() {
      const all = [...stripe.intents.values()]
      const total = (of: (typeof all)[number]['status']) =>
        all.filter(({ status }) => status === of).reduce((sum, { amount }) => sum + BigInt(amount), 0n)
      const givenBack = all.reduce((sum, { refunded }) => sum + BigInt(refunded), 0n)
      return Promise.resolve({ held: total('requires_capture'), charged: total('succeeded'), givenBack })
    },
    misbehave(_on, how) {
      if (how === 'declines') stripe.declineNext()
      else stripe.misbehave('lose')
      return Promise.resolve()
    },
    lapse() {
      for (const intent of stripe.intents.values()) intent.status = 'canceled'
      return Promise.resolve()
    },
    reset: () => Promise.resolve(stripe.reset()),
  }))
})

test('an amount goes to Stripe in the smallest units of its currency, held and not taken, under a key of its own (M-146)', async () => {
  const leg = await aLeg('pm_card_visa', { amount: money(12_345n, 'USD') })
  expect(await moduleNow().authorize(leg)).toMatchObject({ kind: 'authorized', hold: { counterparty: 'stripe' } })
  const [{ body, key }] = stripe.requests as [(typeof stripe.requests)[number]]
  expect(Object.fromEntries(body)).toMatchObject({
    amount: '12345',
    currency: 'usd',
    capture_method: 'manual',
    confirm: 'true',
  })
  expect(key).toBe(`moa-${leg.authorizeReference}`)
})

test.each([
  ['pm_poor', 'insufficient-funds'],
  ['pm_missing', 'not-permitted'],
  ['pm_challenge', 'not-permitted'],
])('the payment method %s is declined, and nothing stays held', async (method, reason) => {
  expect(await moduleNow().authorize(await aLeg(method))).toEqual({ kind: 'declined', reason })
  expect([...stripe.intents.values()].filter(({ status }) => status !== 'canceled')).toEqual([])
})

test('a server that fails says neither yes nor no (P3.1)', async () => {
  stripe.misbehave('fail')
  expect(await moduleNow().authorize(await aLeg())).toEqual({ kind: 'no-answer' })
})

/** An amount that Stripe has taken. */
async function captured(): Promise<LegToSettle> {
  const leg = await aLeg()
  const answer = await moduleNow().authorize(leg)
  if (answer.kind !== 'authorized') throw new Error(`not authorized: ${answer.kind}`)
  const taken = { ...leg, hold: answer.hold, settleReference: await draw() }
  expect(await moduleNow().capture(taken)).toEqual({ kind: 'done' })
  return taken
}

const givenBack = () => [...stripe.intents.values()].map(({ refunded }) => refunded)

describe.each([401, 403] as const)('while Stripe answers %i to our key', (status) => {
  test('a first authorization is declined: nothing was asked before', async () => {
    stripe.refuseKey(status)
    expect(await moduleNow().authorize(await aLeg())).toEqual({ kind: 'declined', reason: 'module-unavailable' })
    expect(await moduleNow().authorize(await aLeg('pm_card_visa', { repeat: true }))).toEqual({ kind: 'no-answer' })
  })

  test('P3.4: a hold whose answer was lost is not taken for released, and is released once the key is good', async () => {
    const leg = await aLeg()
    stripe.misbehave('lose')
    expect(await moduleNow().authorize(leg)).toEqual({ kind: 'no-answer' })
    stripe.refuseKey(status)
    const voiding = { ...leg, settleReference: await draw(), voidReason: 'no-answer' as const }
    expect(await moduleNow().void(voiding)).toEqual({ kind: 'no-answer' })
    stripe.refuseKey(undefined)
    expect(await moduleNow().void({ ...voiding, repeat: true })).toEqual({ kind: 'done' })
    expect([...stripe.intents.values()].map((intent) => intent.status)).toEqual(['canceled'])
  })

  test('P2.5, P3.6: a refund whose answer was lost is not refused, and is made once, even when its key is forgotten', async () => {
    const leg = await captured()
    const refund = { reference: await draw(), amount: krw(5_000), repeat: false }
    stripe.misbehave('lose')
    expect(await moduleNow().refund!(leg, refund)).toEqual({ kind: 'no-answer' })
    stripe.refuseKey(status)
    expect(await moduleNow().refund!(leg, { ...refund, repeat: true })).toEqual({ kind: 'no-answer' })
    stripe.refuseKey(undefined)
    stripe.forgetKeys()
    expect(await moduleNow().refund!(leg, { ...refund, repeat: true })).toEqual({ kind: 'done' })
    expect(givenBack()).toEqual([5_000])
  })
})

test('P3.6: a key of another account, which does not see the intent, is no refusal of its refund', async () => {
  const leg = await captured()
  const refund = { reference: await draw(), amount: krw(5_000), repeat: false }
  const known = [...stripe.intents.entries()]
  stripe.intents.clear()
  expect(await moduleNow().refund!(leg, refund)).toEqual({ kind: 'no-answer' })
  for (const [id, intent] of known) stripe.intents.set(id, intent)
  stripe.forgetKeys()
  expect(await moduleNow().refund!(leg, { ...refund, repeat: true })).toEqual({ kind: 'done' })
})

test.each([
  ['succeeded', { kind: 'done' }],
  ['failed', { kind: 'refused', reason: 'declined' }],
] as const)('P3.6: a refund that is pending is asked for again until it has %s', async (status, outcome) => {
  const leg = await captured()
  const refund = { reference: await draw(), amount: krw(5_000), repeat: false }
  stripe.refundsAre('pending')
  expect(await moduleNow().refund!(leg, refund)).toEqual({ kind: 'no-answer' })
  expect(await moduleNow().refund!(leg, { ...refund, repeat: true })).toEqual({ kind: 'no-answer' })
  stripe.refunds[0]!.status = status
  expect(await moduleNow().refund!(leg, { ...refund, repeat: true })).toEqual(outcome)
  expect(stripe.refunds).toHaveLength(1)
})

describe('beside the Stripe-like server of the registry', () => {
  let mock: Server
  beforeAll(async () => {
    // It brings no types.
    const { createExpressApp } = createRequire(import.meta.url)('stripe-stateful-mock') as {
      createExpressApp(): { listen(port: number, host: string): Server }
    }
    mock = createExpressApp().listen(0, '127.0.0.1')
    await once(mock, 'listening')
  })
  afterAll(() => void mock.close())

  test('its refusals are read as they are meant', async () => {
    const url = `http://127.0.0.1:${(mock.address() as AddressInfo).port}`
    const { default: Sdk } = await import('stripe')
    const { hostname, port } = new URL(url)
    const sdk = new Sdk('sk_test_none', { host: hostname, port, protocol: 'http', maxNetworkRetries: 0 })
    const charge = (source: string) => sdk.charges.create({ amount: 1000, currency: 'usd', source, capture: false })
    const refused = await charge('tok_chargeDeclinedInsufficientFunds').catch((error: unknown) => error)
    expect(refusalIn(refused)).toMatchObject({ reason: 'insufficient-funds' })
    const held = await charge('tok_visa')
    expect(held).toMatchObject({ captured: false })
    const tooMuch = await sdk.refunds.create({ charge: held.id, amount: 5000 }).catch((error: unknown) => error)
    expect(refusalIn(tooMuch)).toMatchObject({ reason: 'not-permitted' })
    expect(refusalIn(new Error('a broken line'))).toBeUndefined()
  })
})
