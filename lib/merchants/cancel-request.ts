import { createHash } from 'node:crypto'
import type { Clock } from '../clock'
import { publicId } from '../ids'
import type { CancelMessages, CancelRefusal } from './cancel-message'
import type { Contracts } from './contract'
import type { EvidenceBook } from './evidence'
import type { PaymentAsked, ShopLine } from './shop-line'
import type { ShopMessages } from './shop-messages'
import { declineClaims, isFresh } from './signed-claims'
import type { Signing } from './signing'
import { unverifiedClaim } from './verify-signed'

export interface CancelWish {
  /** Minor units that go back. */
  readonly amount: bigint
  readonly reason: string
  /** The same for every repeat of the same wish: then money goes back once, however often the shop is asked. */
  readonly token: string
}

/** A wish's refund is found again by it, whoever repeats it. */
export interface WishClaim {
  readonly key: string
  readonly fingerprint: Buffer
}

export type Consented<Result> =
  | { kind: 'done'; result: Result }
  /** The shop does not want to, and says so with its signature: in its own words. */
  | { kind: 'declined'; words: string }
  /** Nothing that could be believed came back: nothing was given back. */
  | { kind: 'no-answer' }

/**
 * What somebody at a desk gives back where the shop's contract wants the shop's own signed cancel for it (M-211, M-227): the shop
 * is asked by a signed request and answers with its signed cancel, or its signed refusal. All of it is kept.
 */
export interface ShopConsent {
  /**
   * Does the deed at once where the contract asks for no signature, otherwise only on the shop's signed cancel, whose answer,
   * signed by us, says what came of the deed.
   * @param refusalOf why the deed was refused, in the words of signed answers; undefined when it was done
   */
  through<Result>(
    payment: PaymentAsked,
    wish: CancelWish,
    deed: (claim: WishClaim) => Promise<Result>,
    refusalOf: (result: Result) => CancelRefusal | undefined,
  ): Promise<Consented<Result>>
}

interface Parts {
  readonly clock: Clock
  readonly signing: Pick<Signing, 'gatewayName'>
  readonly contracts: Pick<Contracts, 'of'>
  readonly shopLine: ShopLine
  readonly shopMessages: ShopMessages
  readonly cancelMessages: Pick<CancelMessages, 'receiveAsked'>
  readonly evidence: EvidenceBook
}

const LONGEST_REASON = 200

export function createShopConsent(parts: Parts): ShopConsent {
  const { clock, signing, contracts, shopLine, shopMessages, cancelMessages, evidence } = parts

  /** The shop's refusal, if the message is one, signed and about this request. */
  async function readDecline(payment: PaymentAsked, jws: string, jti: string): Promise<string | undefined> {
    const { merchantId, id: paymentId } = payment
    const about = publicId('pay', paymentId)
    const sender = { merchantId, purpose: 'payment.cancel-declined', about }
    const received = { merchantId, paymentId, direction: 'received', type: sender.purpose, message: jws } as const
    const checked = await shopMessages.check(jws, sender)
    if (checked.kind === 'refused') {
      await evidence.keep({ ...received, outcome: `refused: ${checked.reason}` })
      return undefined
    }
    const read = declineClaims.safeParse(checked.claims)
    const isOurs =
      read.success &&
      read.data.re === jti &&
      read.data.tid === about &&
      read.data.iss === publicId('mer', merchantId) &&
      read.data.aud === signing.gatewayName
    const fault = !isOurs ? 'not-our-question' : isFresh(read.data, clock.now()) ? undefined : 'outside-time-window'
    if (fault) await shopMessages.refused(sender, fault, checked.kid)
    await evidence.keep({ ...received, kid: checked.kid, outcome: fault ? `refused: ${fault}` : 'declined' })
    return fault || !read.success ? undefined : (read.data.reason ?? '')
  }

  return {
    async through(payment, { amount, reason, token }, deed, refusalOf) {
      const { merchantId, id: paymentId, currency } = payment
      const ref = createHash('sha256').update(`${merchantId} ${paymentId} ${token}`).digest('base64url')
      const claim: WishClaim = {
        key: `asked cancellation ${ref}`,
        fingerprint: createHash('sha256').update(`${paymentId} ${amount}`).digest(),
      }
      if ((await contracts.of(merchantId))?.signedCancel === 'none') {
        return { kind: 'done', result: await deed(claim) }
      }
      const answer = await shopLine.ask(payment, {
        ...{ typ: 'payment.cancel-request', answerType: 'payment.cancel' },
        claims: { amount: amount.toString(), currency, reason: reason.slice(0, LONGEST_REASON), ref },
      })
      if (answer.kind !== 'heard') return { kind: 'no-answer' }
      const { message, jti } = answer
      if (unverifiedClaim(message, 'typ') === 'payment.cancel-declined') {
        const words = await readDecline(payment, message, jti)
        return words === undefined ? { kind: 'no-answer' } : { kind: 'declined', words }
      }
      let result: { readonly value: Awaited<ReturnType<typeof deed>> } | undefined
      const heard = await cancelMessages.receiveAsked(message, {
        ...{ merchantId, paymentId, amount, currency, re: jti, ref },
        cancel: async () => {
          result = { value: await deed(claim) }
          const refused = refusalOf(result.value)
          return refused ? { kind: 'refused', reason: refused } : { kind: 'cancelled' }
        },
      })
      if (heard.kind === 'refused' || !result) return { kind: 'no-answer' }
      return { kind: 'done', result: result.value }
    },
  }
}
