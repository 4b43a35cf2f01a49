import { fill } from '../i18n/fill'
import { formatMoney } from '../i18n/format'
import { Checkbox } from '../ui/checkbox'
import type { CheckoutView, CheckoutWords } from './checkout-view'
import { DebitFields } from './debit-fields'
import type { MeansState } from './use-means'

interface Props {
  readonly view: Pick<CheckoutView, 'amount' | 'currency'>
  readonly offer: NonNullable<CheckoutView['debit']>
  readonly means: Pick<MeansState, 'debit' | 'setDebit'>
  readonly words: CheckoutWords['debit']
  readonly locale: string
  /** True after an attempt to pay: then everything that is wrong is pointed out. */
  readonly showsAll: boolean
}

/** Paying by direct debit (M-118): from which account, and the words that are agreed to. */
export function DirectDebit({ view, offer, means, words, locale, showsAll }: Props) {
  const { debit: typed, setDebit } = means
  const { banks, consent } = offer
  return (
    <DebitFields
      lead={
        <p className="text-sm text-ink-soft">
          {fill(words.text, { amount: formatMoney(view.amount, view.currency, locale) })}
        </p>
      }
      {...{ typed, banks, words, showsAll }}
      onChange={(changes) => setDebit({ ...typed, ...changes })}
      consent={typed.keeps ? consent.recurring : consent.oneOff}
    >
      <Checkbox
        label={words.keep}
        description={words.keepText}
        checked={typed.keeps}
        // Other words are agreed to then.
        onChange={({ target }) => setDebit({ ...typed, keeps: target.checked, agreed: false })}
      />
    </DebitFields>
  )
}
