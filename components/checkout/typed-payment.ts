import type { TypedCard } from './card-input'

/** What is typed to pay with a card that is not in the wallet. */
export interface TypedPayment {
  readonly card: TypedCard
  readonly email: string
  readonly remember: boolean
}

export const nothingTyped: TypedPayment = {
  card: { number: '', expiry: '', securityCode: '' },
  email: '',
  remember: false,
}

export const isEmail = (text: string) => /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text.trim())
