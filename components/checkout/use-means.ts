'use client'

import { useEffect, useState } from 'react'
import { noCode } from '../phone/code-state'
import type { CodeState } from '../phone/code-state'
import type { Seal } from '../sealing/use-seal'
import type { ChosenShare } from '../split/split-view'
import type { CheckoutView, Choice, SavedCard } from './checkout-view'
import type { TypedMix } from './mix/typed-mix'
import { nothingTypedAccount } from './typed-account'
import type { TypedAccount } from './typed-account'
import { nothingTypedDebit } from './typed-debit'
import type { TypedDebit } from './typed-debit'
import type { TypedModules } from './typed-module'
import { nothingTypedPayer } from './typed-payer'
import type { TypedPayer } from './typed-payer'
import { nothingTyped } from './typed-payment'
import type { TypedPayment } from './typed-payment'
import { nothingTypedPhone } from './typed-phone'
import type { TypedPhone } from './typed-phone'
import { nothingTypedRecipient } from './typed-recipient'
import type { TypedRecipient } from './typed-recipient'
import { isStoredMeans, nothingTypedStored } from './typed-stored'
import type { TypedStored } from './typed-stored'

/** What the shopper has chosen, typed and ticked so far. It outlives a try that did not pay. */
export interface MeansTyped {
  /**
   * card:…, line:…, account:…, e-cash or mandate:… of the wallet; new, split, mix, phone, account, bank, giro, debit, cash or
   * module:….
   */
  readonly chosen: string | undefined
  readonly typed: TypedPayment
  readonly shares: readonly ChosenShare[] | undefined
  readonly mayRetry: boolean
  readonly phone: TypedPhone
  readonly bankAccount: TypedAccount
  readonly recipient: TypedRecipient
  readonly payer: TypedPayer
  readonly debit: TypedDebit
  readonly modules: TypedModules
  readonly mix: TypedMix
  readonly code: CodeState
  readonly stored: TypedStored
  /** What the chosen account or e-cash asks for. */
  readonly storedNeeds: { readonly needsNumber: boolean; readonly needsPin: boolean }
  /** True while something goes on a phone bill. */
  readonly isPhone: boolean
}

export interface MeansState extends MeansTyped {
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
  setModules(modules: TypedModules): void
  setMix(mix: TypedMix): void
  setCode(change: (now: CodeState) => CodeState): void
  /** Codes that were sent, and PINs and passwords that were typed, are worth nothing any more. */
  forgetCode(): void
  /**
   * What to pay with, encrypted where it has to be; undefined while something is missing or wrong.
   * @throws CannotSeal; TypeError when the part of the page that reads it cannot be fetched
   */
  choice(): Promise<Choice | undefined>
}

interface Parts {
  readonly view: CheckoutView
  readonly sealing: Pick<Seal, 'seal'>
}

/** Needed when somebody pays and no sooner, so it is fetched after the page has been drawn. */
const reader = () => import('./read-choice')

export function useMeans({ view, sealing }: Parts): MeansState {
  const [chosen, setChosen] = useState(view.first)
  const [typed, setTyped] = useState(nothingTyped)
  const [shares, setShares] = useState<readonly ChosenShare[]>()
  const [mayRetry, setMayRetry] = useState(false)
  const [phone, setPhone] = useState(() => nothingTypedPhone(view.personName))
  const [bankAccount, setBankAccount] = useState(() => nothingTypedAccount(view))
  const [recipient, setRecipient] = useState(() => nothingTypedRecipient(view))
  const [payer, setPayer] = useState(() => nothingTypedPayer(view))
  const [debit, setDebit] = useState(() => nothingTypedDebit(view))
  const [modules, setModules] = useState<TypedModules>({})
  const [mix, setMix] = useState<TypedMix>({ amounts: {}, pins: {} })
  const [code, setCode] = useState(noCode)
  const [stored, setStored] = useState(nothingTypedStored)
  useEffect(() => {
    // Whoever is cut off now is told so when they pay.
    reader().catch(() => undefined)
  }, [])

  const isPhone = chosen === 'phone' || chosen?.startsWith('line:') === true
  const isStored = isStoredMeans(chosen)
  const ownAccount = view.accounts.find(({ id }) => chosen === `account:${id}`)
  const storedNeeds = { needsNumber: chosen === 'account', needsPin: ownAccount ? ownAccount.hasPin : true }
  const isReady = (means: string | undefined) => means !== undefined && (means !== 'split' || shares !== undefined)
  const forgetCode = () => {
    setCode(noCode)
    setStored((now) => ({ ...now, pin: '' }))
    setBankAccount((now) => ({ ...now, password: '' }))
    setMix((now) => ({ ...now, pins: {} }))
    setModules((now) => withoutSecrets(now, view))
  }

  const said = {
    ...{ chosen, typed, shares, mayRetry, phone, bankAccount, recipient, payer, debit, modules, mix, code, stored },
    ...{ storedNeeds, isPhone },
  }
  return {
    ...said,
    ...{ setTyped, setShares, setMayRetry, setPhone, setBankAccount, setRecipient, setPayer, setDebit, setModules },
    ...{ setMix, setCode, setStored, forgetCode },
    canPay: isPhone
      ? code.proof !== undefined && (!phone.isPart || isReady(phone.rest))
      : isReady(chosen) && (!isStored || !stored.isPart || isReady(stored.rest)),
    choose(means) {
      // A code is good for one line, so it does not move on to another.
      if (means !== chosen) forgetCode()
      setChosen(means)
    },
    async choice() {
      const { readChoice } = await reader()
      return readChoice({ view, sealing, means: said })
    },
  }
}

function withoutSecrets(typed: TypedModules, { modules }: CheckoutView): TypedModules {
  const secrets = new Set(
    modules.flatMap(({ code, fields }) =>
      fields.filter(({ kind }) => kind === 'secret').map(({ name }) => `module:${code} ${name}`),
    ),
  )
  const kept = (means: string, fields: Readonly<Record<string, string>>) =>
    Object.fromEntries(Object.entries(fields).filter(([name]) => !secrets.has(`${means} ${name}`)))
  return Object.fromEntries(Object.entries(typed).map(([means, fields]) => [means, kept(means, fields)]))
}

export const hasRoom = ({ room }: SavedCard, amount: bigint) => room === undefined || room >= amount
