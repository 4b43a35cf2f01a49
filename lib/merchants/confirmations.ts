import type { Clock } from '../clock'
import { publicId } from '../ids'
import type { EvidenceBook } from './evidence'
import type { PaymentAsked, ShopLine } from './shop-line'
import { confirmationClaims, isFresh } from './signed-claims'
import type { Signing } from './signing'
import type { ShopMessages } from './shop-messages'

export type Confirmation =
  | { kind: 'confirmed' }
  /** The shop's own record differs: "transaction information does not agree" (M-207). */
  | { kind: 'mismatch' }
  /** Any other answer, and any that does not verify. */
  | { kind: 'refused' }
  | { kind: 'no-answer' }

export type PaymentToConfirm = PaymentAsked

/** Asks the shop to agree to TID and amount before money moves (M-197 … M-204). */
export interface Confirmations {
  /** Answers within five seconds and never throws for anything the shop does. May be asked again: each asking is new. */
  confirm(payment: PaymentToConfirm): Promise<Confirmation>
}

interface Parts {
  readonly clock: Clock
  readonly signing: Pick<Signing, 'gatewayName'>
  readonly shopMessages: ShopMessages
  readonly shopLine: ShopLine
  readonly evidence: EvidenceBook
}

export function createConfirmations({ clock, signing, shopMessages, shopLine, evidence }: Parts): Confirmations {
  return {
    async confirm(payment) {
      const { merchantId, id: paymentId, amount, currency } = payment
      const answer = await shopLine.ask(payment, {
        ...{ typ: 'payment.confirm', answerType: 'payment.confirmed' },
        claims: { amount: amount.toString(), currency },
      })
      if (answer.kind !== 'heard') return answer
      const { message } = answer
      const heard = await judge(payment, answer.jti, message)
      const received = { direction: 'received', type: 'payment.confirmed', message } as const
      await evidence.keep({ merchantId, paymentId, ...received, ...heard.evidence })
      return { kind: heard.kind }
    },
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
}
