import { randomBytes } from 'node:crypto'
import { readEnvelope } from './confirmation'
import { CLOCK_DRIFT_S, type GatewayMessages, type MessageFault } from './gateway-messages'
import type { SeenMessages } from './seen-messages'
import type { Signer } from './signer'

/** What the gateway asks a hook about a payment. */
export interface HookQuestion {
  readonly point: 'before-authorize' | 'before-capture'
  readonly paymentId: string
  readonly orderRef: string
  /** Whole minor units. */
  readonly amount: bigint
  readonly currency: string
  /** The means it is paid with. */
  readonly modules: readonly string[]
  readonly metadata: Readonly<Record<string, string>>
}

/** yes: the payment goes on. Otherwise why not, in words that your people read. */
export type HookWord = 'yes' | { readonly no: string }

export type DecideHook = (question: HookQuestion) => HookWord | Promise<HookWord>

/** What to send back, as application/json: `status` and `body`. */
export type HookReply =
  | { readonly kind: 'allowed' | 'denied'; readonly paymentId: string; readonly status: 200; readonly body: string }
  | {
      readonly kind: 'refused'
      readonly reason: MessageFault | 'replayed'
      readonly status: 401
      readonly body: string
    }

interface Parts {
  readonly messages: GatewayMessages
  readonly signer: Signer
  readonly merchantId: string
  readonly seen: SeenMessages
  readonly now: () => Date
}

/**
 * Answers a hook of your payment flow: signed by you, bound to the question.
 * @param requestBody as it came, unparsed
 * @throws what `decide` throws; the gateway then counts it as no answer
 */
export async function answerHook(
  requestBody: string | Uint8Array,
  decide: DecideHook,
  { messages, signer, merchantId, seen, now }: Parts,
): Promise<HookReply> {
  const jws = readEnvelope(requestBody)
  if (jws === undefined) return refused('malformed')
  const heard = await messages.hear(jws, ['payment.hook'])
  if (heard.kind === 'refused') return refused(heard.reason)
  const question = readQuestion(heard.claims)
  const re = heard.claims['jti']
  if (!question || typeof re !== 'string') return refused('malformed')
  const iat = Math.floor(now().getTime() / 1000)
  if (!(await seen.isFirst(`hook ${re}`, new Date((iat + 2 * CLOCK_DRIFT_S) * 1000)))) return refused('replayed')
  const word = await decide(question)
  const message = await signer.sign({
    ...{ iss: merchantId, aud: messages.gatewayName, typ: 'payment.hook-answer', re, tid: question.paymentId },
    ...(word === 'yes' ? { verdict: 'allowed' } : { verdict: 'denied', words: word.no.slice(0, LONGEST_WORDS) }),
    ...{ iat, exp: iat + CLOCK_DRIFT_S, jti: randomBytes(16).toString('base64url') },
  })
  const kind = word === 'yes' ? 'allowed' : 'denied'
  return { kind, paymentId: question.paymentId, status: 200, body: JSON.stringify({ message }) }
}

const LONGEST_WORDS = 200

function refused(reason: MessageFault | 'replayed'): HookReply {
  return { kind: 'refused', reason, status: 401, body: JSON.stringify({ error: reason }) }
}

function readQuestion(claims: Readonly<Record<string, unknown>>): HookQuestion | undefined {
  const { point, tid, orderRef, amount, currency, modules, metadata } = claims
  if (point !== 'before-authorize' && point !== 'before-capture') return undefined
  if (typeof tid !== 'string' || typeof orderRef !== 'string' || typeof currency !== 'string') return undefined
  if (typeof amount !== 'string' || !/^[1-9][0-9]{0,14}$/.test(amount) || !Array.isArray(modules)) return undefined
  return {
    ...{ point, paymentId: tid, orderRef, currency },
    amount: BigInt(amount),
    modules: modules.map(String),
    metadata: (metadata ?? {}) as Record<string, string>,
  }
}
