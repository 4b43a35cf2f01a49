import { Plus, Split } from 'lucide-react'
import type { ReactNode } from 'react'
import { fill } from '../i18n/fill'
import { formatMoney } from '../i18n/format'
import { Choice } from '../ui/choice'
import { CardRow } from './card-row'
import type { CheckoutView, CheckoutWords } from './checkout-view'

interface Props {
  readonly view: CheckoutView
  /** card:… of the wallet, a new card, or split over several. */
  readonly chosen: string | undefined
  readonly onChoose: (means: string) => void
  readonly words: CheckoutWords
  readonly labels: { readonly split: string; readonly newCard: string; readonly rest: string }
  readonly locale: string
  readonly rest: bigint
  readonly newCard: ReactNode
  readonly split: (part: bigint) => ReactNode
}

/** The group in which one chooses how what the first means does not carry is paid. */
export function RestRows({ view, chosen, onChoose, words, labels, locale, rest, newCard, split }: Props) {
  const label = fill(labels.rest, { amount: formatMoney(rest, view.currency, locale) })
  return (
    <fieldset className="flex flex-col gap-2.5 border-t border-line pt-5">
      <legend className="sr-only">{label}</legend>
      <p className="text-sm font-medium text-ink" aria-hidden>
        {label}
      </p>
      {view.cards.map((card) => (
        <CardRow
          key={card.id}
          {...{ card, locale }}
          amount={rest}
          currency={view.currency}
          words={words}
          name="rest"
          checked={chosen === `card:${card.id}`}
          onChoose={onChoose}
        />
      ))}
      {view.takesSplits && view.cards.length > 1 ? (
        <Choice
          name="rest"
          value="split"
          checked={chosen === 'split'}
          onChange={({ target }) => onChoose(target.value)}
          leading={<Split className="size-5 text-accent" aria-hidden />}
          label={labels.split}
        />
      ) : null}
      {chosen === 'split' ? split(rest) : null}
      {view.takesCards ? (
        <Choice
          name="rest"
          value="new"
          checked={chosen === 'new'}
          onChange={({ target }) => onChoose(target.value)}
          leading={<Plus className="size-5 text-ink-faint" aria-hidden />}
          label={labels.newCard}
        />
      ) : null}
      {chosen === 'new' ? newCard : null}
    </fieldset>
  )
}
