import { fill } from '../i18n/fill'
import { formatMoney } from '../i18n/format'
import { Field, fieldControl } from '../ui/field'
import { Input } from '../ui/input'
import type { CheckoutView, CheckoutWords } from './checkout-view'
import { recipientFaults } from './typed-recipient'
import type { MeansState } from './use-means'

interface Props {
  readonly view: Pick<CheckoutView, 'amount' | 'currency'>
  readonly means: Pick<MeansState, 'recipient' | 'setRecipient'>
  readonly words: CheckoutWords['delivery']
  readonly locale: string
  /** True after an attempt to pay: then everything that is wrong is pointed out. */
  readonly showsAll: boolean
}

const FIELDS = [
  { field: 'name', autoComplete: 'name', maxLength: 60 },
  { field: 'phone', autoComplete: 'tel', maxLength: 24, type: 'tel' },
  { field: 'address', autoComplete: 'street-address', maxLength: 200 },
] as const

/** Paying in cash at the door (M-110): where the goods go, and how much the courier is given. */
export function CashOnDelivery({ view, means, words, locale, showsAll }: Props) {
  const { recipient, setRecipient } = means
  const faults = recipientFaults(recipient)
  return (
    <div className="flex flex-col gap-4 rounded-lg bg-sunken p-4 sm:p-5">
      <p className="text-sm text-ink-soft">
        {fill(words.text, { amount: formatMoney(view.amount, view.currency, locale) })}
      </p>
      {FIELDS.map(({ field, ...input }) => {
        const error = showsAll && faults[field] ? words.fault[field] : undefined
        return (
          <Field key={field} id={`delivery-${field}`} label={words[field]} error={error}>
            <Input
              {...fieldControl(`delivery-${field}`, { error })}
              {...input}
              value={recipient[field]}
              onChange={({ target }) => setRecipient({ ...recipient, [field]: target.value })}
            />
          </Field>
        )
      })}
      <Field id="delivery-note" label={words.note} hint={words.noteHint}>
        <Input
          {...fieldControl('delivery-note', { hint: words.noteHint })}
          maxLength={100}
          value={recipient.note}
          onChange={({ target }) => setRecipient({ ...recipient, note: target.value })}
        />
      </Field>
    </div>
  )
}
