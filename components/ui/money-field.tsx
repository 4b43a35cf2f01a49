'use client'

import { useState } from 'react'
import type { ComponentProps } from 'react'
import { flushSync } from 'react-dom'
import { exponentOf } from '@/lib/money/currency'
import type { Currency } from '@/lib/money/currency'
import { decimalText, formatMoney } from '../i18n/format'
import { classNames } from './class-names'
import { Input } from './input'
import { readTypedAmount } from './typed-amount'

interface Props extends Omit<ComponentProps<'input'>, 'value' | 'defaultValue' | 'onChange' | 'type'> {
  readonly currency: Currency
  readonly locale: string
  /** Minor units; undefined while nothing is typed. */
  readonly value: bigint | undefined
  readonly onAmount: (amount: bigint | undefined) => void
}

/** A field for an amount: shows thousands when left, plain digits while typing, digits' keyboard on phones. */
export function MoneyField({ currency, locale, value, onAmount, className, name, ...rest }: Props) {
  const [typed, setTyped] = useState<string>()
  const digits = exponentOf(currency)
  const symbol = formatMoney(0n, currency, locale).replace(/[0-9.,\s]/g, '')
  const settled =
    value === undefined
      ? ''
      : Number(decimalText(value, digits)).toLocaleString(locale, { minimumFractionDigits: digits })
  return (
    <span className="relative block">
      <span className="pointer-events-none absolute inset-y-0 left-3.5 flex items-center text-ink-faint" aria-hidden>
        {symbol}
      </span>
      <Input
        {...rest}
        inputMode={digits === 0 ? 'numeric' : 'decimal'}
        autoComplete="off"
        className={classNames('figures pl-8 text-right', className)}
        value={typed ?? settled}
        onFocus={({ target }) => {
          // At once, and selected anew: what the Tab key selected would be lost with the commas, and typing would append.
          flushSync(() => setTyped(value === undefined ? '' : decimalText(value, digits)))
          target.select()
        }}
        onBlur={() => setTyped(undefined)}
        onChange={({ target }) => {
          const amount = readTypedAmount(target.value, currency)
          if (target.value !== '' && amount === undefined) return
          setTyped(target.value)
          onAmount(amount)
        }}
      />
      {name ? <input type="hidden" name={name} value={value === undefined ? '' : value.toString()} /> : null}
    </span>
  )
}
