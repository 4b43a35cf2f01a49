import { LockKeyhole } from 'lucide-react'
import { fill } from '../i18n/fill'
import { formatMoney } from '../i18n/format'
import { Checkbox } from '../ui/checkbox'
import { Field, fieldControl } from '../ui/field'
import { Input } from '../ui/input'
import { Select } from '../ui/select'
import type { CheckoutView, CheckoutWords } from './checkout-view'
import { debitFaults, type TypedDebit } from './typed-debit'
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
  const faults = debitFaults(typed)
  const error = (field: keyof typeof faults) => (showsAll && faults[field] ? words.fault[field] : undefined)
  const change = (changes: Partial<TypedDebit>) => setDebit({ ...typed, ...changes })
  return (
    <div className="flex flex-col gap-4 rounded-lg bg-sunken p-4 sm:p-5">
      <p className="text-sm text-ink-soft">
        {fill(words.text, { amount: formatMoney(view.amount, view.currency, locale) })}
      </p>
      <Field id="debit-bank" label={words.bank} error={error('bank')}>
        <Select
          {...fieldControl('debit-bank', { error: error('bank') })}
          value={typed.bank}
          onChange={({ target }) => change({ bank: target.value })}
        >
          <option value="" disabled>
            {words.choose}
          </option>
          {offer.banks.map(({ code, name }) => (
            <option key={code} value={code}>
              {name}
            </option>
          ))}
        </Select>
      </Field>
      <Field id="debit-account" label={words.account} hint={words.accountHint} error={error('account')}>
        <Input
          {...fieldControl('debit-account', { hint: words.accountHint, error: error('account') })}
          autoComplete="off"
          className="figures"
          maxLength={42}
          value={typed.account}
          onChange={({ target }) => change({ account: target.value })}
        />
      </Field>
      <Field id="debit-holder" label={words.holder} error={error('holder')}>
        <Input
          {...fieldControl('debit-holder', { error: error('holder') })}
          autoComplete="name"
          maxLength={70}
          value={typed.holder}
          onChange={({ target }) => change({ holder: target.value })}
        />
      </Field>
      <Checkbox
        label={words.keep}
        description={words.keepText}
        checked={typed.keeps}
        // Other words are agreed to then.
        onChange={({ target }) => change({ keeps: target.checked, agreed: false })}
      />
      <div className="rounded-md bg-raised p-3 text-sm text-ink-soft" id="debit-consent">
        {typed.keeps ? offer.consent.recurring : offer.consent.oneOff}
      </div>
      <Checkbox
        label={words.agree}
        aria-describedby={error('agreed') ? 'debit-agreed-error' : 'debit-consent'}
        aria-invalid={error('agreed') ? true : undefined}
        checked={typed.agreed}
        onChange={({ target }) => change({ agreed: target.checked })}
      />
      {error('agreed') ? (
        <p id="debit-agreed-error" className="text-sm text-warn">
          {error('agreed')}
        </p>
      ) : null}
      <p className="flex items-start gap-2 text-sm text-ink-faint">
        <LockKeyhole className="mt-0.5 size-4 shrink-0" aria-hidden />
        {words.secure}
      </p>
    </div>
  )
}
