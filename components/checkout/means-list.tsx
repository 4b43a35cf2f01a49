'use client'

import { Plus, Smartphone, Split } from 'lucide-react'
import { lazy, Suspense } from 'react'
import type { ReactNode } from 'react'
import { Choice } from '../ui/choice'
import { Skeleton } from '../ui/skeleton'
import { CardRow } from './card-row'
import type { CheckoutActions, CheckoutTexts, CheckoutView } from './checkout-view'
import { phoneShare } from './typed-phone'
import type { MeansState } from './use-means'

// Most shoppers tap a card and pay: what the other ways need is fetched when it is asked for.
const NewCard = lazy(() => import('./new-card').then((module) => ({ default: module.NewCard })))
const SplitChoice = lazy(() => import('./split-choice').then((module) => ({ default: module.SplitChoice })))
const PhoneBill = lazy(() => import('./phone-bill').then((module) => ({ default: module.PhoneBill })))

interface Props {
  readonly view: CheckoutView
  readonly means: MeansState
  readonly words: CheckoutTexts
  readonly locale: string
  readonly actions: Pick<CheckoutActions, 'propose' | 'evaluate'>
  /** True after an attempt to pay: then everything that is wrong is pointed out. */
  readonly showsAll: boolean
}

/** The means of payment as rows, each with what it needs below it once it is chosen. */
export function MeansList({ view, means, words, locale, actions, showsAll }: Props) {
  const t = words.checkout
  const { chosen, phone } = means
  const { amount, currency } = view
  const share = phoneShare(phone, amount)
  const hasRest = view.takesCards || view.takesSplits

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
        code={means.code}
        onPhone={means.setPhone}
        words={words.phone}
        canSplit={hasRest}
        {...{ phone, amount, currency, locale }}
      >
        {share !== undefined && share < amount ? (
          <RestRows {...{ view, means, words, locale }} rest={amount - share} newCard={newCard} split={split} />
        ) : null}
      </PhoneBill>
    </Suspense>
  )

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
    </fieldset>
  )
}

interface RestProps extends Pick<Props, 'view' | 'means' | 'words' | 'locale'> {
  readonly rest: bigint
  readonly newCard: ReactNode
  readonly split: (part: bigint) => ReactNode
}

/** How what does not go on the phone bill is paid. */
function RestRows({ view, means, words, locale, rest, newCard, split }: RestProps) {
  const { phone, setPhone } = means
  const choose = (value: string) => setPhone({ ...phone, rest: value })
  return (
    <>
      {view.cards.map((card) => (
        <CardRow
          key={card.id}
          {...{ card, locale }}
          amount={rest}
          currency={view.currency}
          words={words.checkout}
          name="rest"
          checked={phone.rest === `card:${card.id}`}
          onChoose={choose}
        />
      ))}
      {view.takesSplits && view.cards.length > 1 ? (
        <Choice
          name="rest"
          value="split"
          checked={phone.rest === 'split'}
          onChange={({ target }) => choose(target.value)}
          leading={<Split className="size-5 text-accent" aria-hidden />}
          label={words.phone.part.split}
        />
      ) : null}
      {phone.rest === 'split' ? split(rest) : null}
      {view.takesCards ? (
        <Choice
          name="rest"
          value="new"
          checked={phone.rest === 'new'}
          onChange={({ target }) => choose(target.value)}
          leading={<Plus className="size-5 text-ink-faint" aria-hidden />}
          label={words.phone.part.newCard}
        />
      ) : null}
      {phone.rest === 'new' ? newCard : null}
    </>
  )
}
