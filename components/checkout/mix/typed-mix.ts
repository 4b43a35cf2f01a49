import type { CheckoutView, MixPart } from '../checkout-view'
import { moduleOf } from '../module-view'
import { readAccount } from '../typed-account'
import type { TypedAccount } from '../typed-account'
import { readModule } from '../typed-module'
import type { TypedModules } from '../typed-module'
import { readPayer } from '../typed-payer'
import type { TypedPayer } from '../typed-payer'
import { readRecipient } from '../typed-recipient'
import type { TypedRecipient } from '../typed-recipient'

/** What is typed to divide an order over several means. */
export interface TypedMix {
  /** How much each ticked means carries, by its name: card:…, account:…, e-cash, bank, giro, cash or module:…. */
  readonly amounts: Readonly<Record<string, bigint | undefined>>
  /** PINs of accounts and of e-cash, by the same names. */
  readonly pins: Readonly<Record<string, string>>
}

/** What the means of a mix need besides; kept where they are typed for a whole order too. */
export interface MixFields {
  readonly bankAccount: TypedAccount
  readonly payer: TypedPayer
  readonly recipient: TypedRecipient
  readonly modules: TypedModules
}

/** What is paid later, and what no other such part can stand beside. */
export const isLater = (means: string) => means === 'giro' || means === 'cash'

export const ticked = ({ amounts }: TypedMix): string[] => Object.keys(amounts)

/** What no means carries yet; below zero when they carry too much. */
export function leftOf({ amounts }: TypedMix, amount: bigint): bigint {
  return Object.values(amounts).reduce<bigint>((left, each) => left - (each ?? 0n), amount)
}

export function asksPin(means: string, view: CheckoutView): boolean {
  if (means === 'e-cash') return true
  const account = view.accounts.find(({ id }) => means === `account:${id}`)
  return account?.hasPin === true
}

export const isPin = (pin: string | undefined) => /^[0-9]{4,8}$/.test(pin ?? '')

/** The parts, and what has to be sealed of each by its name; undefined while something is missing or does not add up. */
export function readMix(
  typed: TypedMix,
  fields: MixFields,
  view: CheckoutView,
): { parts: MixPart[]; sealed: Record<string, Record<string, string>> } | undefined {
  const names = ticked(typed)
  if (names.length < 2 || leftOf(typed, view.amount) !== 0n) return undefined
  const parts: MixPart[] = []
  const sealed: Record<string, Record<string, string>> = {}
  for (const means of names) {
    const amount = typed.amounts[means]
    const secret = secretOf(means, typed, fields, view)
    if (amount === undefined || amount <= 0n || secret === undefined) return undefined
    parts.push({ means, amount })
    sealed[means] = secret
  }
  return { parts, sealed }
}

function secretOf(
  means: string,
  { pins }: TypedMix,
  { bankAccount, payer, recipient, modules }: MixFields,
  view: CheckoutView,
): Record<string, string> | undefined {
  if (means === 'bank') return readAccount(bankAccount)
  if (means === 'giro') return readPayer(payer, view.personName !== undefined)
  if (means === 'cash') return readRecipient(recipient)
  const other = moduleOf(view.modules, means)
  if (other) return readModule(other, modules[means])
  if (!asksPin(means, view)) return {}
  const pin = pins[means]
  return pin !== undefined && isPin(pin) ? { pin } : undefined
}
