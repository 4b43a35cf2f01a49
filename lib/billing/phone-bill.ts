import type { Vault } from '../cards/vault'
import type { Clock } from '../clock'
import type { Database } from '../db/database'
import type { References } from '../db/references'
import type { Calling, CallingNumber, Subscriber, TelcoAnswer, Telcos } from '../gateways/telco/telco'
import { type Uuid, uuidAt } from '../ids'
import type { Merchant } from '../merchants/merchant'
import { composeSms, maskNumber, type SmsNews } from '../messages/compose-sms'
import { NO_MERCHANT, type OutgoingMessage } from '../messages/message'
import type { Money } from '../money/money'
import type { Locale, Payment } from '../payments/payment'
import type { CentresTerms } from './centre-terms'
import type { CodeSubject, CodeVerdict } from './code-store'
import type { Asker, Codes } from './codes'
import type { Limits } from './limits'
import { type LineVault, type OpenedLine, reachOf } from './line-vault'
import { ProvenLine } from './proven-line'
import type { PhoneOffer } from './phone-offer'
import { guestsMayPay } from './shop-store'
import type { ShopperLines } from './shopper-lines'

/** What a code is asked for: a line typed in, or one that the shopper has proved before. */
export type WantedLine =
  Calling | { readonly kind: 'own'; readonly lineId: Uuid; /** Of a calling card. */ readonly pin?: string }

export interface CodeRequest {
  readonly merchantId: Uuid
  readonly paymentId: Uuid
  /** The part of the payment that goes on the phone bill: the code is good for exactly this. */
  readonly amount: Money
  readonly calling: WantedLine
  /** Who the shopper says the subscriber is; checked by the telco, told only after control is proved. */
  readonly subscriber?: Subscriber
  readonly shopperId?: Uuid
  readonly asker: Asker
}

export interface ProofRequest {
  /** The shopper, or whatever else has the line proved to it. */
  readonly ownerId: Uuid
  readonly calling: CallingNumber
  readonly locale: Locale
  readonly asker: Asker
}

/** The same whether or not there is such a number, and whether or not it may pay (P6.7). */
export type CodeAnswer =
  | {
      kind: 'sent'
      codeId: Uuid
      /** As it was typed: nothing is said of where the code really went. */
      maskedTo: string
      expiresAt: Date
      resendAt: Date
    }
  | { kind: 'too-many'; retryAt: Date }
  /** The payment cannot be put on a phone bill (any more), whatever the line. */
  | { kind: 'not-payable' }
  /** No telephone company of ours has numbers that begin so. */
  | { kind: 'not-served' }
  /** The telephone company's system does not answer; nothing was charged. */
  | { kind: 'try-later' }

export type ProofAnswer =
  Exclude<CodeAnswer, { kind: 'sent' }> | (Extract<CodeAnswer, { kind: 'sent' }> & { proofId: Uuid })

/** Purchases on telephone bills, as pages and public interfaces use them; the money itself moves with the payments. */
export interface PhoneBill {
  /** Sends a code to a line for one payment, amount and payee (P6.6). The payment is then paid with { codeId, code }. */
  requestCode(request: CodeRequest): Promise<CodeAnswer>
  /** Sends a code to a line that somebody wants to show control of, without a payment. */
  requestProof(request: ProofRequest): Promise<ProofAnswer>
  /** The right code says which line was proved. */
  prove(ownerId: Uuid, proof: { proofId: Uuid; codeId: Uuid; code: string }): Promise<CodeVerdict>
  /**
   * A line named by somebody we trust to know its holder (a token that carries its number); undefined when its telco
   * does not say that it can be billed, or does not answer.
   */
  lineOf(calling: CallingNumber): Promise<Uuid | undefined>
  /** What the module phone-bill takes in place of a code. Only for lines that were proved to our own code. */
  proven(lineId: Uuid): ProvenLine
  readonly lines: ShopperLines
  readonly offer: PhoneOffer
  readonly limits: Limits
}

export interface PhoneBillParts {
  readonly database: Database
  readonly clock: Clock
  readonly references: References
  readonly telcos: Telcos
  readonly vault: Vault
  readonly lineVault: LineVault
  readonly codes: Codes
  readonly lines: ShopperLines
  readonly offer: PhoneOffer
  readonly limits: Limits
  readonly centres: CentresTerms
  findPayment(merchantId: Uuid, paymentId: Uuid): Promise<Payment | undefined>
  findMerchant(merchantId: Uuid): Promise<Merchant | undefined>
  /** Sends a message at once that is due anyway: somebody waits for it. */
  hurry(message: OutgoingMessage): void
}

// Of a number that is refused so, nobody can be reached who might prove control of it.
const NOBODY_THERE = new Set(['unknown-number', 'terminated', 'format', 'pin-wrong', 'pin-locked'])

