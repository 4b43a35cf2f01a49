import { LockKeyhole } from 'lucide-react'
import type { ReactNode } from 'react'
import { fill } from '../i18n/fill'
import { formatMoney } from '../i18n/format'
import { Checkbox } from '../ui/checkbox'
import { Field, fieldControl } from '../ui/field'
import { Input } from '../ui/input'
import { MoneyField } from '../ui/money-field'
import type { CheckoutTexts, CheckoutView } from './checkout-view'
import { RestRows } from './rest-rows'
import { storedFaults } from './typed-stored'
import type { StoredField } from './typed-stored'
import type { MeansState } from './use-means'

interface Props {
  readonly view: CheckoutView
  readonly means: MeansState
  readonly words: CheckoutTexts
  readonly locale: string
  /** True after an attempt to pay: then everything that is wrong is pointed out. */
  readonly showsAll: boolean
  /** For a rest that is paid by card. */
  readonly newCard: ReactNode
  readonly split: (part: bigint) => ReactNode
}

/** Paying from an account or with e-cash: number and PIN where they are asked for, and how much of the order. */
export function StoredValue({ view, means, words: texts, locale, showsAll, newCard, split }: Props) {
  const words = texts.checkout.stored
  const { amount, currency } = view
  const { stored, setStored } = means
  const { needsNumber, needsPin } = means.storedNeeds
  const faults = storedFaults(stored, { needsNumber, needsPin, amount })
  const shown = (field: StoredField) => (showsAll && faults[field] ? words.fault[field] : undefined)
  const money = (value: bigint) => formatMoney(value, currency, locale)
  const partHint = fill(words.part.of, { amount: money(amount) })
  const share = stored.isPart && !faults.part ? stored.part : undefined
  return (
    <div className="flex flex-col gap-5 rounded-lg bg-sunken p-4 sm:p-5">
      {needsNumber ? (
        <Field id="account-number" label={words.number} error={shown('number')}>
          <Input
            {...fieldControl('account-number', { error: shown('number') })}
            inputMode="numeric"
            autoComplete="off"
            className="figures"
            placeholder="9420 0000 0000 0000"
            maxLength={23}
            value={stored.number}
            onChange={({ target }) => setStored({ ...stored, number: target.value })}
          />
        </Field>
      ) : null}
      {needsPin ? (
        <Field id="stored-pin" label={words.pin} hint={words.pinHint} error={shown('pin')}>
          <Input
            {...fieldControl('stored-pin', { hint: words.pinHint, error: shown('pin') })}
            type="password"
            inputMode="numeric"
            autoComplete="off"
            className="figures max-w-40"
            maxLength={8}
            value={stored.pin}
            onChange={({ target }) => setStored({ ...stored, pin: target.value })}
          />
        </Field>
      ) : null}
      {needsNumber ? (
        <Field id="account-mobile" label={words.mobile} hint={words.mobileHint} error={shown('mobile')}>
          <Input
            {...fieldControl('account-mobile', { hint: words.mobileHint, error: shown('mobile') })}
            type="tel"
            inputMode="tel"
            autoComplete="tel"
            className="figures"
            maxLength={24}
            value={stored.mobile}
            onChange={({ target }) => setStored({ ...stored, mobile: target.value })}
          />
        </Field>
      ) : null}
      {view.takesCards || view.takesSplits ? (
        <Checkbox
          label={words.part.check}
          description={words.part.checkText}
          checked={stored.isPart}
          onChange={({ target }) => setStored({ ...stored, isPart: target.checked })}
        />
      ) : null}
      {stored.isPart ? (
        <Field id="stored-part" label={words.part.amount} hint={partHint} error={shown('part')}>
          <MoneyField
            {...fieldControl('stored-part', { hint: partHint, error: shown('part') })}
            {...{ currency, locale }}
            value={stored.part}
            onAmount={(part) => setStored({ ...stored, part })}
          />
        </Field>
      ) : null}
      {share ? (
        <RestRows
          {...{ view, locale, newCard, split }}
          chosen={stored.rest}
          onChoose={(rest) => setStored({ ...stored, rest })}
          words={texts.checkout}
          labels={words.part}
          rest={amount - share}
        />
      ) : null}
      <p className="flex items-start gap-2 text-sm text-ink-faint">
        <LockKeyhole className="mt-0.5 size-4 shrink-0" aria-hidden />
        {words.secure}
      </p>
    </div>
  )
}
