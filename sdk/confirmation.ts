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

/** What to send back, as application/json: `status` and `body`. The rest says what was decided. */
export type ConfirmationAnswer =
  | {
      readonly kind: 'confirmed' | 'mismatch'
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
  { messages, signer, merchantId, seen, now }: Parts,
): Promise<ConfirmationAnswer> {
  const jws = readEnvelope(requestBody)
  if (jws === undefined) return refused('malformed')
  const heard = await messages.hear(jws, ['payment.confirm'])
  if (heard.kind === 'refused') return refused(heard.reason)
  const asked = readQuestion(heard.claims)
  if (!asked) return refused('malformed')
  const iat = Math.floor(now().getTime() / 1000)
  if (!(await seen.isFirst(`confirm ${asked.jti}`, new Date((iat + 2 * CLOCK_DRIFT_S) * 1000))))
    return refused('replayed')

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

const STATUS: Partial<Record<MessageFault | 'replayed', 400 | 409 | 503>> = {
  malformed: 400,
  replayed: 409,
  'keys-unavailable': 503,
}

function refused(reason: MessageFault | 'replayed'): ConfirmationAnswer {
  return { kind: 'refused', reason, status: STATUS[reason] ?? 401, body: JSON.stringify({ error: reason }) }
}

/** The one member of the body. */
function readEnvelope(body: string | Uint8Array): string | undefined {
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
