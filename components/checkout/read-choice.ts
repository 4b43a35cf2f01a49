import { readCardNumber } from '@/lib/cards/card-number'
import type { Seal } from '../sealing/use-seal'
import { faultsOf, readExpiry } from './card-input'
import type { CheckoutView, Choice, WalletChoice } from './checkout-view'
import { readMix } from './mix/typed-mix'
import { moduleOf } from './module-view'
import { readAccount } from './typed-account'
import { readDebit } from './typed-debit'
import { readModule } from './typed-module'
import { readPayer } from './typed-payer'
import { isEmail } from './typed-payment'
import { phoneShare } from './typed-phone'
import { readRecipient } from './typed-recipient'
import { accountDigits, isStoredMeans, storedFaults } from './typed-stored'
import type { MeansTyped } from './use-means'

interface Parts {
  readonly view: CheckoutView
  readonly sealing: Pick<Seal, 'seal'>
  readonly means: MeansTyped
}

/** What is chosen and typed, as it is sent: encrypted where it has to be; undefined while something is missing or wrong. */
export async function readChoice({ view, sealing, means }: Parts): Promise<Choice | undefined> {
  const { chosen } = means
  if (chosen === undefined) return undefined
  const sealed = async <Kind extends 'cash' | 'giro' | 'debit'>(
    kind: Kind,
    read: Readonly<Record<string, string>> | undefined,
  ) => read && { kind, message: await sealing.seal({ [kind]: read }) }

  if (means.isPhone) return byPhone()
  if (isStoredMeans(chosen)) return byStored()
  if (chosen.startsWith('mandate:')) return sealed('debit', { mandateId: chosen.slice('mandate:'.length) })
  const other = moduleOf(view.modules, chosen)
  if (other) {
    const read = readModule(other, means.modules[chosen])
    return read && { kind: 'module', code: other.code, message: await sealing.seal({ module: read }) }
  }
  switch (chosen) {
    case 'bank': {
      const { savedId, keeps } = means.bankAccount
      const read = readAccount(means.bankAccount)
      const remember = savedId === '' && keeps
      return read && { kind: 'bank', remember, message: await sealing.seal({ bank: read }) }
    }
    case 'cash':
      return sealed('cash', readRecipient(means.recipient))
    case 'giro':
      return sealed('giro', readPayer(means.payer, view.personName !== undefined))
    case 'debit':
      return sealed('debit', readDebit(means.debit))
    case 'mix': {
      const read = readMix(means.mix, means, view)
      return read && { kind: 'mix', parts: read.parts, message: await sealing.seal({ mix: read.sealed }) }
    }
    case 'new': {
      const card = typedCard()
      return card && { kind: 'typed', message: await sealing.seal(card.input), ...card.said }
    }
    default:
      return fromWallet(chosen)
  }

  function typedCard() {
    const { card, email, remember } = means.typed
    const isWhole = Object.keys(faultsOf(card, new Date())).length === 0 && (!view.needsEmail || isEmail(email))
    const number = readCardNumber(card.number)
    const expiry = readExpiry(card.expiry)
    if (!isWhole || !number || !expiry) return undefined
    const { securityCode } = card
    return {
      input: { number, expiry, ...(securityCode && { securityCode }) },
      said: { remember, ...(view.needsEmail && { email: email.trim() }) },
    }
  }

  function fromWallet(name: string): WalletChoice | undefined {
    const { shares, mayRetry } = means
    if (name.startsWith('card:')) return { kind: 'saved', cardId: name.slice('card:'.length) }
    return name === 'split' && shares ? { kind: 'split', shares, mayRetry } : undefined
  }

  async function byPhone(): Promise<Choice | undefined> {
    const { code, phone } = means
    const { sent, digits, proof } = code
    if (!sent || !proof) return undefined
    const { pin } = phone.line
    const proved = { codeId: sent.codeId, code: digits, ...(pin && { pin }) }
    if (!phone.isPart) return { kind: 'phone', message: await sealing.seal({ phone: proved }) }
    const amount = phoneShare(phone, view.amount)
    const rest = restOf(phone.rest)
    if (!rest || amount === undefined) return undefined
    const message = await sealing.seal({ phone: proved, ...rest.sealed })
    return { kind: 'phone', message, part: { amount, rest: rest.choice } }
  }

  async function byStored(): Promise<Choice | undefined> {
    const { stored, storedNeeds } = means
    if (Object.keys(storedFaults(stored, { ...storedNeeds, amount: view.amount })).length > 0) return undefined
    const { pin, mobile, isPart, part } = stored
    const proved = {
      ...(chosen?.startsWith('account:') && { accountId: chosen.slice('account:'.length) }),
      ...(storedNeeds.needsNumber && { number: accountDigits(stored.number) }),
      ...(storedNeeds.needsPin && { pin }),
      ...(storedNeeds.needsNumber && mobile.trim() !== '' && { mobile: mobile.trim() }),
    }
    const carrier = { kind: 'stored', module: chosen === 'e-cash' ? 'e-cash' : 'micro-account' } as const
    if (!isPart) return { ...carrier, message: await sealing.seal({ stored: proved }) }
    const rest = restOf(stored.rest)
    if (!rest || part === undefined) return undefined
    const message = await sealing.seal({ stored: proved, ...rest.sealed })
    return { ...carrier, message, part: { amount: part, rest: rest.choice } }
  }

  /** How what the first means does not carry is paid: by the wallet, or by a card whose number goes in the same message. */
  function restOf(name: string | undefined) {
    const card = name === 'new' ? typedCard() : undefined
    if (card) return { choice: { kind: 'typed', ...card.said } as const, sealed: { card: card.input } }
    const choice = name === undefined ? undefined : fromWallet(name)
    return choice && { choice, sealed: {} }
  }
}
