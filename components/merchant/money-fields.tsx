'use client'

import { useState } from 'react'
import type { Currency } from '@/lib/money/currency'
import { FaultOf } from '../ui/faults'
import { Field, fieldControl } from '../ui/field'
import { MoneyField } from '../ui/money-field'

export interface MoneyFieldWish {
  readonly name: string
  readonly label: string
  readonly currency: Currency
  readonly value: bigint | undefined
}

/** Amounts of a form, in several currencies; an empty field is left out. */
export function MoneyFields({ fields, locale }: { fields: readonly MoneyFieldWish[]; locale: 'ko' | 'en' }) {
  const [amounts, setAmounts] = useState(() => new Map(fields.map(({ name, value }) => [name, value])))
  return (
    <>
      {fields.map(({ name, label, currency }) => (
        <Field key={name} id={`money-${name}`} label={label}>
          <MoneyField
            {...fieldControl(`money-${name}`, {})}
            {...{ name, currency, locale }}
            value={amounts.get(name)}
            onAmount={(amount) => setAmounts((before) => new Map(before).set(name, amount))}
          />
          <FaultOf at={name} />
        </Field>
      ))}
    </>
  )
}
