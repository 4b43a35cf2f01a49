'use client'

import { Banknote, Coins, FileText, Landmark, Layers, Plus, Smartphone, Split, WalletCards } from 'lucide-react'
import { lazy, Suspense } from 'react'
import type { ReactNode } from 'react'
import type { Seal } from '../sealing/use-seal'
import { Choice } from '../ui/choice'
import { Skeleton } from '../ui/skeleton'
import { fill } from '../i18n/fill'
import { formatMoney } from '../i18n/format'
import { CardRow } from './card-row'
import type { CheckoutActions, CheckoutTexts, CheckoutView } from './checkout-view'
import type { MeansState } from './use-means'

// Most shoppers tap a card and pay: what the other ways need is fetched when it is asked for.
const NewCard = lazy(() => import('./new-card').then((module) => ({ default: module.NewCard })))
const SplitChoice = lazy(() => import('./split-choice').then((module) => ({ default: module.SplitChoice })))
const StoredValue = lazy(() => import('./stored-value').then((module) => ({ default: module.StoredValue })))
const BankTransfer = lazy(() => import('./bank-transfer').then((module) => ({ default: module.BankTransfer })))
const CashOnDelivery = lazy(() => import('./cash-on-delivery').then((module) => ({ default: module.CashOnDelivery })))
const Giro = lazy(() => import('./giro').then((module) => ({ default: module.Giro })))
const DirectDebit = lazy(() => import('./direct-debit').then((module) => ({ default: module.DirectDebit })))
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
  const { amount, currency } = view

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
  const room = (left: bigint) =>
    fill(left < amount ? t.limitShort : t.limitLeft, { amount: formatMoney(left, currency, locale) })
  const warning = (text: string) => <span className="text-warn">{text}</span>

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
      {view.cards.map((card) => (
        <CardRow
          key={card.id}
          {...{ card, amount, currency, locale }}
          words={t}
          name="means"
          checked={chosen === `card:${card.id}`}
          onChoose={means.choose}
        />
      ))}
      {view.takesCards
        ? row('new', {
            icon: <Plus className="size-5 text-ink-faint" aria-hidden />,
            label: t.newCard,
            description: t.newCardText,
          })
        : null}
      {chosen === 'new' ? newCard : null}
      {view.lines.map((line) => {
        const value = `line:${line.id}`
        const why = line.why ?? view.phone?.why
        return (
          <div key={line.id} className="flex flex-col gap-2.5">
            {row(value, {
              icon: <Smartphone className="size-5 text-ink-faint" aria-hidden />,
              label: line.name,
              description: (
                <span className="figures flex flex-col">
                  <span>
                    {words.phone.name} {line.masked}
                  </span>
                  <span className={why ? 'text-warn' : undefined}>
                    {why ? words.phone.why[why] : words.phone.savedText}
                  </span>
                </span>
              ),
              disabled: why !== undefined,
            })}
            {chosen === value ? phoneBill(value) : null}
          </div>
        )
      })}
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
      {view.accounts.map(({ id, name, masked, room: left, why }) => {
        const value = `account:${id}`
        return (
          <div key={id} className="flex flex-col gap-2.5">
            {row(value, {
              icon: <WalletCards className="size-5 text-ink-faint" aria-hidden />,
              label: name,
              description: (
                <span className="figures flex flex-col">
                  <span>{masked}</span>
                  {why ? warning(t.stored.accountWhy[why]) : <span>{room(left)}</span>}
                </span>
              ),
              disabled: why !== undefined,
            })}
            {chosen === value ? stored : null}
          </div>
        )
      })}
      {view.takesAccounts
        ? row('account', {
            icon: <WalletCards className="size-5 text-ink-faint" aria-hidden />,
            label: view.accounts.length > 0 ? t.stored.rowOther : t.stored.row,
            description: t.stored.rowText,
          })
        : null}
      {chosen === 'account' ? stored : null}
      {view.eCash
        ? row('e-cash', {
            icon: <Coins className="size-5 text-ink-faint" aria-hidden />,
            label: t.stored.eCash,
            description: view.eCash.why ? warning(t.stored.eCashWhy[view.eCash.why]) : room(view.eCash.room),
            disabled: view.eCash.why !== undefined,
          })
        : null}
      {chosen === 'e-cash' ? stored : null}
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
    </fieldset>
  )
}
