import { z } from 'zod'
import type { IssuerRefusal } from '../gateways/issuer/issuer'
import type { KnownTerms } from '../gateways/issuer-terms/issuer-terms'
import type { Uuid } from '../ids'
import { currencyCodes } from '../money/currency'
import type { Currency } from '../money/currency'
import { isPlainLine } from '../plain-text'
import type { Brand } from './card-number'

/** Free text of one line, as typed but for its Unicode form. */
const line = (longest: number) =>
  z.string().normalize('NFC').trim().max(longest).refine(isPlainLine, 'must not hold control characters')

const minorUnits = z.string().regex(/^(?:0|[1-9][0-9]{0,11})$/)

/** Address and phone as on the card's bill (M-324). */
export const billingSchema = z.strictObject({
  name: line(60).optional(),
  address: line(120).optional(),
  city: line(60).optional(),
  state: line(60).optional(),
  zip: line(12).optional(),
  phone: line(20).optional(),
})

/** What the holder knows of the card's terms (M-324), used only while the issuer's own feed has nothing to say. */
export const declaredTermsSchema = z.strictObject({
  currency: z.enum(currencyCodes).optional(),
  /** Yearly, as a fraction: "0.159" is 15.9 %. */
  apr: z
    .string()
    .regex(/^(?:0(?:\.[0-9]{1,6})?|1(?:\.0{1,6})?)$/)
    .optional(),
  minPayment: minorUnits.optional(),
  creditLimit: minorUnits.optional(),
  annualFee: minorUnits.optional(),
  features: line(200).optional(),
})

export type Billing = z.output<typeof billingSchema>
export type DeclaredTerms = z.output<typeof declaredTermsSchema>

const labels = { holderName: line(60), nickname: line(40) }
const expiry = z.string().regex(/^[0-9]{2}(?:0[1-9]|1[0-2])$/, 'must be YYMM')

/** A card as its holder types it in. The number may be in groups. */
export const newCardSchema = z.strictObject({
  number: z.string().max(40),
  expiry,
  holderName: labels.holderName.min(1),
  nickname: labels.nickname,
  billing: billingSchema.optional(),
  terms: declaredTermsSchema.optional(),
})

export const cardChangesSchema = z.strictObject({
  expiry: expiry.optional(),
  nickname: labels.nickname.optional(),
  billing: billingSchema.optional(),
  terms: declaredTermsSchema.optional(),
})

export type NewCard = z.output<typeof newCardSchema>
export type CardChanges = z.output<typeof cardChangesSchema>

/** What the issuer last said of a card's balance, in minor units of the currency. */
export interface CardStanding {
  readonly owed: bigint
  /** Still open to spend; negative when the card is over its limit. */
  readonly available: bigint
  readonly currency: Currency
  readonly at: Date
}

/** A card in a shopper's wallet, as it may be shown. */
export interface WalletCard {
  readonly id: Uuid
  readonly issuer: string
  readonly issuerName: { readonly ko: string; readonly en: string }
  readonly brand: Brand
  readonly bin: string
  readonly lastFour: string
  readonly masked: string
  /** YYMM */
  readonly expiry: string
  readonly holderName: string
  readonly nickname: string
  readonly billing: Billing
  readonly terms: DeclaredTerms
  readonly standing?: CardStanding
  /** Promised to live V-Cards, in minor units of the card's currency (M-276); free again when they end (N6). */
  readonly setAside: bigint
  readonly createdAt: Date
}

/** How an inquiry went. Only `answered` brought a new standing. */
export type Inquiry = { kind: 'answered' } | { kind: 'refused'; reason: IssuerRefusal } | { kind: 'no-answer' }

/** A card just asked about: its standing is the newest known, and the issuer's terms where they are known. */
export interface RefreshedCard extends WalletCard {
  readonly inquiry: Inquiry
  readonly published?: KnownTerms
}
