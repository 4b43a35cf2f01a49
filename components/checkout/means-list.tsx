'use client'

import { Ban, Banknote, FileText, Landmark, Layers, Plus, Puzzle, Smartphone, Split, WalletCards } from 'lucide-react'
import { Fragment, lazy, Suspense } from 'react'
import type { ReactNode } from 'react'
import type { Seal } from '../sealing/use-seal'
import { Choice } from '../ui/choice'
import { Skeleton } from '../ui/skeleton'
import type { CheckoutActions, CheckoutTexts, CheckoutView } from './checkout-view'
import { SavedRow } from './saved-row'
import type { MeansState } from './use-means'

// Most shoppers tap a card and pay: what the other ways need is fetched when it is asked for.
const NewCard = lazy(() => import('./new-card').then((module) => ({ default: module.NewCard })))
const SplitChoice = lazy(() => import('./split-choice').then((module) => ({ default: module.SplitChoice })))
const StoredValue = lazy(() => import('./stored-value').then((module) => ({ default: module.StoredValue })))
const BankTransfer = lazy(() => import('./bank-transfer').then((module) => ({ default: module.BankTransfer })))
const CashOnDelivery = lazy(() => import('./cash-on-delivery').then((module) => ({ default: module.CashOnDelivery })))
const Giro = lazy(() => import('./giro').then((module) => ({ default: module.Giro })))
const DirectDebit = lazy(() => import('./direct-debit').then((module) => ({ default: module.DirectDebit })))
const OtherModule = lazy(() => import('./other-module').then((module) => ({ default: module.OtherModule })))
const Mix = lazy(() => import('./mix/mix').then((module) => ({ default: module.Mix })))
const PhoneBill = lazy(() => import('./phone-bill').then((module) => ({ default: module.PhoneBill })))

interface Props {
  readonly view: CheckoutView
  readonly means: MeansState
  readonly words: CheckoutTexts
  readonly locale: string
  readonly actions: CheckoutActions
  readonly sealing: Pick<Seal, 'seal' | 'adopt'>
  /** True after an attempt to pay: then everything that is wrong is pointed out. */
  readonly showsAll: boolean
}

