'use client'

import { useState } from 'react'
import type { Currency } from '@/lib/money/currency'
import { Field, fieldControl } from '../ui/field'
import { Input } from '../ui/input'
import { MoneyField } from '../ui/money-field'

const AMOUNTS = ['perPurchase', 'perDay', 'perMonth'] as const
const COUNTS = ['countPerDay', 'countPerMonth'] as const

interface Props {
  readonly currency: Currency
  readonly locale: 'ko' | 'en'
  readonly limit: Readonly<Partial<Record<(typeof AMOUNTS)[number], bigint>>> &
    Readonly<Partial<Record<(typeof COUNTS)[number], number>>>
  readonly words: Readonly<Record<(typeof AMOUNTS)[number] | (typeof COUNTS)[number] | 'empty', string>>
}

/** What one line may be charged. An empty field is no limit. */
export function LimitFields({ currency, locale, limit, words }: Props) {
  const [amounts, setAmounts] = useState<Partial<Record<(typeof AMOUNTS)[number], bigint | undefined>>>(limit)
  return (
    <>
      <input type="hidden" name="currency" value={currency} />
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
      {COUNTS.map((name) => (
        <Field key={name} id={`limit-${name}`} label={words[name]}>
          <Input
            {...fieldControl(`limit-${name}`, {})}
            name={name}
            inputMode="numeric"
            autoComplete="off"
            pattern="[0-9]*"
            maxLength={6}
            className="figures text-right"
            defaultValue={limit[name]}
          />
        </Field>
      ))}
      <p className="text-sm text-ink-faint">{words.empty}</p>
    </>
  )
}
