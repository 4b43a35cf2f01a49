import type { SealingOffer } from '@/lib/checkout/sealed-input'
import type { Currency } from '@/lib/money/currency'
import type { DeclineReason } from '@/lib/payments/decline-reason'
import type phoneTexts from '@/locales/ko/phone.json'

export type PhoneWords = typeof phoneTexts

/** Why something cannot be charged to a phone bill now. */
export type PhoneWhy = keyof PhoneWords['why']
export type PhoneFault = keyof PhoneWords['fault']

/** A line or calling card whose holder has proved control of it. */
export interface SavedLine {
  readonly id: string
  readonly kind: 'line' | 'calling-card'
  readonly name: string
  readonly masked: string
  readonly why?: PhoneWhy
}

/** How a code reaches its line, as far as the number itself says: nothing here depends on whether the line exists. */
export type CodeWay = 'text' | 'call' | 'card' | 'own'

/** A sealed message is good once, so each answer brings the means to seal the next one. */
interface WithOffer {
  readonly offer?: SealingOffer
}

export interface SentCode {
  readonly codeId: string
  /** Of the proof that the code belongs to, where it is not a payment's. */
  readonly proofId?: string
  readonly way: CodeWay
  /** The server's clock; the phone's may be wrong. */
  readonly now: Date
  readonly expiresAt: Date
  readonly resendAt: Date
}

export type CodeAnswer = WithOffer &
  (
    | ({ readonly kind: 'sent' } & SentCode)
    | { readonly kind: 'too-many'; readonly now: Date; readonly retryAt: Date }
    | { readonly kind: 'refused'; readonly fault: PhoneFault }
  )

/** What the line may still be charged this month, told once its holder has proved control of it (P6.7). */
export interface Room {
  readonly left: bigint
  readonly limit: bigint
  readonly currency: Currency
}

export type CodeCheck = WithOffer &
  (
    | { readonly kind: 'proven'; readonly room?: Room }
    | { readonly kind: 'wrong'; readonly reason: DeclineReason; readonly triesLeft?: number }
    | { readonly kind: 'refused'; readonly fault: PhoneFault }
  )

/** Both take what the browser encrypted. */
export interface CodeActions {
  send(message: string): Promise<CodeAnswer>
  check(message: string): Promise<CodeCheck>
}
