import { Coins, Landmark, Smartphone, WalletCards } from 'lucide-react'
import type { ReactNode } from 'react'
import { fill } from '../i18n/fill'
import { formatMoney } from '../i18n/format'
import { Choice } from '../ui/choice'
import { CardRow } from './card-row'
import type { CheckoutTexts, CheckoutView } from './checkout-view'

interface Props {
  /** card:…, line:…, account:…, e-cash or mandate:… */
  readonly means: string
  readonly view: CheckoutView
  readonly words: CheckoutTexts
  readonly locale: string
  readonly checked: boolean
  readonly onChoose: (means: string) => void
}

interface Look {
  readonly icon: ReactNode
  readonly label: string
  readonly description: ReactNode
  readonly disabled?: boolean
}

const ICON = { className: 'size-5 text-ink-faint', 'aria-hidden': true } as const

/** One of the means that the shopper has with us, as a row to choose. */
export function SavedRow({ means, view, words, locale, checked, onChoose }: Props) {
  const card = view.cards.find(({ id }) => means === `card:${id}`)
  if (card) {
    const { amount, currency } = view
    return <CardRow name="means" words={words.checkout} {...{ card, amount, currency, locale, checked, onChoose }} />
  }
  const look = lookOf(means, view, words, locale)
  if (!look) return null
  const { icon, ...said } = look
  return (
    <Choice
      name="means"
      value={means}
      leading={icon}
      onChange={({ target }) => onChoose(target.value)}
      {...{ checked, ...said }}
    />
  )
}

function lookOf(means: string, view: CheckoutView, words: CheckoutTexts, locale: string): Look | undefined {
  const { checkout: t, phone } = words
  const room = (left: bigint) =>
    fill(left < view.amount ? t.limitShort : t.limitLeft, { amount: formatMoney(left, view.currency, locale) })

  const line = view.lines.find(({ id }) => means === `line:${id}`)
  if (line) {
    const why = line.why ?? view.phone?.why
    return {
      ...{ icon: <Smartphone {...ICON} />, label: line.name, disabled: why !== undefined },
      description: twoLines(
        `${phone.name} ${line.masked}`,
        why ? warning(phone.why[why]) : <span>{phone.savedText}</span>,
      ),
    }
  }
  const account = view.accounts.find(({ id }) => means === `account:${id}`)
  if (account) {
    const { name, masked, room: left, why } = account
    return {
      ...{ icon: <WalletCards {...ICON} />, label: name, disabled: why !== undefined },
      description: twoLines(masked, why ? warning(t.stored.accountWhy[why]) : <span>{room(left)}</span>),
    }
  }
  if (means === 'e-cash' && view.eCash) {
    const { why, room: left } = view.eCash
    return {
      ...{ icon: <Coins {...ICON} />, label: t.stored.eCash, disabled: why !== undefined },
      description: why ? warning(t.stored.eCashWhy[why]) : room(left),
    }
  }
  const mandate = view.debit?.mandates.find(({ id }) => means === `mandate:${id}`)
  return mandate && { icon: <Landmark {...ICON} />, label: mandate.name, description: t.debit.saved }
}

const warning = (text: string) => <span className="text-warn">{text}</span>

const twoLines = (first: string, second: ReactNode) => (
  <span className="figures flex flex-col">
    <span>{first}</span>
    {second}
  </span>
)
