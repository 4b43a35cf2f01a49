'use client'

import { LockKeyhole } from 'lucide-react'
import { Checkbox } from '../ui/checkbox'
import { Field, fieldControl } from '../ui/field'
import { Input } from '../ui/input'
import { CardFields } from './card-fields'
import type { CheckoutWords } from './checkout-view'
import { isEmail } from './typed-payment'
import type { TypedPayment } from './typed-payment'

interface Props {
  readonly typed: TypedPayment
  readonly onTyped: (typed: TypedPayment) => void
  readonly words: CheckoutWords['card']
  readonly showsAll: boolean
  readonly needsEmail: boolean
  readonly canRemember: boolean
}

/** The form for a card that is not in the wallet. */
export function NewCard({ typed, onTyped, words, showsAll, needsEmail, canRemember }: Props) {
  const emailError = showsAll && needsEmail && !isEmail(typed.email) ? words.fault.email : undefined
  return (
    <div className="flex flex-col gap-4 rounded-lg bg-sunken p-4 sm:p-5">
      <CardFields card={typed.card} onCard={(card) => onTyped({ ...typed, card })} words={words} showsAll={showsAll} />
      {needsEmail ? (
        <Field id="email" label={words.email} hint={words.emailHint} error={emailError}>
          <Input
            {...fieldControl('email', { hint: words.emailHint, error: emailError })}
            type="email"
            inputMode="email"
            autoComplete="email"
            maxLength={254}
            value={typed.email}
            onChange={({ target }) => onTyped({ ...typed, email: target.value })}
          />
        </Field>
      ) : null}
      {canRemember ? (
        <Checkbox
          label={words.remember}
          checked={typed.remember}
          onChange={({ target }) => onTyped({ ...typed, remember: target.checked })}
        />
      ) : null}
      <p className="flex items-start gap-2 text-sm text-ink-faint">
        <LockKeyhole className="mt-0.5 size-4 shrink-0" aria-hidden />
        {words.secure}
      </p>
    </div>
  )
}
