import { createPrivateKey, createPublicKey, type KeyObject, randomBytes, sign, verify } from 'node:crypto'

// Standard Webhooks 1.0, asymmetric: ed25519 over `id.timestamp.body`.

// A seed becomes a private key by this fixed PKCS #8 beginning (RFC 8410).
const PKCS8_ED25519 = Buffer.from('302e020100300506032b657004220420', 'hex')
const SPKI_ED25519 = Buffer.from('302a300506032b6570032100', 'hex')

/** 32 random bytes that make a signature key. */
export function newWebhookSeed(): Buffer {
  return randomBytes(32)
}

/** The public key of a seed as receivers configure it: `whpk_` and 32 bytes in base64. */
export function webhookPublicKey(seed: Buffer): string {
  const spki = createPublicKey(privateKeyOf(seed)).export({ format: 'der', type: 'spki' })
  return `whpk_${spki.subarray(SPKI_ED25519.length).toString('base64')}`
}

export interface SignedHeaders {
  readonly 'webhook-id': string
  readonly 'webhook-timestamp': string
  readonly 'webhook-signature': string
}

/** Signs the raw body with every live key of the endpoint, so that a receiver that knows any of them accepts it. */
export function signWebhook(
  message: { readonly id: string; readonly body: string; readonly at: Date },
  seeds: readonly Buffer[],
): SignedHeaders {
  const timestamp = String(Math.floor(message.at.getTime() / 1000))
  const signed = Buffer.from(`${message.id}.${timestamp}.${message.body}`)
  const signatures = seeds.map((seed) => `v1a,${sign(null, signed, privateKeyOf(seed)).toString('base64')}`)
  return { 'webhook-id': message.id, 'webhook-timestamp': timestamp, 'webhook-signature': signatures.join(' ') }
}

/** Checks a webhook again, as its receiver did, except for its age: for the evidence page. */
export function verifyWebhook(headers: SignedHeaders, body: string, publicKey: string): boolean {
  const raw = Buffer.from(publicKey.replace(/^whpk_/, ''), 'base64')
  if (raw.length !== 32) return false
  const key = createPublicKey({ key: Buffer.concat([SPKI_ED25519, raw]), format: 'der', type: 'spki' })
  const signed = Buffer.from(`${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`)
  return headers['webhook-signature'].split(' ').some((signature) => {
    const [version, value = ''] = signature.split(',')
    return version === 'v1a' && verify(null, signed, key, Buffer.from(value, 'base64'))
  })
}

function privateKeyOf(seed: Buffer): KeyObject {
  return createPrivateKey({ key: Buffer.concat([PKCS8_ED25519, seed]), format: 'der', type: 'pkcs8' })
}