export function createPhoneBill(parts: PhoneBillParts): PhoneBill {
  const { clock, references, telcos, vault, lineVault, codes, lines, limits, centres } = parts

  interface Sending {
    readonly subject: CodeSubject
    readonly calling: CallingNumber
    readonly asker: Asker
    readonly locale: Locale
    readonly messagesOf: Uuid
    readonly amount?: Money
    readonly subscriber?: Subscriber
    ask(reference: string): Promise<TelcoAnswer>
    news(codeId: Uuid, until: Date): SmsNews
  }

  async function send(sending: Sending): Promise<CodeAnswer> {
    const { subject, calling, asker, messagesOf } = sending
    const system = telcos.systemOf(calling)
    if (system === undefined) return { kind: 'not-served' }
    if (sending.amount && !centres.bills(system, sending.amount.currency)) return { kind: 'not-payable' }
    const fingerprint = lineVault.fingerprint(calling)
    const taken = await codes.take(subject, fingerprint, asker)
    if (taken.kind === 'refused') return { kind: 'not-payable' }
    if (taken.kind === 'too-many') return taken
    const answer = await sending.ask(await references.draw())
    if (answer.kind === 'no-answer') {
      await taken.putBack()
      return { kind: 'try-later' }
    }
    const reached = answer.kind === 'approved' || !NOBODY_THERE.has(answer.reason)
    const line = reached ? await lineVault.keep(calling, answer, sending.subscriber) : undefined
    const at = clock.now()
    const codeId = uuidAt(at)
    const message = line && messageTo(line, sending, codeId, at)
    const opened = await codes.open({
      ...{ subject, fingerprint, messagesOf, at, id: codeId },
      subscriberMismatch: answer.kind === 'refused' && answer.reason === 'subscriber-mismatch',
      ...(line && message ? { lineId: line.id, message } : {}),
      ...(sending.amount ? { amount: sending.amount } : {}),
    })
    if (opened.kind === 'refused') return { kind: 'not-payable' }
    if (message) parts.hurry(message)
    const { expiresAt, resendAt } = opened
    return { kind: 'sent', codeId, maskedTo: maskNumber(calling.number), expiresAt, resendAt }
  }

  function messageTo(line: OpenedLine, sending: Sending, codeId: Uuid, at: Date): OutgoingMessage | undefined {
    const reach = reachOf(line)
    const address = reach && { ...reach, merchantId: sending.messagesOf, locale: sending.locale, at }
    return address && composeSms(vault, address, sending.news(codeId, codes.expiryOf(at)))
  }

  /** The line with its number; undefined for one that is not the shopper's. */
  async function numberOf(wanted: WantedLine, shopperId: Uuid | undefined): Promise<Calling | undefined> {
    if (wanted.kind !== 'own') return wanted
    const own = shopperId && (await lines.get(shopperId, wanted.lineId))
    const line = own && (await lineVault.open(own.id))
    if (!line) return undefined
    const { kind, number } = line.calling
    return kind === 'line' ? { kind, number } : { kind, number, pin: wanted.pin ?? '' }
  }

  return {
    async requestCode({ merchantId, paymentId, amount, calling: wanted, subscriber, shopperId, asker }) {
      const [payment, merchant] = await Promise.all([
        parts.findPayment(merchantId, paymentId),
        parts.findMerchant(merchantId),
      ])
      const calling = await numberOf(wanted, shopperId)
      if (!payment || !merchant || !calling || !isPayable(payment, amount, clock.now())) return { kind: 'not-payable' }
      const offered = merchant.modules.includes('phone-bill')
      const allowed = shopperId !== undefined || (await guestsMayPay(parts.database.prisma, merchantId))
      if (!offered || !allowed) return { kind: 'not-payable' }
      return send({
        subject: { purpose: 'payment', ownerId: merchantId, subjectId: paymentId },
        calling,
        asker,
        amount,
        locale: payment.locale,
        messagesOf: merchantId,
        ...(subscriber ? { subscriber } : {}),
        ask: (reference) =>
          telcos.authenticate({
            reference,
            calling,
            purchase: { tid: paymentId, merchant: merchant.name, description: payment.orderName, amount },
            ...(subscriber ? { subscriber } : {}),
          }),
        news: (codeId, until) => ({ topic: 'payment-code', codeId, shop: merchant.name, total: amount, until }),
      })
    },

    async requestProof({ ownerId, calling, locale, asker }) {
      const proofId = uuidAt(clock.now())
      const answer = await send({
        subject: { purpose: 'line', ownerId, subjectId: proofId },
        calling,
        asker,
        locale,
        messagesOf: NO_MERCHANT,
        ask: (reference) => telcos.status({ reference, calling }),
        news: (codeId, until) => ({ topic: 'line-code', codeId, until }),
      })
      return answer.kind === 'sent' ? { ...answer, proofId } : answer
    },

    prove: (ownerId, { proofId, codeId, code }) =>
      codes.check({ purpose: 'line', ownerId, subjectId: proofId }, { codeId, code }),

    async lineOf(calling) {
      if (!telcos.systemOf(calling)) return undefined
      const answer = await telcos.status({ reference: await references.draw(), calling })
      return answer.kind === 'approved' ? (await lineVault.keep(calling, answer)).id : undefined
    },

    proven: (lineId) => new ProvenLine(lineId),
    lines,
    offer: parts.offer,
    limits,
  }
}

/** Whether a part of the payment may still be put on a phone bill. */
function isPayable(payment: Payment, amount: Money, now: Date): boolean {
  return (
    payment.state === 'created' &&
    payment.expiresAt > now &&
    payment.currency === amount.currency &&
    amount.amount > 0n &&
    amount.amount <= payment.amount
  )
}
