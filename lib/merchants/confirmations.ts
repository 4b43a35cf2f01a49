import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import type { Clock } from '../clock'
import { publicId } from '../ids'
import type { MutualTls, Outgoing, OutgoingAnswer } from '../messages/outgoing'
import type { Tracing } from '../operations/tracing'
import type { Payment } from '../payments/payment'
import { toPem } from '../trust/pem'
import type { Trust } from '../trust/trust'
import type { Contracts } from './contract'
import type { EvidenceBook } from './evidence'
import type { Merchants } from './merchants'
import { CLOCK_DRIFT_S, confirmationClaims, isFresh } from './signed-claims'
import type { Signing } from './signing'
import type { ShopMessages } from './shop-messages'
import { LARGEST_MESSAGE } from './verify-signed'

/** Profile 3 of docs/links: the shop has five seconds, then nothing is charged. */
const CONFIRMATION_LIMIT_MS = 5000

export type Confirmation =
  | { kind: 'confirmed' }
  /** The shop's own record differs: "transaction information does not agree" (M-207). */
  | { kind: 'mismatch' }
  /** Any other answer, and any that does not verify. */
  | { kind: 'refused' }
  | { kind: 'no-answer' }

export type PaymentToConfirm = Pick<Payment, 'merchantId' | 'id' | 'amount' | 'currency'>

/** Asks the shop to agree to TID and amount before money moves (M-197 … M-204). */
export interface Confirmations {
  /** Answers within five seconds and never throws for anything the shop does. May be asked again: each asking is new. */
  confirm(payment: PaymentToConfirm): Promise<Confirmation>
}

interface Parts {
  readonly clock: Clock
  readonly signing: Signing
  readonly trust: Pick<Trust, 'clientIdentity'>
  readonly merchants: Pick<Merchants, 'get' | 'authorities'>
  readonly contracts: Pick<Contracts, 'of'>
  readonly shopMessages: ShopMessages
  readonly outgoing: Outgoing
  readonly evidence: EvidenceBook
  readonly tracing: Pick<Tracing, 'span' | 'headers'>
}

const envelope = z.strictObject({ message: z.string().max(LARGEST_MESSAGE) })

export function createConfirmations(parts: Parts): Confirmations {
  const { clock, signing, trust, merchants, contracts, shopMessages, outgoing, evidence, tracing } = parts
  return {
    async confirm(payment) {
      const merchant = await merchants.get(payment.merchantId)
      if (!merchant?.confirmationUrl) return { kind: 'no-answer' }
      const [asked, mutual] = await Promise.all([ask(payment), lineTo(payment)])
      const url = merchant.confirmationUrl
      const answer = await tracing.span('confirmation confirm', { kind: 'client' }, () =>
        outgoing.post(url, {
          headers: { 'content-type': 'application/json', accept: 'application/json', ...tracing.headers() },
          body: JSON.stringify({ message: asked.jws }),
          timeLimitMs: CONFIRMATION_LIMIT_MS,
          ...(mutual && { mutual }),
          about: { link: 'confirmation', operation: 'confirm', correlation: asked.jti, paymentId: payment.id },
        }),
      )
      return hear(payment, asked.jti, answer)
    },
  }

  /** The leased line of document 003, over the Internet: both sides show who they are (M-170). */
  async function lineTo({ merchantId }: PaymentToConfirm): Promise<MutualTls | undefined> {
    const contract = await contracts.of(merchantId)
    if (contract?.confirmationLine !== 'mutual') return undefined
    const authorities = (await merchants.authorities(merchantId))
      .filter(({ use, validUntil }) => use === 'tls' && clock.now() < validUntil)
      .map(({ der }) => toPem('CERTIFICATE', der))
    return { authorities, ...trust.clientIdentity() }
  }

  async function ask(payment: PaymentToConfirm): Promise<{ jws: string; jti: string }> {
    const iat = Math.floor(clock.now().getTime() / 1000)
    const jti = randomBytes(16).toString('base64url')
    const { jws, kid } = await signing.sign({
      iss: signing.gatewayName,
      aud: publicId('mer', payment.merchantId),
      typ: 'payment.confirm',
      tid: publicId('pay', payment.id),
      amount: payment.amount.toString(),
      currency: payment.currency,
      iat,
      exp: iat + CLOCK_DRIFT_S,
      jti,
    })
    await keep(payment, { direction: 'sent', type: 'payment.confirm', message: jws, kid, outcome: 'sent' })
    return { jws, jti }
  }

  async function hear(payment: PaymentToConfirm, jti: string, answer: OutgoingAnswer): Promise<Confirmation> {
    const received = { direction: 'received', type: 'payment.confirmed', message: '' } as const
    if (answer.kind !== 'answered') {
      await keep(payment, { ...received, outcome: answer.kind === 'refused' ? answer.reason : 'no-answer' })
      return { kind: 'no-answer' }
    }
    const body = envelope.safeParse(answer.status === 200 && answer.whole ? readJson(answer.body) : undefined)
    if (!body.success) {
      await keep(payment, {
        ...received,
        message: answer.body,
        outcome: `refused: status ${answer.status}, no message`,
      })
      return { kind: 'refused' }
    }
    const heard = await judge(payment, jti, body.data.message)
    await keep(payment, { ...received, ...heard.evidence, message: body.data.message })
    return { kind: heard.kind }
  }

  async function judge(payment: PaymentToConfirm, jti: string, jws: string) {
    const refused = (why: string, kid?: string) => {
      return { kind: 'refused' as const, evidence: { outcome: `refused: ${why}`, ...(kid ? { kid } : {}) } }
    }
    const about = publicId('pay', payment.id)
    const sender = { merchantId: payment.merchantId, purpose: 'payment.confirmed', about }
    const saysWrong = async (why: string, kid: string) => {
      await shopMessages.refused(sender, why, kid)
      return refused(why, kid)
    }
    const now = clock.now()
    const checked = await shopMessages.check(jws, sender)
    if (checked.kind === 'refused') return refused(checked.reason)
    const read = confirmationClaims.safeParse(checked.claims)
    if (!read.success) return saysWrong('bad-claims', checked.kid)
    const { typ, re, tid, amount, currency, iss, aud, iat = now.getTime() / 1000, exp } = read.data
    const ours =
      re === jti &&
      tid === about &&
      amount === payment.amount &&
      currency === payment.currency &&
      (iss === undefined || iss === publicId('mer', payment.merchantId)) &&
      (aud === undefined || aud === signing.gatewayName)
    if (!ours) return saysWrong('not-our-question', checked.kid)
    if (!isFresh({ iat, exp }, now)) return saysWrong('outside-time-window', checked.kid)
    const kind = typ === 'payment.confirmed' ? ('confirmed' as const) : ('mismatch' as const)
    return { kind, evidence: { type: typ, outcome: kind, kid: checked.kid } }
  }

  function keep(
    payment: PaymentToConfirm,
    kept: Omit<Parameters<EvidenceBook['keep']>[0], 'merchantId' | 'paymentId'>,
  ) {
    return evidence.keep({ merchantId: payment.merchantId, paymentId: payment.id, ...kept })
  }
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
