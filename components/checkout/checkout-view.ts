import type { SealingOffer } from '@/lib/checkout/sealed-input'
import type { Currency } from '@/lib/money/currency'
import type { DeclineReason } from '@/lib/payments/decline-reason'
import type { LegState } from '@/lib/payments/leg-moves'
import type { Verdict } from '@/lib/payments/payment'
import type { PaymentState } from '@/lib/payments/payment-moves'
import type bankTexts from '@/locales/ko/bank.json'
import type checkoutTexts from '@/locales/ko/checkout.json'
import type { CodeAnswer, CodeCheck, PhoneWhy, PhoneWords, SavedLine } from '../phone/phone-view'
import type { SplitWords } from '../split/split-panel'
import type { OtherModule } from './module-view'
import type { OwnAccount, OwnECash } from './stored-view'
import type { ChosenShare, EvaluatedSplit, SplitView } from '../split/split-view'

export type CheckoutWords = typeof checkoutTexts

export type BankWords = typeof bankTexts

export interface CheckoutTexts {
  readonly checkout: CheckoutWords
  readonly split: SplitWords
  readonly phone: PhoneWords
  readonly bank: BankWords
  readonly decline: Readonly<Record<DeclineReason, string>>
}

export interface SavedCard {
  readonly id: string
  readonly name: string
  readonly masked: string
  /** MM/YY */
  readonly expiry: string
  readonly isExpired: boolean
  /** Kept by its issuer in another currency than the payment's. */
  readonly isForeign: boolean
  /** Open to spend when the issuer was last asked; undefined: never asked. */
  readonly room?: bigint
}

export interface CheckoutView {
  readonly paymentId: string
  /** The number of the latest try; 0: none yet. */
  readonly attempt: number
  readonly amount: bigint
  readonly currency: Currency
  readonly personName?: string
  readonly cards: readonly SavedCard[]
  /** Ways that this shop takes and this shopper may use. */
  readonly takesCards: boolean
  readonly takesSplits: boolean
  /** Absent where the shop does not take the phone bill. Why: nothing can be put on one now. */
  readonly phone?: { readonly why?: PhoneWhy }
  readonly lines: readonly SavedLine[]
  /** Empty where the shop does not take accounts. */
  readonly accounts: readonly OwnAccount[]
  readonly takesAccounts: boolean
  /** Absent where the shop does not take e-cash. */
  readonly eCash?: OwnECash
  /** The banks from whose accounts it can be paid; empty where there are none. Somebody who has logged in may choose one. */
  readonly banks: readonly { readonly code: string; readonly name: string }[]
  /** Accounts that this shopper has kept, by their banks' names and last digits. */
  readonly bankAccounts: readonly { readonly id: string; readonly name: string; readonly holder: string }[]
  /** Whether the shop lets people pay its courier. */
  readonly takesCash: boolean
  /** Whether a part, or all of it, may be paid by giro. */
  readonly takesGiro: boolean
  /** Absent where nothing is collected by direct debit. Somebody who has logged in may choose it. */
  readonly debit?: {
    readonly banks: readonly { readonly code: string; readonly name: string }[]
    /** Accounts that this shopper has allowed the shop to debit. */
    readonly mandates: readonly { readonly id: string; readonly name: string }[]
    /** The words that are agreed to. */
    readonly consent: { readonly oneOff: string; readonly recurring: string }
  }
  /** Means that this shop takes for other amounts, each with which, in words. */
  readonly unavailable: readonly { readonly code: string; readonly name: string; readonly why: string }[]
  /** Payment modules that are not ours. */
  readonly modules: readonly OtherModule[]
  /** What the shopper has with us, in their own order: card:…, line:…, account:…, e-cash, mandate:…. */
  readonly offered: readonly string[]
  /** What is chosen already when the page opens. */
  readonly first?: string
  /** Whether there are means enough here that an order can be divided over. */
  readonly takesMix: boolean
  readonly shop: string
  readonly needsEmail: boolean
  readonly sealing: SealingOffer
}

/** A means that the shopper has with us. */
export type WalletChoice =
  | { readonly kind: 'saved'; readonly cardId: string }
  | { readonly kind: 'split'; readonly shares: readonly ChosenShare[]; readonly mayRetry: boolean }

/** A card typed in; its number travels in the sealed message. */
export interface TypedChoice {
  readonly kind: 'typed'
  readonly remember: boolean
  readonly email?: string
}

/** What one means carries of an order that is divided: card:…, account:…, e-cash, bank, giro, cash or module:…. */
export interface MixPart {
  readonly means: string
  readonly amount: bigint
}

/** What the shopper chose to pay with. One message holds everything that is sealed: each is good once. */
export type Choice =
  | WalletChoice
  | (TypedChoice & { readonly message: string })
  | { readonly kind: 'bank'; readonly message: string; readonly remember: boolean }
  | { readonly kind: 'cash' | 'giro' | 'debit'; readonly message: string }
  /** By a module that is not ours: what it asks for is sealed. */
  | { readonly kind: 'module'; readonly code: string; readonly message: string }
  /** Several means at once; what each needs is in the message by its name. */
  | { readonly kind: 'mix'; readonly message: string; readonly parts: readonly MixPart[] }
  | {
      readonly kind: 'phone'
      readonly message: string
      /** How much goes on the phone bill, and how the rest is paid; absent: all of it. */
      readonly part?: { readonly amount: bigint; readonly rest: WalletChoice | TypedChoice }
    }
  | {
      readonly kind: 'stored'
      readonly module: 'micro-account' | 'e-cash'
      readonly message: string
      /** How much is paid with it, and how the rest is; absent: all of it. */
      readonly part?: { readonly amount: bigint; readonly rest: WalletChoice | TypedChoice }
    }

export type PayFault = keyof CheckoutWords['fault']
/** over: the payment says what became of it. declined: before anybody was asked. */
export type PayAnswer =
  | { readonly kind: 'over' }
  | { readonly kind: 'declined'; readonly reason: DeclineReason }
  | { readonly kind: 'refused'; readonly reason: PayFault }

export interface CheckoutActions {
  pay(choice: Choice): Promise<PayAnswer>
  /** @param amount a part of the payment; all of it unless said */
  propose(amount?: bigint): Promise<SplitView>
  evaluate(shares: readonly ChosenShare[], amount?: bigint): Promise<EvaluatedSplit>
  /** @param amount what is to go on the phone bill; the code is good for exactly that */
  sendCode(message: string, amount: bigint): Promise<CodeAnswer>
  checkCode(message: string, amount: bigint): Promise<CodeCheck>
}

export interface LegProgress {
  /** What the card's issuer said yes with, in words. */
  readonly approval?: string
  readonly leg: number
  readonly name: string
  readonly amount: string
  readonly state: LegState
  /** What the state means for this means of payment, where the usual words do not fit. */
  readonly said?: string
  /** On which bill it comes, for instance. */
  readonly note?: string
}

/** How a payment stands while somebody watches. */
export interface PayProgress {
  readonly verdict: Verdict
  readonly state: PaymentState
  readonly attempt: number
  readonly legs: readonly LegProgress[]
}
