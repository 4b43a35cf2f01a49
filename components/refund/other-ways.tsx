'use client'

import { useState } from 'react'
import type refundTexts from '@/locales/ko/refunds.json'
import { fill } from '../i18n/fill'
import { Choice } from '../ui/choice'
import { Field, fieldControl } from '../ui/field'
import { Input } from '../ui/input'

interface Props {
  readonly words: (typeof refundTexts)['way']
  /** Accounts of the shopper's that could take it. */
  readonly accounts: readonly { readonly id: string; readonly name: string }[]
}

/** How money goes back: the way it came, paid out by people already, or as credit in an account of the shopper's. */
export function OtherWays({ words, accounts }: Props) {
  const [way, setWay] = useState('back')
  return (
    <details className="text-sm" open={way !== 'back' || undefined}>
      <summary className="w-fit cursor-pointer rounded-sm py-1 font-medium text-ink">{words.title}</summary>
      <div className="mt-2 flex flex-col gap-2">
        <Choice
          name="back"
          value="back"
          checked={way === 'back'}
          onChange={() => setWay('back')}
          label={words.back}
          description={words.backText}
        />
        <Choice
          name="back"
          value="hand"
          checked={way === 'hand'}
          onChange={() => setWay('hand')}
          label={words.hand}
          description={words.handText}
        />
        {accounts.map(({ id, name }) => (
          <Choice
            key={id}
            name="back"
            value={id}
            checked={way === id}
            onChange={() => setWay(id)}
            label={words.credit}
            description={fill(words.creditText, { name })}
          />
        ))}
        {way === 'hand' ? (
          <Field id="refund-reference" label={words.reference}>
            <Input
              {...fieldControl('refund-reference', {})}
              name="reference"
              required
              maxLength={100}
              autoComplete="off"
            />
          </Field>
        ) : null}
      </div>
    </details>
  )
}
