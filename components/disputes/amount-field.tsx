'use client'

import { useState } from 'react'
import type { Currency } from '@/lib/money/currency'
import { Field, fieldControl } from '../ui/field'
import { MoneyField } from '../ui/money-field'

interface Props {
  readonly id: string
  readonly label: string
  readonly hint: string
  readonly currency: Currency
  readonly locale: 'ko' | 'en'
  /** Minor units. */
  readonly initial?: bigint
}

/** A labelled amount of a form; empty where nothing is typed. */
export function AmountField({ id, label, hint, currency, locale, initial }: Props) {
  const [amount, setAmount] = useState(initial)
  return (
    <Field id={id} label={label} hint={hint}>
      <MoneyField
        {...fieldControl(id, { hint })}
        name="amount"
        currency={currency}
        locale={locale}
        value={amount}
        onAmount={setAmount}
      />
    </Field>
  )
}
