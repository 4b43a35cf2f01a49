'use client'

import { CreditCard } from 'lucide-react'
import { useState } from 'react'
import { brandOf, inGroups } from '@/lib/cards/card-number'
import { fill } from '../i18n/fill'
import { Field, fieldControl } from '../ui/field'
import { Input } from '../ui/input'
import { codeLength, digitsOf, faultsOf, isWholeExpiry, isWholeNumber, writeExpiry } from './card-input'
import type { CardFault, TypedCard } from './card-input'
import type { CheckoutWords } from './checkout-view'

interface Props {
  readonly card: TypedCard
  readonly onCard: (card: TypedCard) => void
  readonly words: CheckoutWords['card']
  /** True after an attempt to send: then everything that is wrong is pointed out. */
  readonly showsAll: boolean
  /** A wallet keeps no security code, so it asks for none. */
  readonly withCode?: boolean
}

/** Number, expiry and security code. Mistakes are pointed out when a field is whole or left, not before. */
export function CardFields({ card, onCard, words, showsAll, withCode = true }: Props) {
  const [left, setLeft] = useState<Partial<Record<keyof TypedCard, true>>>({})
  const digits = digitsOf(card.number)
  const brand = brandOf(digits)
  const faults = faultsOf(card, new Date())
  const isWhole = {
    number: isWholeNumber(digits),
    expiry: isWholeExpiry(card.expiry),
    securityCode: false,
  }
  const textOf = (fault: CardFault | undefined) => fault && fill(words.fault[fault], { digits: codeLength(brand) })
  const shown = (name: keyof TypedCard) =>
    showsAll || isWhole[name] || (left[name] && card[name] !== '') ? textOf(faults[name]) : undefined
  const leave = (name: keyof TypedCard) => () => setLeft({ ...left, [name]: true })
  const codeHint = brand === 'amex' ? words.codeHintAmex : words.codeHint

  return (
    <fieldset className="flex flex-col gap-4">
      <legend className="sr-only">{words.legend}</legend>
      <Field id="card-number" label={words.number} error={shown('number')}>
        <span className="relative block">
          <Input
            {...fieldControl('card-number', { error: shown('number') })}
            inputMode="numeric"
            autoComplete="cc-number"
            className="figures pr-32"
            placeholder="0000 0000 0000 0000"
            maxLength={23}
            value={inGroups(digits)}
            onChange={({ target }) => onCard({ ...card, number: digitsOf(target.value).slice(0, 19) })}
            onBlur={leave('number')}
          />
          <span
            className="pointer-events-none absolute inset-y-0 right-3.5 flex items-center gap-1.5 text-sm text-ink-faint"
            aria-live="polite"
          >
            {brand === 'unknown' ? <CreditCard className="size-5" aria-hidden /> : words.brand[brand]}
          </span>
        </span>
      </Field>
      <div className="grid grid-cols-2 gap-4">
        <Field id="card-expiry" label={words.expiry} error={shown('expiry')}>
          <Input
            {...fieldControl('card-expiry', { error: shown('expiry') })}
            inputMode="numeric"
            autoComplete="cc-exp"
            className="figures"
            placeholder={words.expiryHint}
            maxLength={7}
            value={card.expiry}
            onChange={({ target }) => onCard({ ...card, expiry: writeExpiry(target.value) })}
            onBlur={leave('expiry')}
          />
        </Field>
        {withCode && brand !== 'vcard' ? (
          <Field id="card-code" label={words.code} error={shown('securityCode')}>
            <Input
              {...fieldControl('card-code', { error: shown('securityCode') })}
              inputMode="numeric"
              autoComplete="cc-csc"
              type="password"
              className="figures"
              placeholder={codeHint}
              maxLength={codeLength(brand)}
              value={card.securityCode}
              onChange={({ target }) => onCard({ ...card, securityCode: digitsOf(target.value).slice(0, 4) })}
              onBlur={leave('securityCode')}
            />
          </Field>
        ) : null}
      </div>
    </fieldset>
  )
}
