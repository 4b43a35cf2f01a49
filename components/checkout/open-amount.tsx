'use client'

import { useState } from 'react'
import type { Currency } from '@/lib/money/currency'
import { Field, fieldControl } from '../ui/field'
import { MoneyField } from '../ui/money-field'

interface Props {
  readonly label: string
  readonly hint: string
  readonly error?: string
  readonly currency: Currency
  readonly locale: string
  readonly given?: bigint
}

/** The amount that a buyer chooses. */
export function OpenAmount({ label, hint, error, currency, locale, given }: Props) {
  const [amount, setAmount] = useState(given)
  return (
    <Field id="amount" label={label} hint={hint} {...(error && { error })}>
      <MoneyField
        {...fieldControl('amount', { hint, error })}
        name="amount"
        required
        currency={currency}
        locale={locale}
        value={amount}
        onAmount={setAmount}
      />
    </Field>
  )
}
