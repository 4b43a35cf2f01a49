import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import type { Clock } from '../clock'
import { publicId } from '../ids'
import { readJson } from '../json'
import type { EvidenceBook } from '../merchants/evidence'
import type { ShopMessages } from '../merchants/shop-messages'
import { CLOCK_DRIFT_S, isFresh } from '../merchants/signed-claims'
import type { Signing } from '../merchants/signing'
import { LARGEST_MESSAGE } from '../merchants/verify-signed'
import { isSignedForm, unreadAnswer } from '../merchants/unread-answer'
import type { Outgoing, OutgoingAnswer } from '../messages/outgoing'
import type { HookVerdict } from '../payments/hooks'
import type { Payment } from '../payments/payment'
import type { AskedHook } from '../payments/payment-plan'
import { joined, readVerdict } from './pipeline'

/** Asks the shop's own server whether a payment may go on: a signed question, a signed answer, both kept. */
export interface ShopHooks {
  /** Ends within the hook's time limit and never throws for anything the shop does. */
  ask(hook: AskedHook, payment: Payment): Promise<HookVerdict>
}

interface Parts {
  readonly clock: Clock
  readonly signing: Signing
  readonly shopMessages: ShopMessages
  readonly outgoing: Outgoing
  readonly evidence: EvidenceBook
}

const envelope = z.strictObject({ message: z.string().max(LARGEST_MESSAGE) })

/** What the shop signs: bound to our question by `re`, to the payment by `tid`. */
const answerClaims = z.looseObject({
  typ: z.literal('payment.hook-answer'),
  re: z.string().max(128),
  tid: z.string().max(64),
  verdict: z.enum(['allowed', 'denied']),
  words: z.string().max(500).optional(),
  iat: z.int().min(0).max(99_999_999_999),
  exp: z.int().min(0).max(99_999_999_999).optional(),
})

export function createShopHooks({ clock, signing, shopMessages, outgoing, evidence }: Parts): ShopHooks {
  return {
    async ask(hook, payment) {
      const { jws, jti, kid } = await question(hook, payment)
      const about = { merchantId: payment.merchantId, paymentId: payment.id }
      await evidence.keep({ ...about, direction: 'sent', type: 'payment.hook', message: jws, kid, outcome: 'sent' })
      const answer = await outgoing.post(hook.url, {
        headers: { 'content-type': 'application/json', accept: 'application/json' },
        body: JSON.stringify({ message: jws }),
        timeLimitMs: hook.timeLimitMs,
        about: { link: 'confirmation', operation: hook.point, correlation: jti, paymentId: payment.id },
      })
      const heard = await hear(payment, jti, answer)
      const received = { direction: 'received', type: 'payment.hook-answer' } as const
      await evidence.keep({ ...about, ...received, ...heard.evidence })
      return heard.verdict
    },
  }

  async function question({ point }: AskedHook, payment: Payment) {
    const iat = Math.floor(clock.now().getTime() / 1000)
    const jti = randomBytes(16).toString('base64url')
    const { id, merchant, ...facts } = joined(payment)
    const signed = await signing.sign({
      iss: signing.gatewayName,
      aud: merchant,
      typ: 'payment.hook',
      point,
      tid: id,
      ...facts,
      ...{ iat, exp: iat + CLOCK_DRIFT_S, jti },
    })
    return { ...signed, jti }
  }

  async function hear(payment: Payment, jti: string, answer: OutgoingAnswer) {
    const silent = (outcome: string, message = '') => ({
      verdict: { kind: 'no-answer' } as const,
      evidence: { message, outcome },
    })
    if (answer.kind !== 'answered') return silent(answer.kind === 'refused' ? answer.reason : 'no-answer')
    const body = envelope.safeParse(answer.status === 200 && answer.whole ? readJson(answer.body) : undefined)
    if (!body.success || !isSignedForm(body.data.message)) {
      return { verdict: { kind: 'no-answer' } as const, evidence: unreadAnswer(answer) }
    }
    const { message } = body.data
    const tid = publicId('pay', payment.id)
    const sender = { merchantId: payment.merchantId, purpose: 'payment.hook-answer', about: tid }
    const checked = await shopMessages.check(message, sender)
    if (checked.kind === 'refused') return silent(`refused: ${checked.reason}`, message)
    const claims = answerClaims.safeParse(checked.claims)
    const why = !claims.success
      ? 'bad-claims'
      : claims.data.re !== jti || claims.data.tid !== tid
        ? 'not-our-question'
        : isFresh(claims.data, clock.now())
          ? undefined
          : 'outside-time-window'
    if (!claims.success || why) {
      await shopMessages.refused(sender, why ?? 'bad-claims', checked.kid)
      return silent(`refused: ${why}`, message)
    }
    const verdict = readVerdict({ kind: claims.data.verdict, words: claims.data.words })
    return { verdict, evidence: { message, kid: checked.kid, outcome: verdict.kind } }
  }
}
