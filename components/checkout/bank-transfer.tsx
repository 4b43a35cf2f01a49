import { LockKeyhole } from 'lucide-react'
import { fill } from '../i18n/fill'
import { formatMoney } from '../i18n/format'
import { Checkbox } from '../ui/checkbox'
import { Choice } from '../ui/choice'
import { Field, fieldControl } from '../ui/field'
import { Input } from '../ui/input'
import { Select } from '../ui/select'
import type { BankWords, CheckoutView } from './checkout-view'
import { accountDigits, accountFaults, type TypedAccount } from './typed-account'
import type { MeansState } from './use-means'

interface Props {
  readonly view: Pick<CheckoutView, 'banks' | 'bankAccounts' | 'amount' | 'currency' | 'shop'>
  readonly means: Pick<MeansState, 'bankAccount' | 'setBankAccount'>
  readonly words: BankWords
  readonly locale: string
  /** True after an attempt to pay: then everything that is wrong is pointed out. */
  readonly showsAll: boolean
  /** Whether a new account may be kept for the next time. */
  readonly canKeep?: boolean
}

/** Paying from a bank account (document 003, fig. 7): from whose account, its password, and what happens then. */
export function BankTransfer({ view, means, words, locale, showsAll, canKeep = false }: Props) {
  const { bankAccount: typed, setBankAccount } = means
  // What was typed for one account is not good for another.
  const change = (changes: Partial<TypedAccount>) =>
    setBankAccount({ ...typed, ...('savedId' in changes && { password: '' }), ...changes })
  const faults = accountFaults(typed)
  const error = (field: keyof typeof faults) => (showsAll && faults[field] ? words.fault[field] : undefined)
  const amount = formatMoney(view.amount, view.currency, locale)
  return (
    <div className="flex flex-col gap-4 rounded-lg bg-sunken p-4 sm:p-5">
      <p className="font-semibold text-ink">{fill(words.question, { amount, shop: view.shop })}</p>
      {view.bankAccounts.length > 0 ? (
        <div role="radiogroup" aria-label={words.which} className="flex flex-col gap-2">
          {view.bankAccounts.map(({ id, name, holder }) => (
            <Choice
              key={id}
              name="bank-account"
              value={id}
              checked={typed.savedId === id}
              onChange={() => change({ savedId: id })}
              label={<span className="figures">{name}</span>}
              description={holder}
            />
          ))}
          <Choice
            name="bank-account"
            value=""
            checked={typed.savedId === ''}
            onChange={() => change({ savedId: '' })}
            label={words.other}
          />
        </div>
      ) : null}
      {typed.savedId === '' ? (
        <>
          <Field id="bank" label={words.bank} error={error('bank')}>
            <Select
              {...fieldControl('bank', { error: error('bank') })}
              value={typed.bank}
              onChange={({ target }) => change({ bank: target.value })}
            >
              <option value="" disabled>
                {words.choose}
              </option>
              {view.banks.map(({ code, name }) => (
                <option key={code} value={code}>
                  {name}
                </option>
              ))}
            </Select>
          </Field>
          <Field id="account" label={words.account} hint={words.accountHint} error={error('account')}>
            <Input
              {...fieldControl('account', { hint: words.accountHint, error: error('account') })}
              inputMode="numeric"
              autoComplete="off"
              className="figures"
              maxLength={30}
              value={typed.account}
              onChange={({ target }) => change({ account: target.value })}
              onBlur={({ target }) => change({ account: accountDigits(target.value) })}
            />
          </Field>
          <Field id="account-holder" label={words.holder} hint={words.holderHint} error={error('holder')}>
            <Input
              {...fieldControl('account-holder', { hint: words.holderHint, error: error('holder') })}
              autoComplete="name"
              maxLength={60}
              value={typed.name}
              onChange={({ target }) => change({ name: target.value })}
            />
          </Field>
        </>
      ) : null}
      <Field id="account-password" label={words.password} hint={words.passwordHint} error={error('password')}>
        <Input
          {...fieldControl('account-password', { hint: words.passwordHint, error: error('password') })}
          type="password"
          inputMode="numeric"
          autoComplete="off"
          maxLength={64}
          value={typed.password}
          onChange={({ target }) => change({ password: target.value })}
        />
      </Field>
      {canKeep && typed.savedId === '' ? (
        <Checkbox
          label={words.keep}
          description={words.keepText}
          checked={typed.keeps}
          onChange={({ target }) => change({ keeps: target.checked })}
        />
      ) : null}
      <div className="text-sm text-ink-soft">
        <p className="font-medium text-ink">{words.steps.title}</p>
        <ol className="mt-1 list-inside list-decimal">
          <li>{words.steps.check}</li>
          <li>{words.steps.confirm}</li>
          <li>{words.steps.move}</li>
        </ol>
      </div>
      <p className="flex items-start gap-2 text-sm text-ink-faint">
        <LockKeyhole className="mt-0.5 size-4 shrink-0" aria-hidden />
        {typed.savedId === '' && !typed.keeps ? words.secure : words.secureKept}
      </p>
    </div>
  )
}
