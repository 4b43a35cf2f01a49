import { LockKeyhole } from 'lucide-react'
import type { ReactNode } from 'react'
import { Checkbox } from '../ui/checkbox'
import { Field, fieldControl } from '../ui/field'
import { Input } from '../ui/input'
import { Select } from '../ui/select'
import type { CheckoutWords } from './checkout-view'
import { debitFaults, type TypedDebit } from './typed-debit'

interface Props {
  /** What it is about, before the fields. */
  readonly lead?: ReactNode
  readonly typed: TypedDebit
  readonly onChange: (changes: Partial<TypedDebit>) => void
  readonly banks: readonly { readonly code: string; readonly name: string }[]
  /** The words that are agreed to. */
  readonly consent: string
  readonly words: CheckoutWords['debit']
  /** True after an attempt to go on: then everything that is wrong is pointed out. */
  readonly showsAll: boolean
  /** What else there is to choose, before what is agreed to. */
  readonly children?: ReactNode
}

/** A bank account that may be debited, and its holder's word. */
export function DebitFields({ lead, typed, onChange: change, banks, consent, words, showsAll, children }: Props) {
  const faults = debitFaults(typed)
  const error = (field: keyof typeof faults) => (showsAll && faults[field] ? words.fault[field] : undefined)
  return (
    <div className="flex flex-col gap-4 rounded-lg bg-sunken p-4 sm:p-5">
      {lead}
      <Field id="debit-bank" label={words.bank} error={error('bank')}>
        <Select
          {...fieldControl('debit-bank', { error: error('bank') })}
          value={typed.bank}
          onChange={({ target }) => change({ bank: target.value })}
        >
          <option value="" disabled>
            {words.choose}
          </option>
          {banks.map(({ code, name }) => (
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
      {children}
      <div className="rounded-md bg-raised p-3 text-sm text-ink-soft" id="debit-consent">
        {consent}
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
