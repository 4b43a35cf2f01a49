'use client'

import type { Currency } from '@/lib/money/currency'
import type accountTexts from '@/locales/ko/account.json'
import { Field, fieldControl } from '../ui/field'
import { Input } from '../ui/input'
import { MoneyField } from '../ui/money-field'
import { Summary } from '../ui/summary'
import { aprOf } from './card-details'
import type { TypedDetails } from './card-details'

interface Props {
  readonly typed: TypedDetails
  readonly onTyped: (typed: TypedDetails) => void
  readonly currency: Currency
  readonly locale: string
  readonly words: (typeof accountTexts)['newCard']
  readonly isOpen: boolean
}

const LINES = [
  { key: 'name', autoComplete: 'billing name', longest: 60 },
  { key: 'phone', autoComplete: 'billing tel', longest: 20 },
  { key: 'zip', autoComplete: 'billing postal-code', longest: 12 },
  { key: 'state', autoComplete: 'billing address-level1', longest: 60 },
  { key: 'city', autoComplete: 'billing address-level2', longest: 60 },
  { key: 'address', autoComplete: 'billing street-address', longest: 120 },
] as const

/** Billing address and the terms that the holder knows (M-324); all of it may be left empty. */
export function DetailFields({ typed, onTyped, currency, locale, words, isOpen }: Props) {
  const aprFault = aprOf(typed.apr) === undefined ? words.fault.wrong : undefined
  return (
    <details open={isOpen} className="group rounded-lg ring-1 ring-line">
      <Summary>{words.more}</Summary>
      <div className="grid gap-4 px-4 pb-5 sm:grid-cols-2">
        <p className="text-sm text-ink-faint sm:col-span-2">{words.moreText}</p>
        {LINES.map(({ key, autoComplete, longest }) => (
          <Field
            key={key}
            id={`billing-${key}`}
            label={words[key]}
            className={key === 'address' ? 'sm:col-span-2' : ''}
          >
            <Input
              id={`billing-${key}`}
              autoComplete={autoComplete}
              inputMode={key === 'phone' ? 'tel' : undefined}
              maxLength={longest}
              value={typed[key]}
              onChange={({ target }) => onTyped({ ...typed, [key]: target.value })}
            />
          </Field>
        ))}
        <Field id="terms-limit" label={words.limit}>
          <MoneyField
            id="terms-limit"
            {...{ currency, locale }}
            value={typed.limit}
            onAmount={(limit) => onTyped({ ...typed, limit })}
          />
        </Field>
        <Field id="terms-minimum" label={words.minPayment}>
          <MoneyField
            id="terms-minimum"
            {...{ currency, locale }}
            value={typed.minPayment}
            onAmount={(minPayment) => onTyped({ ...typed, minPayment })}
          />
        </Field>
        <Field id="terms-apr" label={words.apr} error={aprFault}>
          <Input
            {...fieldControl('terms-apr', { error: aprFault })}
            inputMode="decimal"
            className="figures"
            maxLength={6}
            value={typed.apr}
            onChange={({ target }) => onTyped({ ...typed, apr: target.value })}
          />
        </Field>
        <Field id="terms-features" label={words.features}>
          <Input
            id="terms-features"
            maxLength={200}
            value={typed.features}
            onChange={({ target }) => onTyped({ ...typed, features: target.value })}
          />
        </Field>
      </div>
    </details>
  )
}
