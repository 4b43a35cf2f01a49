import { randomBytes } from 'node:crypto'
import type { ApiClient } from './api-client'
import type { GatewayMessages } from './gateway-messages'
import { MoaError } from './moa-error'
import { readRecord, readText } from './read-answer'
import type { Signer } from './signer'

export interface SignedCancel {
  readonly paymentId: string
  /** Whole minor units; all that is left when absent. */
  readonly amount?: bigint
  /** If sent, it must be the payment's. */
  readonly currency?: string
  /** At most 200 characters; kept with the payment. */
  readonly reason: string
}

/** What came of it, with both signed messages: keep them, they prove who asked and who agreed. */
export interface SignedCancelAnswer {
  readonly kind: 'cancelled' | 'refused'
  /** Why it was refused: unknown-payment, wrong-currency, exceeds-what-is-left, nothing-to-cancel, not-cancellable. */
  readonly reason?: string
  readonly sent: string
  readonly received: string
}

interface Parts {
  readonly client: ApiClient
  readonly messages: GatewayMessages
  readonly signer: Signer
  readonly merchantId: string
  readonly now: () => Date
}

/**
 * Cancels by a signed message and checks the signed answer. Repeats carry the very same message, so that nothing is done
 * twice.
 *
 * @throws MoaError; with the code answer-not-verified when the answer is not provably the gateway's
 */
export async function cancelBySignedMessage(
  { paymentId, amount, currency, reason }: SignedCancel,
  { client, messages, signer, merchantId, now }: Parts,
): Promise<SignedCancelAnswer> {
  const jti = randomBytes(16).toString('base64url')
  const sent = await signer.sign({
    iss: merchantId,
    aud: messages.gatewayName,
    typ: 'payment.cancel',
    tid: paymentId,
    ...(amount !== undefined && { amount: amount.toString() }),
    ...(currency !== undefined && { currency }),
    reason,
    iat: Math.floor(now().getTime() / 1000),
    jti,
  })
  const received = await client.call({
    method: 'POST',
    path: '/api/v1/cancellations',
    body: { message: sent },
    read: (body) => readText(readRecord(body)['message']),
  })
  const heard = await messages.hear(received, ['payment.cancelled', 'payment.cancel-refused'])
  if (heard.kind === 'refused' || heard.claims['re'] !== jti || heard.claims['tid'] !== paymentId) {
    const why = heard.kind === 'refused' ? heard.reason : 'it answers another message'
    throw new MoaError('answer-not-verified', `Moa’s signed answer does not verify: ${why}.`, { outcome: 'unknown' })
  }
  if (heard.claims['typ'] === 'payment.cancelled') return { kind: 'cancelled', sent, received }
  return { kind: 'refused', reason: String(heard.claims['reason'] ?? ''), sent, received }
}
