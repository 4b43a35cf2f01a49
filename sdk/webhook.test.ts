import { describe, expect, test } from 'vitest'
import { newWebhookSeed, type SignedHeaders, signWebhook, webhookPublicKey } from '../lib/messages/webhook-signature'
import { verifyWebhook } from './index'
import { writtenPayment } from './sdk.fixtures'

const seed = newWebhookSeed()
const key = webhookPublicKey(seed)
const at = new Date('2026-11-01T09:30:00Z')
const options = { now: () => at }
const body = JSON.stringify({
  type: 'payment.paid',
  timestamp: at.toISOString(),
  data: { payment: writtenPayment({ orderName: '찻잔 두 개 ☕' }) },
})
const sign = (text = body, seeds = [seed], when = at) => ({
  ...signWebhook({ id: 'msg_1', body: text, at: when }, seeds),
})

test('a webhook that Moa signed is read, with amounts as whole minor units', () => {
  expect(verifyWebhook(body, sign(), [key], options)).toMatchObject({
    kind: 'verified',
    event: {
      id: 'msg_1',
      type: 'payment.paid',
      timestamp: at.toISOString(),
      data: { payment: { amount: 220_000n, capturedAmount: 0n, orderName: '찻잔 두 개 ☕' } },
    },
  })
})

test('the bytes as they came, and web-standard headers, serve as well', () => {
  expect(verifyWebhook(Buffer.from(body), new Headers(Object.entries(sign())), [key], options).kind).toBe('verified')
})

test('a refund tells how much really went back', () => {
  const refund = { id: 'ref_1', kind: 'refund', amount: '500', refundedAmount: '300', state: 'partly-refunded' }
  const data = { payment: writtenPayment(), refund }
  const text = JSON.stringify({ type: 'refund.finished', timestamp: at.toISOString(), data })
  expect(verifyWebhook(text, sign(text), [key], options)).toMatchObject({
    event: { type: 'refund.finished', data: { refund: { amount: 500n, refundedAmount: 300n } } },
  })
})

describe('P5.1: during a change of keys', () => {
  const old = newWebhookSeed()

  test('a receiver that knows only the old key accepts what is signed with both', () => {
    expect(verifyWebhook(body, sign(body, [seed, old]), [webhookPublicKey(old)], options).kind).toBe('verified')
  })

  test('a receiver that knows both accepts what is signed with either', () => {
    const both = [key, webhookPublicKey(old)]
    expect(verifyWebhook(body, sign(body, [old]), both, options).kind).toBe('verified')
    expect(verifyWebhook(body, sign(body, [seed]), both, options).kind).toBe('verified')
  })
})

describe('refused:', () => {
  const cases: [string, string, string, Partial<SignedHeaders>][] = [
    ['a changed body', 'bad-signature', body.replace('220000', '1'), {}],
    ['another id', 'bad-signature', body, { 'webhook-id': 'msg_2' }],
    ['another time', 'bad-signature', body, { 'webhook-timestamp': String(at.getTime() / 1000 + 1) }],
    ['a key that is not ours', 'bad-signature', body, sign(body, [newWebhookSeed()])],
    ['a signature cut short', 'bad-signature', body, { 'webhook-signature': 'v1a,AAAA' }],
    [
      'a symmetric signature',
      'bad-signature',
      body,
      { 'webhook-signature': `v1,${sign()['webhook-signature'].slice(4)}` },
    ],
    ['no signature', 'missing-header', body, { 'webhook-signature': '' }],
    ['no id', 'missing-header', body, { 'webhook-id': '' }],
    ['a time that is none', 'missing-header', body, { 'webhook-timestamp': 'now' }],
    ['a delivery of six minutes ago', 'outside-tolerance', body, sign(body, [seed], new Date(at.getTime() - 360_000))],
    ['a delivery of the future', 'outside-tolerance', body, sign(body, [seed], new Date(at.getTime() + 360_000))],
    ['a signed body that is no event', 'unreadable', '[]', sign('[]')],
  ]
  test.each(cases)('%s', (_which, reason, text, headers) => {
    expect(verifyWebhook(text, { ...sign(), ...headers }, [key], options)).toEqual({ kind: 'refused', reason })
  })

  test('everything, when no key is known', () => {
    expect(verifyWebhook(body, sign(), [], options)).toEqual({ kind: 'refused', reason: 'bad-signature' })
  })
})

test('a key that is none is a mistake in the shop’s settings, not in the message', () => {
  expect(() => verifyWebhook(body, sign(), ['whsec_AAAA'], options)).toThrow('whpk_')
})
