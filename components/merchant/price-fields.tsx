'use client'

import { useState } from 'react'
import type { Currency } from '@/lib/money/currency'
import { Field } from '../ui/field'
import { MoneyField } from '../ui/money-field'
import { Select } from '../ui/select'

interface Props {
  readonly id: string
  readonly currencies: readonly Currency[]
  readonly locale: string
  readonly words: {
    readonly currency: string
    readonly amount: string
    /** Only where the buyer may choose. */
    readonly choice?: { kind: string; fixed: string; open: string; least: string; most: string }
  }
}

/** A price: its currency, and an amount or what the buyer may choose between. */
export function PriceFields({ id, currencies, locale, words }: Props) {
  const [currency, setCurrency] = useState<Currency>(currencies[0] ?? 'KRW')
  const [kind, setKind] = useState('fixed')
  const [amounts, setAmounts] = useState<Readonly<Record<string, bigint | undefined>>>({})
  const field = (name: 'amount' | 'least' | 'most', label: string) => (
    <Field key={name} id={`${id}-${name}`} label={label} className="min-w-0 flex-1">
      <MoneyField
        id={`${id}-${name}`}
        name={name}
        required
        currency={currency}
        locale={locale}
        value={amounts[name]}
        onAmount={(amount) => setAmounts({ ...amounts, [name]: amount })}
      />
    </Field>
  )
  return (
    <>
      {currencies.length > 1 ? (
        <Field id={`${id}-currency`} label={words.currency}>
          <Select
            id={`${id}-currency`}
            name="currency"
            value={currency}
            onChange={({ target }) => {
              setCurrency(currencies.find((one) => one === target.value) ?? currency)
              // Minor units of one currency mean nothing in another.
              setAmounts({})
            }}
          >
            {currencies.map((one) => (
              <option key={one} value={one}>
                {one}
              </option>
            ))}
          </Select>
        </Field>
      ) : (
        <input type="hidden" name="currency" value={currency} />
      )}
      {words.choice ? (
        <Field id={`${id}-kind`} label={words.choice.kind}>
          <Select id={`${id}-kind`} name="price" value={kind} onChange={({ target }) => setKind(target.value)}>
            <option value="fixed">{words.choice.fixed}</option>
            <option value="open">{words.choice.open}</option>
          </Select>
        </Field>
      ) : null}
      {kind === 'open' && words.choice ? (
        <div className="flex gap-3">
          {field('least', words.choice.least)}
          {field('most', words.choice.most)}
        </div>
      ) : (
        field('amount', words.amount)
      )}
    </>
  )
}
