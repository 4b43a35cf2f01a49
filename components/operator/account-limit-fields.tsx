'use client'

import { useState } from 'react'
import type { Currency } from '@/lib/money/currency'
import { Field, fieldControl } from '../ui/field'
import { MoneyField } from '../ui/money-field'

const AMOUNTS = ['perPurchase', 'perDay', 'perMonth', 'creditLimit'] as const
type Amount = (typeof AMOUNTS)[number]

interface Props {
  readonly currency: Currency
  readonly locale: 'ko' | 'en'
  readonly limits: Readonly<Partial<Record<Amount, bigint>>>
  readonly words: Readonly<Record<Amount | 'emptyLimit', string>>
}

/** What an account may be charged. An empty field is no limit. */
export function AccountLimitFields({ currency, locale, limits, words }: Props) {
  const [amounts, setAmounts] = useState<Partial<Record<Amount, bigint | undefined>>>(limits)
  return (
    <>
      {AMOUNTS.map((name) => (
        <Field key={name} id={`limit-${name}`} label={words[name]}>
          <MoneyField
            {...fieldControl(`limit-${name}`, {})}
            {...{ name, currency, locale }}
            value={amounts[name]}
            onAmount={(amount) => setAmounts((before) => ({ ...before, [name]: amount }))}
          />
        </Field>
      ))}
      <p className="text-sm text-ink-faint">{words.emptyLimit}</p>
    </>
  )
}
