import { Plus, Split } from 'lucide-react'
import type { ReactNode } from 'react'
import type { PhoneWords } from '../phone/phone-view'
import { Choice } from '../ui/choice'
import { CardRow } from './card-row'
import type { CheckoutView, CheckoutWords } from './checkout-view'
import type { MeansState } from './use-means'

interface Props {
  readonly view: CheckoutView
  readonly means: MeansState
  readonly words: CheckoutWords
  readonly labels: PhoneWords['part']
  readonly locale: string
  readonly rest: bigint
  readonly newCard: ReactNode
  readonly split: (part: bigint) => ReactNode
}

/** How what does not go on the phone bill is paid. */
export function RestRows({ view, means, words, labels, locale, rest, newCard, split }: Props) {
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
          words={words}
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
          label={labels.split}
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
          label={labels.newCard}
        />
      ) : null}
      {phone.rest === 'new' ? newCard : null}
    </>
  )
}
