import { createPublicKey, verify } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { newWebhookSeed, signWebhook, verifyWebhook, webhookPublicKey } from './webhook-signature'

const at = new Date('2026-11-02T09:00:00.900Z')

test('P5.1: a webhook carries id, timestamp and an ed25519 signature over id.timestamp.body (Standard Webhooks 1.0)', () => {
  const seed = newWebhookSeed()
  const body = '{"type":"payment.paid"}'
  const headers = signWebhook({ id: 'msg_1', body, at }, [seed])
  expect(headers).toMatchObject({ 'webhook-id': 'msg_1', 'webhook-timestamp': '1793610000' })

  // As a receiver would, from the published public key alone.
  const raw = Buffer.from(webhookPublicKey(seed).slice('whpk_'.length), 'base64')
  const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: raw.toString('base64url') }, format: 'jwk' })
  const [version, value = ''] = headers['webhook-signature'].split(',')
  expect(version).toBe('v1a')
  expect(verify(null, Buffer.from(`msg_1.1793610000.${body}`), key, Buffer.from(value, 'base64'))).toBe(true)
})

test('P5.1: while keys change, a receiver that knows the old or the new one accepts', () => {
  const [fresh, old, other] = [newWebhookSeed(), newWebhookSeed(), newWebhookSeed()]
  const headers = signWebhook({ id: 'msg_1', body: '{}', at }, [fresh, old])
  expect(headers['webhook-signature'].split(' ')).toHaveLength(2)
  expect(verifyWebhook(headers, '{}', webhookPublicKey(fresh))).toBe(true)
  expect(verifyWebhook(headers, '{}', webhookPublicKey(old))).toBe(true)
  expect(verifyWebhook(headers, '{}', webhookPublicKey(other))).toBe(false)
  expect(verifyWebhook(headers, '{}', 'whpk_')).toBe(false)
})

test('P5.1: whatever the body, one changed byte is noticed', () => {
  const seed = newWebhookSeed()
  fc.assert(
    fc.property(fc.string({ minLength: 1, unit: 'binary' }), fc.string({ unit: 'binary' }), (body, other) => {
      const headers = signWebhook({ id: 'msg_1', body, at }, [seed])
      const sameBytes = Buffer.from(body).equals(Buffer.from(other))
      expect(verifyWebhook(headers, body, webhookPublicKey(seed))).toBe(true)
      expect(verifyWebhook(headers, other, webhookPublicKey(seed))).toBe(sameBytes)
    }),
  )
})
