import { randomBytes } from 'node:crypto'
import { CLOCK_DRIFT_S, type GatewayMessages, type MessageFault } from './gateway-messages'
import type { SeenMessages } from './seen-messages'
import type { Signer } from './signer'

/** What the shop itself has written down of the order that a payment is for. */
export interface OwnRecord {
  /** Whole minor units. */
  readonly amount: bigint
  readonly currency: string
}

/** Finds the shop's own record of a payment (`pay_…`); undefined when it knows of none. */
export type Lookup = (paymentId: string) => OwnRecord | undefined | Promise<OwnRecord | undefined>

/** What somebody at a desk of the gateway would cancel for a shopper, where your contract asks for your signature. */
export interface CancelRequest {
  readonly paymentId: string
  /** Whole minor units that would go back. */
  readonly amount: bigint
  readonly currency: string
  readonly reason: string
}

/** yes: cancel it. Otherwise in a few words why not, which the person at the desk reads. */
export type CancelWord = 'yes' | { readonly no: string }

/** Decides about a cancel that the gateway asks for. */
export type DecideCancel = (request: CancelRequest) => CancelWord | Promise<CancelWord>

/** What to send back, as application/json: `status` and `body`. The rest says what was decided. */
export type ConfirmationAnswer =
  | {
      readonly kind: 'confirmed' | 'mismatch' | 'cancelled' | 'cancel-declined'
      readonly paymentId: string
      readonly status: 200
      readonly body: string
    }
  | {
      readonly kind: 'refused'
      readonly reason: MessageFault | 'replayed'
      readonly status: 400 | 401 | 409 | 503
      readonly body: string
    }

interface Parts {
  readonly messages: GatewayMessages
  readonly signer: Signer
  readonly merchantId: string
  readonly seen: SeenMessages
  readonly now: () => Date
  /** Without it the gateway's requests to cancel are refused. */
  readonly decideCancel?: DecideCancel | undefined
}

/**
 * Answers the gateway's question before money moves: is this payment, with this amount, yours? Yes only when the shop's
 * own record says so; what does not verify is refused, and then nothing is charged.
 *
 * @param requestBody as it came, unparsed
 * @throws what `lookup` throws; an error of yours is no yes either
 */
export async function answerConfirmation(
  requestBody: string | Uint8Array,
  lookup: Lookup,
  parts: Parts,
): Promise<ConfirmationAnswer> {
  const { messages, signer, merchantId, seen, now, decideCancel } = parts
  const jws = readEnvelope(requestBody)
  if (jws === undefined) return refused('malformed')
  const heard = await messages.hear(jws, ['payment.confirm', ...(decideCancel ? ['payment.cancel-request'] : [])])
  if (heard.kind === 'refused') return refused(heard.reason)
  const asked = readQuestion(heard.claims)
  if (!asked) return refused('malformed')
  const iat = Math.floor(now().getTime() / 1000)
  if (!(await seen.isFirst(`confirm ${asked.jti}`, new Date((iat + 2 * CLOCK_DRIFT_S) * 1000))))
    return refused('replayed')
  if (heard.claims['typ'] === 'payment.cancel-request') return answerCancel(asked, heard.claims, parts)

  const own = await lookup(asked.tid)
  const kind = own?.amount === BigInt(asked.amount) && own.currency === asked.currency ? 'confirmed' : 'mismatch'
  const message = await signer.sign({
    iss: merchantId,
    aud: messages.gatewayName,
    typ: `payment.${kind}`,
    re: asked.jti,
    tid: asked.tid,
    amount: asked.amount,
    currency: asked.currency,
    iat,
    exp: iat + CLOCK_DRIFT_S,
    jti: randomBytes(16).toString('base64url'),
  })
  return { kind, paymentId: asked.tid, status: 200, body: JSON.stringify({ message }) }
}

/** The shop's own signed cancel, or its signed refusal. */
async function answerCancel(
  { tid, amount, currency, jti: re }: Question,
  { reason, ref }: Readonly<Record<string, unknown>>,
  { messages, signer, merchantId, now, decideCancel }: Parts,
): Promise<ConfirmationAnswer> {
  if (typeof reason !== 'string' || typeof ref !== 'string' || !decideCancel) return refused('malformed')
  const word = await decideCancel({ paymentId: tid, amount: BigInt(amount), currency, reason })
  const iat = Math.floor(now().getTime() / 1000)
  const message = await signer.sign({
    ...{ iss: merchantId, aud: messages.gatewayName, tid, re, iat, exp: iat + CLOCK_DRIFT_S },
    jti: randomBytes(16).toString('base64url'),
    ...(word === 'yes'
      ? { typ: 'payment.cancel', amount, currency, reason, ref }
      : { typ: 'payment.cancel-declined', reason: word.no.slice(0, LONGEST_WORDS) }),
  })
  const kind = word === 'yes' ? 'cancelled' : 'cancel-declined'
  return { kind, paymentId: tid, status: 200, body: JSON.stringify({ message }) }
}

const LONGEST_WORDS = 200

const STATUS: Partial<Record<MessageFault | 'replayed', 400 | 409 | 503>> = {
  malformed: 400,
  replayed: 409,
  'keys-unavailable': 503,
}

function refused(reason: MessageFault | 'replayed'): ConfirmationAnswer {
  return { kind: 'refused', reason, status: STATUS[reason] ?? 401, body: JSON.stringify({ error: reason }) }
}

/** The one member of the body. */
export function readEnvelope(body: string | Uint8Array): string | undefined {
  try {
    const text = typeof body === 'string' ? body : new TextDecoder('utf-8', { fatal: true }).decode(body)
    const value = JSON.parse(text) as unknown
    if (typeof value !== 'object' || value === null || Object.keys(value).join() !== 'message') return undefined
    const { message } = value as { message: unknown }
    return typeof message === 'string' ? message : undefined
  } catch {
    return undefined
  }
}

interface Question {
  readonly tid: string
  readonly amount: string
  readonly currency: string
  readonly jti: string
}

function readQuestion({ tid, amount, currency, jti }: Readonly<Record<string, unknown>>): Question | undefined {
  if (typeof tid !== 'string' || typeof currency !== 'string') return undefined
  if (typeof amount !== 'string' || !/^[1-9][0-9]{0,14}$/.test(amount)) return undefined
  if (typeof jti !== 'string' || !/^[\x21-\x7e]{8,128}$/.test(jti)) return undefined
  return { tid, amount, currency, jti }
}
