import type { Billing, DeclaredTerms } from '@/lib/cards/wallet-card'
import type accountTexts from '@/locales/ko/account.json'

export type CardFormFault = keyof (typeof accountTexts)['newCard']['fault']

/** What is said of a card besides its number and expiry. */
export interface CardDetails {
  readonly nickname: string
  readonly holderName: string
  readonly billing: Billing
  readonly terms: DeclaredTerms
}

export type CardAnswer = { readonly kind: 'done' } | { readonly kind: 'refused'; readonly fault: CardFormFault }

/** The optional fields of a card, as typed. */
export interface TypedDetails {
  readonly name: string
  readonly address: string
  readonly city: string
  readonly state: string
  readonly zip: string
  readonly phone: string
  readonly features: string
  /** In percent, with a point. */
  readonly apr: string
  readonly limit: bigint | undefined
  readonly minPayment: bigint | undefined
}

/** Fields as somebody left them; empty ones are left out. */
export function detailsOf(typed: TypedDetails): Pick<CardDetails, 'billing' | 'terms'> | undefined {
  const { name, address, city, state, zip, phone, features, limit, minPayment } = typed
  const apr = aprOf(typed.apr)
  if (apr === undefined) return undefined
  const said = (texts: Record<string, string>) =>
    Object.fromEntries(Object.entries(texts).filter(([, text]) => text.trim() !== ''))
  return {
    billing: said({ name, address, city, state, zip, phone }),
    terms: {
      ...said({ features, apr }),
      ...(limit !== undefined && { creditLimit: limit.toString() }),
      ...(minPayment !== undefined && { minPayment: minPayment.toString() }),
    },
  }
}

/** Percent as typed ("15.9") as a fraction in text ("0.159"); empty stays empty; undefined when it is no rate. */
export function aprOf(percent: string): string | undefined {
  const text = percent.trim()
  if (text === '') return ''
  if (!/^(?:100|[0-9]{1,2}(?:\.[0-9]{1,2})?)$/.test(text)) return undefined
  const [whole = '', fraction = ''] = text.split('.')
  const digits = (whole.padStart(3, '0') + fraction.padEnd(2, '0')).padStart(5, '0')
  const decimals = digits.slice(1).replace(/0+$/, '')
  return decimals === '' ? digits.slice(0, 1) : `${digits.slice(0, 1)}.${decimals}`
}

/** A fraction in text ("0.159") as percent ("15.9"). */
export function percentOf(apr: string | undefined): string {
  return apr === undefined ? '' : String(Math.round(Number(apr) * 10_000) / 100)
}
