import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import type { Clock } from '../clock'
import { publicId } from '../ids'
import { readJson } from '../json'
import type { Outgoing } from '../messages/outgoing'
import type { Tracing } from '../operations/tracing'
import type { Payment } from '../payments/payment'
import type { Trust } from '../trust/trust'
import type { Contracts } from './contract'
import type { EvidenceBook, EvidenceToKeep } from './evidence'
import type { Merchants } from './merchants'
import { mutualLine } from './mutual-line'
import { CLOCK_DRIFT_S } from './signed-claims'
import type { Signing } from './signing'
import { isSignedForm, unreadAnswer } from './unread-answer'
import { LARGEST_MESSAGE } from './verify-signed'

/** Profiles 3 and 6 of docs/links: the shop has five seconds. */
export const ANSWER_LIMIT_MS = 5000

export type PaymentAsked = Pick<Payment, 'merchantId' | 'id' | 'amount' | 'currency'>

export interface Question {
  /** payment.confirm, payment.cancel-request */
  readonly typ: string
  /** What an answer is called in the book while nobody knows what it says. */
  readonly answerType: string
  /** What it says besides who asks whom, when, and of which payment. */
  readonly claims: Readonly<Record<string, string>>
}

export type ShopAnswered =
  /** What the shop sent back, unread; `jti` is that of the question. */
  | { kind: 'heard'; message: string; jti: string }
  /** Something that is no message. */
  | { kind: 'refused' }
  | { kind: 'no-answer' }

/** The line from us to a shop's server, on which signed questions are asked of it (M-170, M-197). */
export interface ShopLine {
  /** Answers within five seconds and never throws for anything the shop does. The question is kept, and what is known of what is no answer. */
  ask(payment: PaymentAsked, question: Question): Promise<ShopAnswered>
}

interface Parts {
  readonly clock: Clock
  readonly signing: Signing
  readonly trust: Pick<Trust, 'clientIdentity'>
  readonly merchants: Pick<Merchants, 'get' | 'authorities'>
  readonly contracts: Pick<Contracts, 'of'>
  readonly outgoing: Outgoing
  readonly evidence: EvidenceBook
  readonly tracing: Pick<Tracing, 'span' | 'headers'>
}

const envelope = z.strictObject({ message: z.string().max(LARGEST_MESSAGE) })

export function createShopLine(parts: Parts): ShopLine {
  const { clock, signing, merchants, outgoing, evidence, tracing } = parts

  return {
    async ask(payment, question) {
      const merchant = await merchants.get(payment.merchantId)
      if (!merchant?.confirmationUrl) return { kind: 'no-answer' }
      const [asked, mutual] = await Promise.all([sign(payment, question), mutualLine(parts, payment.merchantId)])
      const url = merchant.confirmationUrl
      const operation = question.typ.replace('payment.', '')
      const answer = await tracing.span(`confirmation ${operation}`, { kind: 'client' }, () =>
        outgoing.post(url, {
          headers: { 'content-type': 'application/json', accept: 'application/json', ...tracing.headers() },
          body: JSON.stringify({ message: asked.jws }),
          timeLimitMs: ANSWER_LIMIT_MS,
          ...(mutual && { mutual }),
          about: { link: 'confirmation', operation, correlation: asked.jti, paymentId: payment.id },
        }),
      )
      const received = { direction: 'received', type: question.answerType } as const
      if (answer.kind !== 'answered') {
        const outcome = answer.kind === 'refused' ? answer.reason : 'no-answer'
        await keep(payment, { ...received, message: '', outcome })
        return { kind: 'no-answer' }
      }
      const message = answer.whole ? readEnvelope(answer.body) : undefined
      const isSigned = message !== undefined && isSignedForm(message)
      if (isSigned && answer.status === 200) return { kind: 'heard', message, jti: asked.jti }
      const refused = isSigned ? { message, outcome: `refused: status ${answer.status}` } : unreadAnswer(answer)
      await keep(payment, { ...received, ...refused })
      return { kind: 'refused' }
    },
  }

  async function sign(payment: PaymentAsked, { typ, claims }: Question): Promise<{ jws: string; jti: string }> {
    const iat = Math.floor(clock.now().getTime() / 1000)
    const jti = randomBytes(16).toString('base64url')
    const { jws, kid } = await signing.sign({
      iss: signing.gatewayName,
      aud: publicId('mer', payment.merchantId),
      typ,
      tid: publicId('pay', payment.id),
      ...claims,
      iat,
      exp: iat + CLOCK_DRIFT_S,
      jti,
    })
    await keep(payment, { direction: 'sent', type: typ, message: jws, kid, outcome: 'sent' })
    return { jws, jti }
  }

  function keep({ merchantId, id: paymentId }: PaymentAsked, kept: Omit<EvidenceToKeep, 'merchantId' | 'paymentId'>) {
    return evidence.keep({ merchantId, paymentId, ...kept })
  }
}

/** The message in an answer's body: that one member, and nothing beside it. Undefined for anything else. */
export function readEnvelope(body: string): string | undefined {
  const read = envelope.safeParse(readJson(body))
  return read.success ? read.data.message : undefined
}
