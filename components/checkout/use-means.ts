'use client'

import { useState } from 'react'
import { readCardNumber } from '@/lib/cards/card-number'
import { noCode } from '../phone/code-state'
import type { CodeState } from '../phone/code-state'
import type { Seal } from '../sealing/use-seal'
import type { ChosenShare } from '../split/split-view'
import { faultsOf, readExpiry } from './card-input'
import type { CheckoutView, Choice, SavedCard, WalletChoice } from './checkout-view'
import { nothingTypedAccount, readAccount } from './typed-account'
import type { TypedAccount } from './typed-account'
import { isEmail, nothingTyped } from './typed-payment'
import type { TypedPayment } from './typed-payment'
import { nothingTypedRecipient, readRecipient } from './typed-recipient'
import type { TypedRecipient } from './typed-recipient'
import { nothingTypedPayer, readPayer } from './typed-payer'
import type { TypedPayer } from './typed-payer'
import { nothingTypedDebit } from './typed-debit'
import type { TypedDebit } from './typed-debit'
import type { TypedMix } from './mix/typed-mix'
import { accountDigits, isStoredMeans, nothingTypedStored, storedFaults } from './typed-stored'
import type { TypedStored } from './typed-stored'
import { nothingTypedPhone, phoneShare } from './typed-phone'
import type { TypedPhone } from './typed-phone'

/** What the shopper has chosen, typed and ticked so far. It outlives a try that did not pay. */
export interface MeansState {
  /** card:…, line:… or account:… of the wallet, new, split, mix, phone, account, e-cash, bank, giro, debit or cash. */
  readonly chosen: string | undefined
  readonly typed: TypedPayment
  readonly shares: readonly ChosenShare[] | undefined
  readonly mayRetry: boolean
  readonly phone: TypedPhone
  readonly bankAccount: TypedAccount
  readonly recipient: TypedRecipient
  readonly payer: TypedPayer
  readonly debit: TypedDebit
  readonly mix: TypedMix
  readonly code: CodeState
  readonly stored: TypedStored
  /** What the chosen account or e-cash asks for. */
  readonly storedNeeds: { readonly needsNumber: boolean; readonly needsPin: boolean }
  /** True while something goes on a phone bill. */
  readonly isPhone: boolean
  readonly canPay: boolean
  choose(means: string): void
  setTyped(typed: TypedPayment): void
  setShares(shares: readonly ChosenShare[] | undefined): void
  setMayRetry(mayRetry: boolean): void
  setPhone(phone: TypedPhone): void
  setStored(stored: TypedStored): void
  setBankAccount(account: TypedAccount): void
  setRecipient(recipient: TypedRecipient): void
  setPayer(payer: TypedPayer): void
  setDebit(debit: TypedDebit): void
  setMix(mix: TypedMix): void
  setCode(change: (now: CodeState) => CodeState): void
  /** Codes that were sent, and PINs and passwords that were typed, are worth nothing any more. */
  forgetCode(): void
  /** What to pay with, encrypted where it has to be; undefined while something is missing or wrong. */
  choice(): Promise<Choice | undefined>
}

interface Parts {
  readonly view: CheckoutView
  readonly sealing: Pick<Seal, 'seal'>
}

