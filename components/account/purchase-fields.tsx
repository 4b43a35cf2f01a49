'use client'

import { useState } from 'react'
import type { Currency } from '@/lib/money/currency'
import { Field, fieldControl } from '../ui/field'
import { MoneyField } from '../ui/money-field'
import { Select } from '../ui/select'

export interface ShopChoice {
  readonly id: string
  readonly name: string
  readonly currencies: readonly Currency[]
}

interface Words {
  readonly merchant: string
  readonly chooseMerchant: string
  readonly amount: string
  readonly amountFault: string
  readonly amountHint?: string
  readonly currency: string
}

/** A shop and an amount in one of its currencies, while somebody chooses them. */
export function usePurchase(merchants: readonly ShopChoice[]) {
  const [merchantId, setMerchantId] = useState(merchants.length === 1 ? (merchants[0]?.id ?? '') : '')
  const [amount, setAmount] = useState<bigint>()
  const [wantedCurrency, setCurrency] = useState<Currency>('KRW')
  const merchant = merchants.find(({ id }) => id === merchantId)
  const currencies = merchant?.currencies ?? []
  const currency = currencies.includes(wantedCurrency) ? wantedCurrency : (currencies[0] ?? 'KRW')
  return { merchant, merchants, currencies, amount, currency, setMerchantId, setAmount, setCurrency }
}

interface Props {
  readonly purchase: ReturnType<typeof usePurchase>
  readonly words: Words
  readonly locale: string
  /** True after an attempt to send: then everything that is missing is pointed out. */
  readonly showsAll: boolean
}

export function PurchaseFields({ purchase, words, locale, showsAll }: Props) {
  const { merchant, merchants, currencies, amount, currency, setMerchantId, setAmount, setCurrency } = purchase
  const merchantFault = showsAll && !merchant ? words.chooseMerchant : undefined
  const amountFault = showsAll && !amount ? words.amountFault : undefined
  const hint = words.amountHint
  return (
    <>
      <Field id="merchant" label={words.merchant} error={merchantFault}>
        <Select
          {...fieldControl('merchant', { error: merchantFault })}
          value={merchant?.id ?? ''}
          onChange={({ target }) => setMerchantId(target.value)}
        >
          <option value="" disabled>
            {words.chooseMerchant}
          </option>
          {merchants.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </Select>
      </Field>
      <Field
        id="amount"
        label={words.amount}
        hint={hint}
        error={amountFault}
        aside={
          currencies.length > 1 ? (
            <select
              aria-label={words.currency}
              className="rounded-sm bg-transparent text-xs text-ink-soft"
              value={currency}
              onChange={({ target }) => setCurrency(currencies.find((code) => code === target.value) ?? currency)}
            >
              {currencies.map((code) => (
                <option key={code}>{code}</option>
              ))}
            </select>
          ) : null
        }
      >
        <MoneyField
          {...fieldControl('amount', { hint, error: amountFault })}
          {...{ currency, locale }}
          value={amount}
          onAmount={setAmount}
        />
      </Field>
    </>
  )
}
