'use client'

import { CreditCard } from 'lucide-react'
import { fill } from '../i18n/fill'
import { formatMoney } from '../i18n/format'
import { Choice } from '../ui/choice'
import type { CheckoutView, CheckoutWords, SavedCard } from './checkout-view'
import { hasRoom } from './use-means'

interface Props {
  readonly card: SavedCard
  /** What it would have to carry. */
  readonly amount: bigint
  readonly currency: CheckoutView['currency']
  readonly locale: string
  readonly words: CheckoutWords
  readonly name: string
  readonly checked: boolean
  readonly onChoose: (means: string) => void
}

/** A card of the wallet as a row to choose. */
export function CardRow({ card, amount, currency, locale, words, name, checked, onChoose }: Props) {
  return (
    <Choice
      name={name}
      value={`card:${card.id}`}
      checked={checked}
      disabled={card.isExpired || card.isForeign}
      onChange={({ target }) => onChoose(target.value)}
      leading={<CreditCard className="size-5 text-ink-faint" aria-hidden />}
      label={card.name}
      description={
        <span className="figures flex flex-col">
          <span>{card.masked}</span>
          <CardState {...{ card, amount, currency, locale, words }} />
        </span>
      }
    />
  )
}

/** What is left on a card, or why it cannot be used or hardly. */
function CardState({ card, amount, currency, locale, words }: Omit<Props, 'name' | 'checked' | 'onChoose'>) {
  if (card.isExpired) return <span className="text-bad">{words.expired}</span>
  if (card.isForeign) return <span className="text-warn">{words.otherCurrency}</span>
  if (card.room === undefined) return null
  const left = formatMoney(card.room, currency, locale)
  if (hasRoom(card, amount)) return <span>{fill(words.limitLeft, { amount: left })}</span>
  return <span className="text-warn">{fill(words.limitShort, { amount: left })}</span>
}