export function useMeans({ view, sealing }: Parts): MeansState {
  const [chosen, setChosen] = useState(() => firstMeans(view))
  const [typed, setTyped] = useState(nothingTyped)
  const [shares, setShares] = useState<readonly ChosenShare[]>()
  const [mayRetry, setMayRetry] = useState(false)
  const [phone, setPhone] = useState(() => nothingTypedPhone(view.personName))
  const isPhone = chosen === 'phone' || chosen?.startsWith('line:') === true
  const share = phoneShare(phone, view.amount) ?? 0n
  const [bankAccount, setBankAccount] = useState(() => nothingTypedAccount(view))
  const [recipient, setRecipient] = useState(() => nothingTypedRecipient(view))
  const [payer, setPayer] = useState(() => nothingTypedPayer(view))
  const [debit, setDebit] = useState(() => nothingTypedDebit(view))
  const [mix, setMix] = useState<TypedMix>({ amounts: {}, pins: {} })
  const [code, setCode] = useState(noCode)
  const [stored, setStored] = useState(nothingTypedStored)
  const ownAccount = view.accounts.find(({ id }) => chosen === `account:${id}`)
  const storedNeeds = { needsNumber: chosen === 'account', needsPin: ownAccount ? ownAccount.hasPin : true }
  const forgetCode = () => {
    setCode(noCode)
    setStored((now) => ({ ...now, pin: '' }))
    setBankAccount((now) => ({ ...now, password: '' }))
    setMix((now) => ({ ...now, pins: {} }))
  }

  function typedCard() {
    const { card, email } = typed
    const isWhole = Object.keys(faultsOf(card, new Date())).length === 0 && (!view.needsEmail || isEmail(email))
    const number = readCardNumber(card.number)
    const expiry = readExpiry(card.expiry)
    if (!isWhole || !number || !expiry) return undefined
    const { securityCode } = card
    return {
      input: { number, expiry, ...(securityCode && { securityCode }) },
      said: { remember: typed.remember, ...(view.needsEmail && { email: email.trim() }) },
    }
  }

  function fromWallet(means: string): WalletChoice | undefined {
    if (means.startsWith('card:')) return { kind: 'saved', cardId: means.slice('card:'.length) }
    return means === 'split' && shares ? { kind: 'split', shares, mayRetry } : undefined
  }

  async function byPhone(): Promise<Choice | undefined> {
    const { sent, digits, proof } = code
    if (!sent || !proof) return undefined
    const { pin } = phone.line
    const proved = { codeId: sent.codeId, code: digits, ...(pin && { pin }) }
    if (!phone.isPart) return { kind: 'phone', message: await sealing.seal({ phone: proved }) }
    if (!phone.rest) return undefined
    const card = phone.rest === 'new' ? typedCard() : undefined
    const rest = card ? ({ kind: 'typed', ...card.said } as const) : fromWallet(phone.rest)
    if (!rest) return undefined
    const message = await sealing.seal({ phone: proved, ...(card && { card: card.input }) })
    return { kind: 'phone', message, part: { amount: share, rest } }
  }

  async function byStored(): Promise<Choice | undefined> {
    if (Object.keys(storedFaults(stored, { ...storedNeeds, amount: view.amount })).length > 0) return undefined
    const { pin, mobile, isPart, part } = stored
    const proved = {
      ...(ownAccount && { accountId: ownAccount.id }),
      ...(storedNeeds.needsNumber && { number: accountDigits(stored.number) }),
      ...(storedNeeds.needsPin && { pin }),
      ...(storedNeeds.needsNumber && mobile.trim() !== '' && { mobile: mobile.trim() }),
    }
    const carrier = { kind: 'stored', module: chosen === 'e-cash' ? 'e-cash' : 'micro-account' } as const
    if (!isPart) return { ...carrier, message: await sealing.seal({ stored: proved }) }
    if (!stored.rest || part === undefined) return undefined
    const card = stored.rest === 'new' ? typedCard() : undefined
    const rest = card ? ({ kind: 'typed', ...card.said } as const) : fromWallet(stored.rest)
    if (!rest) return undefined
    const message = await sealing.seal({ stored: proved, ...(card && { card: card.input }) })
    return { ...carrier, message, part: { amount: part, rest } }
  }

  const isStored = isStoredMeans(chosen)
  const isReady = (means: string | undefined) => means !== undefined && (means !== 'split' || shares !== undefined)
  return {
    ...{
      chosen,
      typed,
      shares,
      mayRetry,
      phone,
      bankAccount,
      recipient,
      setRecipient,
      payer,
      setPayer,
      debit,
      setDebit,
      mix,
      setMix,
      code,
      isPhone,
      stored,
      storedNeeds,
      setStored,
      setCode,
      forgetCode,
      setTyped,
      setShares,
      setMayRetry,
      setPhone,
      setBankAccount,
    },
    canPay: isPhone
      ? code.proof !== undefined && (!phone.isPart || isReady(phone.rest))
      : isReady(chosen) && (!isStored || !stored.isPart || isReady(stored.rest)),
    choose(means) {
      // A code is good for one line, so it does not move on to another.
      if (means !== chosen) forgetCode()
      setChosen(means)
    },
    async choice() {
      if (isPhone) return byPhone()
      if (isStored) return byStored()
      if (chosen === 'bank') {
        const read = readAccount(bankAccount)
        const remember = bankAccount.savedId === '' && bankAccount.keeps
        return read && { kind: 'bank', remember, message: await sealing.seal({ bank: read }) }
      }
      if (chosen === 'cash') {
        const read = readRecipient(recipient)
        return read && { kind: 'cash', message: await sealing.seal({ cash: read }) }
      }
      if (chosen === 'giro') {
        const read = readPayer(payer, view.personName !== undefined)
        return read && { kind: 'giro', message: await sealing.seal({ giro: read }) }
      }
      if (chosen === 'debit') {
        const { readDebit } = await import('./typed-debit')
        const read = readDebit(debit)
        return read && { kind: 'debit', message: await sealing.seal({ debit: read }) }
      }
      if (chosen === 'mix') {
        const { readMix } = await import('./mix/typed-mix')
        const read = readMix(mix, { bankAccount, payer, recipient }, view)
        return read && { kind: 'mix', parts: read.parts, message: await sealing.seal({ mix: read.sealed }) }
      }
      if (chosen !== 'new') return chosen === undefined ? undefined : fromWallet(chosen)
      const card = typedCard()
      return card && { kind: 'typed', message: await sealing.seal(card.input), ...card.said }
    },
  }
}

function firstMeans({ cards, amount, takesCards }: CheckoutView): string | undefined {
  const usable = cards.find((card) => !card.isExpired && !card.isForeign && hasRoom(card, amount))
  if (usable) return `card:${usable.id}`
  return cards.length === 0 && takesCards ? 'new' : undefined
}

export const hasRoom = ({ room }: SavedCard, amount: bigint) => room === undefined || room >= amount
