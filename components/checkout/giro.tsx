import { fill } from '../i18n/fill'
import { formatMoney } from '../i18n/format'
import { Field, fieldControl } from '../ui/field'
import { Input } from '../ui/input'
import type { CheckoutView, CheckoutWords } from './checkout-view'
import { payerFaults } from './typed-payer'
import type { MeansState } from './use-means'

interface Props {
  readonly view: Pick<CheckoutView, 'amount' | 'currency' | 'personName'>
  readonly means: Pick<MeansState, 'payer' | 'setPayer'>
  readonly words: CheckoutWords['giro']
  readonly locale: string
  /** True after an attempt to pay: then everything that is wrong is pointed out. */
  readonly showsAll: boolean
}

/** Paying at one's own bank later (M-117): who is sent the statement, and where to. */
export function Giro({ view, means, words, locale, showsAll }: Props) {
  const { payer, setPayer } = means
  const hasAccount = view.personName !== undefined
  const faults = payerFaults(payer, hasAccount)
  const error = (field: keyof typeof faults) => (showsAll && faults[field] ? words.fault[field] : undefined)
  const hint = hasAccount ? words.emailHint : undefined
  return (
    <div className="flex flex-col gap-4 rounded-lg bg-sunken p-4 sm:p-5">
      <p className="text-sm text-ink-soft">
        {fill(words.text, { amount: formatMoney(view.amount, view.currency, locale) })}
      </p>
      <Field id="giro-name" label={words.name} error={error('name')}>
        <Input
          {...fieldControl('giro-name', { error: error('name') })}
          autoComplete="name"
          maxLength={60}
          value={payer.name}
          onChange={({ target }) => setPayer({ ...payer, name: target.value })}
        />
      </Field>
      <Field id="giro-email" label={words.email} hint={hint} error={error('email')}>
        <Input
          {...fieldControl('giro-email', { hint, error: error('email') })}
          type="email"
          autoComplete="email"
          maxLength={254}
          value={payer.email}
          onChange={({ target }) => setPayer({ ...payer, email: target.value })}
        />
      </Field>
    </div>
  )
}
