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

test('an amount goes to Stripe in the smallest units of its currency, held and not taken, under a key of its own', async () => {
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