/** The means of payment as rows, each with what it needs below it once it is chosen. */
export function MeansList({ view, means, words, locale, actions, sealing, showsAll }: Props) {
  const t = words.checkout
  const { chosen } = means

  const split = (part?: bigint) => (
    <Suspense fallback={<Skeleton className="h-40" />}>
      <SplitChoice
        key={String(part)}
        {...(part !== undefined && { amount: part })}
        {...{ locale, mayRetry: means.mayRetry, propose: actions.propose, evaluate: actions.evaluate }}
        words={words.split}
        onShares={means.setShares}
        onMayRetry={means.setMayRetry}
      />
    </Suspense>
  )
  const newCard = (
    <Suspense fallback={<Skeleton className="h-72" />}>
      <NewCard
        {...{ typed: means.typed, showsAll }}
        onTyped={means.setTyped}
        words={t.card}
        needsEmail={view.needsEmail}
        canRemember={view.personName !== undefined}
      />
    </Suspense>
  )
  const row = (value: string, look: { icon: ReactNode; label: string; description: ReactNode; disabled?: boolean }) => (
    <Choice
      name="means"
      value={value}
      checked={chosen === value}
      disabled={look.disabled}
      onChange={({ target }) => means.choose(target.value)}
      leading={look.icon}
      label={look.label}
      description={look.description}
    />
  )
  const phoneBill = (value: string) => (
    <Suspense fallback={<Skeleton className="h-72" />}>
      <PhoneBill
        saved={view.lines.find(({ id }) => value === `line:${id}`)}
        {...{ view, means, words, locale, actions, sealing, newCard, split }}
      />
    </Suspense>
  )

  const stored = (
    <Suspense fallback={<Skeleton className="h-48" />}>
      <StoredValue {...{ view, means, words, locale, showsAll, newCard, split }} />
    </Suspense>
  )
  /** What a means of the wallet asks for besides; a card and a mandate nothing. */
  function panelOf(saved: string): ReactNode {
    if (saved.startsWith('line:')) return phoneBill(saved)
    return saved === 'e-cash' || saved.startsWith('account:') ? stored : null
  }

  return (
    <fieldset className="flex flex-col gap-2.5">
      <legend className="mb-3 text-xl font-bold text-ink">{t.means}</legend>
      {view.takesSplits
        ? row('split', {
            icon: <Split className="size-5 text-accent" aria-hidden />,
            label: t.splitCards,
            description: view.cards.length < 2 ? t.needTwo : t.splitText,
            disabled: view.cards.length < 2,
          })
        : null}
      {chosen === 'split' ? split() : null}
      {view.offered.map((saved) => (
        <div key={saved} className="flex flex-col gap-2.5">
          <SavedRow means={saved} {...{ view, words, locale }} checked={chosen === saved} onChoose={means.choose} />
          {chosen === saved ? panelOf(saved) : null}
        </div>
      ))}
      {view.takesCards
        ? row('new', {
            icon: <Plus className="size-5 text-ink-faint" aria-hidden />,
            label: t.newCard,
            description: t.newCardText,
          })
        : null}
      {chosen === 'new' ? newCard : null}
      {view.phone
        ? row('phone', {
            icon: <Smartphone className="size-5 text-ink-faint" aria-hidden />,
            label: view.lines.length > 0 ? words.phone.rowOther : words.phone.row,
            description: view.phone.why ? (
              <span className="text-warn">{words.phone.why[view.phone.why]}</span>
            ) : (
              words.phone.rowText
            ),
            disabled: view.phone.why !== undefined,
          })
        : null}
      {chosen === 'phone' ? phoneBill('phone') : null}
      {view.takesAccounts
        ? row('account', {
            icon: <WalletCards className="size-5 text-ink-faint" aria-hidden />,
            label: view.accounts.length > 0 ? t.stored.rowOther : t.stored.row,
            description: t.stored.rowText,
          })
        : null}
      {chosen === 'account' ? stored : null}
      {/* Somebody who has none is told how to come by it. */}
      {view.eCash && !view.offered.includes('e-cash') ? (
        <SavedRow means="e-cash" {...{ view, words, locale }} checked={false} onChoose={means.choose} />
      ) : null}
      {view.modules.map((other) => {
        const value = `module:${other.code}`
        return (
          <div key={other.code} className="flex flex-col gap-2.5">
            {row(value, {
              icon: <Puzzle className="size-5 text-ink-faint" aria-hidden />,
              label: other.name,
              description: t.module.rowText,
            })}
            {chosen === value && other.fields.length > 0 ? (
              <Suspense fallback={<Skeleton className="h-48" />}>
                <OtherModule module={other} {...{ means, showsAll }} words={t.module} />
              </Suspense>
            ) : null}
          </div>
        )
      })}
      {view.banks.length > 0
        ? row('bank', {
            icon: <Landmark className="size-5 text-ink-faint" aria-hidden />,
            label: words.bank.row,
            description: view.personName === undefined ? words.bank.login : words.bank.rowText,
            disabled: view.personName === undefined,
          })
        : null}
      {chosen === 'bank' ? (
        <Suspense fallback={<Skeleton className="h-96" />}>
          <BankTransfer {...{ view, means, words: words.bank, locale, showsAll }} canKeep />
        </Suspense>
      ) : null}
      {view.takesCash
        ? row('cash', {
            icon: <Banknote className="size-5 text-ink-faint" aria-hidden />,
            label: t.delivery.row,
            description: t.delivery.rowText,
          })
        : null}
      {chosen === 'cash' ? (
        <Suspense fallback={<Skeleton className="h-72" />}>
          <CashOnDelivery {...{ view, means, locale, showsAll }} words={t.delivery} />
        </Suspense>
      ) : null}
      {view.takesGiro
        ? row('giro', {
            icon: <FileText className="size-5 text-ink-faint" aria-hidden />,
            label: t.giro.row,
            description: t.giro.rowText,
          })
        : null}
      {chosen === 'giro' ? (
        <Suspense fallback={<Skeleton className="h-72" />}>
          <Giro {...{ view, means, locale, showsAll }} words={t.giro} />
        </Suspense>
      ) : null}
      {view.debit
        ? row('debit', {
            icon: <Landmark className="size-5 text-ink-faint" aria-hidden />,
            label: t.debit.row,
            description: view.personName === undefined ? t.debit.login : t.debit.rowText,
            disabled: view.personName === undefined,
          })
        : null}
      {chosen === 'debit' && view.debit ? (
        <Suspense fallback={<Skeleton className="h-96" />}>
          <DirectDebit {...{ view, means, locale, showsAll }} offer={view.debit} words={t.debit} />
        </Suspense>
      ) : null}
      {view.takesMix
        ? row('mix', {
            icon: <Layers className="size-5 text-accent" aria-hidden />,
            label: t.mix.row,
            description: t.mix.rowText,
          })
        : null}
      {chosen === 'mix' ? (
        <Suspense fallback={<Skeleton className="h-72" />}>
          <Mix {...{ view, means, words, locale, showsAll }} />
        </Suspense>
      ) : null}
      {view.unavailable.map(({ code, name, why }) => (
        <Fragment key={code}>
          {row(`none:${code}`, {
            icon: <Ban className="size-5 text-ink-faint" aria-hidden />,
            label: name,
            description: <span className="text-warn">{why}</span>,
            disabled: true,
          })}
        </Fragment>
      ))}
    </fieldset>
  )
}
